import { COLUMN_WIDTH_PX } from '../../charts/theme.ts'
import { listed } from '../../model/found.ts'

/** The part of vega's scene graph that says what is drawn. */
export interface SceneMark {
  readonly marktype?: string
  readonly role?: string
  readonly items?: readonly SceneItem[]
}

interface SceneItem {
  /** The marks of a group. */
  readonly items?: readonly SceneMark[]
  readonly defined?: boolean
  readonly opacity?: number
  readonly x?: number
  readonly y?: number
  readonly text?: string | readonly string[]
  readonly fontSize?: number
  readonly datum?: { readonly scale?: string }
  readonly context?: { readonly scales: { readonly [name: string]: { readonly value?: Scale } | undefined } }
}

interface Scale {
  readonly type?: string
  domain?(): readonly unknown[]
  range?(): readonly unknown[]
}

/** The width and height of a drawing in CSS pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

/** The smallest type that is easy to read on paper: 7 pt. */
const LEAST_TYPE_PX = 9.3
/** The most that the page's style lets a figure have on paper: 225 mm. */
const MOST_HEIGHT_PX = 850

/** Counts the items of a scene that stand for data and have a place: no axis, legend, title or header. */
export function countMarks(root: SceneMark): number {
  return dataItems(root).filter(hasPlace).length
}

/**
 * Finds a scale that gives several values the same colour, shape or dash, because it has fewer of these than values:
 * `found 24 values for color, expected at most 8, …`. Undefined if there is none.
 */
export function findRepeatedStyle(root: SceneMark): string | undefined {
  for (const { context } of marksIn(root).flatMap(({ items = [] }) => items)) {
    for (const [name, { value: scale } = {}] of Object.entries(context?.scales ?? {})) {
      if (scale?.type !== 'ordinal') continue
      const [values, styles] = [scale.domain!(), scale.range!()]
      const channel = name.replace(/^.*_/, '')
      if (values.length > styles.length)
        return `found ${values.length} values for ${channel}, expected at most ${styles.length}, so that each has its own: ${listed(values.map(String), 4)}. Show fewer, or give a longer scale.range`
    }
  }
  return undefined
}

/**
 * Lists what a reader of a drawing would miss: places of marks, labels, words, and type that is large enough.
 *
 * @param spec The specification as JSON: it may choose which labels are left out.
 */
export function sceneWarnings(root: SceneMark, size: Size, spec: string): string[] {
  const hidden = spec.includes('"labelOverlap":') ? [] : hiddenLabels(root)
  return [...lostMarks(root), ...hidden, ...strangeTexts(root, spec), ...smallType(root, size)]
}

// What JavaScript writes for a value that is no text.
function strangeTexts(root: SceneMark, spec: string): string[] {
  const texts = new Set(textItems(root).map(({ text }) => String(text)))
  const strange = /^(?:NaN|undefined)$|\[object Object\]/
  const found = [...texts]
    .flatMap((text) => strange.exec(text)?.[0] ?? [])
    .filter((text) => !spec.includes(text))
  return [...new Set(found)].map(
    (text) => `it shows \`${text}\` where a value should be, expected text or a number`,
  )
}

function textItems(root: SceneMark): SceneItem[] {
  return marksIn(root)
    .flatMap(({ marktype, items = [] }) => (marktype === 'text' ? items : []))
    .filter(({ text, opacity }) => opacity !== 0 && String(text ?? '').trim() !== '')
}

// The logarithm of zero, for example, has no place on an axis.
function lostMarks(root: SceneMark): string[] {
  const items = dataItems(root)
  const lost = items.filter((item) => !hasPlace(item))
  if (lost.length === 0) return []
  return [`${lost.length} of ${items.length} marks have no place, expected values that their scales can show`]
}

function hasPlace({ x = 0, y = 0 }: SceneItem): boolean {
  return Number.isFinite(x) && Number.isFinite(y)
}

// A reader can fill in the numbers between two others, but not names.
function hiddenLabels(root: SceneMark): string[] {
  const axes = marksIn(root).flatMap(({ role, items = [] }) => (role === 'axis' ? items : []))
  return axes.flatMap(({ items = [], datum, context }) => {
    const labels = items.flatMap((mark) => (mark.role === 'axis-label' ? (mark.items ?? []) : []))
    const hidden = labels.filter(({ opacity }) => opacity === 0).map(({ text }) => String(text))
    const axis = datum?.scale ?? ''
    const type = context?.scales[axis]?.value?.type
    if (type !== 'band' && type !== 'point') return []
    if (hidden.every((text) => /^[\d\s.,:;/%+−-]*$/.test(text))) return []
    const names = `${hidden.length} of ${labels.length} labels of the ${axis.replace(/^.*_/, '')} axis`
    return [
      `${names} are left out, since they would overlap, expected all: ${listed(hidden, 3)}. Exchange x and y, make the figure wider, or set axis.labelAngle and axis.labelOverlap`,
    ]
  })
}

// A page scales down what is too large for it.
function smallType(root: SceneMark, { width, height }: Size): string[] {
  const scale = Math.min(1, COLUMN_WIDTH_PX / width, MOST_HEIGHT_PX / height)
  const typePx = Math.min(...textItems(root).map(({ fontSize = 11 }) => fontSize))
  if (typePx * scale >= LEAST_TYPE_PX) return []
  const found = `its smallest type has ${(typePx * scale * 0.75).toFixed(1)} pt in print, expected at least 7 pt`
  if (scale === 1) return [`${found}. Set a larger fontSize`]
  return [
    `${found}: ${Math.round(width)} x ${Math.round(height)} px shrink to ${Math.round(width * scale)} x ${Math.round(height * scale)} px. Set a smaller width or height, shorter labels, or larger type`,
  ]
}

function dataItems(root: SceneMark): SceneItem[] {
  const isGuide = ({ role = '' }: SceneMark) => /^(axis|legend|title)|header|footer/.test(role)
  return marksIn(root, isGuide)
    .filter(({ marktype }) => marktype !== 'group')
    .flatMap(({ items = [] }) => items.filter(({ defined }) => defined !== false))
}

function marksIn(mark: SceneMark, isLeftOut: (mark: SceneMark) => boolean = () => false): SceneMark[] {
  if (isLeftOut(mark)) return []
  const inner = mark.marktype === 'group' ? (mark.items ?? []).flatMap(({ items = [] }) => items) : []
  return [mark, ...inner.flatMap((one) => marksIn(one, isLeftOut))]
}
