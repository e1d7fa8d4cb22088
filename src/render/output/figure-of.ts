import { assertAlt, assertCaption, assertKnown } from '../charts/assert-options.ts'
import { withKind } from '../model/error-kind.ts'
import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { drawingOfElement, isElement } from './element-svg.ts'
import { isBytes, pictureSvg } from './picture.ts'
import { isDate } from './print-value.ts'
import { assertJson } from './to-json.ts'

/** What a vega-lite specification has at least one of. */
const VIEWS = ['mark', 'layer', 'hconcat', 'vconcat', 'concat', 'facet', 'repeat', 'spec'] as const

/** Says whether a specification is vega's own, which lists its marks. */
export function isVega(spec: object): boolean {
  return 'marks' in spec && Array.isArray(spec.marks) && spec.marks.length > 0
}

export interface FigureOptions {
  /** What a reader who cannot see the figure should know. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
}

/**
 * Makes a figure of a vega-lite or vega specification, of an SVG (its text or its element, as Observable Plot gives), or
 * of the bytes of a PNG or a JPEG. The data of a specification stand in it (`data.values`, in which dates become text),
 * widths are numbers in CSS pixels of the printed page (a line of text is 536 wide), and one theme styles all figures;
 * `config` in the specification overrides it. Throws if the specification is not JSON, or if there is no alt text.
 */
export function figure(spec: object | string, options: FigureOptions): Figure {
  assertKnown('figure', options, ['alt', 'caption'])
  const { alt, caption } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  const drawing = drawingOf(spec)
  const own = drawing ? { svg: drawing.svg } : withDatesAsText(spec)
  assertSpec(own, 'spec')
  const { $schema, ...rest } = own
  const words = caption ?? drawing?.caption
  return { kind: 'figure', spec: rest, alt, ...(words === undefined ? {} : { caption: words }) }
}

function drawingOf(value: unknown): { readonly svg: string; readonly caption?: string } | undefined {
  if (typeof value === 'string') return { svg: value }
  if (isBytes(value)) return { svg: pictureSvg(value) }
  return isElement(value) ? drawingOfElement(value) : undefined
}

// Vega reads this text as the same date, and JSON has no dates.
function withDatesAsText(node: unknown, above: readonly unknown[] = []): unknown {
  if (isDate(node)) return node.toISOString()
  if (!(Array.isArray(node) || isRecord(node)) || above.includes(node)) return node
  const members = Object.entries(node)
  const texts = members.map(([key, value]) => [key, withDatesAsText(value, [...above, node])] as const)
  if (texts.every(([, text], index) => Object.is(text, members[index]![1]))) return node
  return Array.isArray(node) ? texts.map(([, text]) => text) : { ...node, ...Object.fromEntries(texts) }
}

/** Checks whether a text is an SVG, perhaps with what a file begins with before it. */
export function isSvg(text: string): boolean {
  return /^(?:\s|<\?[^>]*>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>|<!--[\s\S]*?-->)*<svg[\s>]/i.test(text)
}

/**
 * Says whether a value is a specification of vega or vega-lite: by its `$schema`, or, if it stands alone, by what it
 * has. Rows of a table may have a member `mark` too.
 */
export function isChart(value: unknown, isAlone: boolean): value is { readonly [key: string]: unknown } {
  if (!isRecord(value)) return false
  if (typeof value.$schema === 'string') return /\/vega(-lite)?\//.test(value.$schema)
  const hasView = isVega(value) || VIEWS.some((view) => view in value)
  return isAlone && hasView && ('data' in value || 'encoding' in value)
}

/** Makes a figure of a specification that says itself what it shows, in its `description`. */
export function figureOfChart(spec: { readonly [key: string]: unknown }): Figure {
  if (typeof spec.description === 'string') return figure(spec, { alt: spec.description })
  throw withKind(
    new Error(
      'Cannot make a figure of a specification, expected a description in it that says what it shows, or figure(spec, { alt }), found none',
    ),
    'no-alt',
  )
}

/** Makes a figure of the element of a drawing that says itself what it shows. */
export function figureOfElement(element: Parameters<typeof drawingOfElement>[0]): Figure {
  const { svg, caption } = drawingOfElement(element)
  return { ...figureOfSvg(svg), ...(caption === undefined ? {} : { caption }) }
}

/** Makes a figure of an SVG that says itself what it shows: in `aria-label`, or in a `<title>` right at its beginning. */
export function figureOfSvg(svg: string): Figure {
  const [, label] = /<svg(?=\s)[^>]*?\saria-label\s*=\s*["']([^"']*)/i.exec(svg) ?? []
  const [, title] = /<svg[^>]*>(?:\s|<!--[\s\S]*?-->)*<title[^>]*>([^<]*)/i.exec(svg) ?? []
  const alt = (label ?? title ?? '').trim()
  if (alt === '')
    throw withKind(
      new Error(
        'Cannot make a figure of an SVG, expected a <title> or an aria-label in it that says what it shows, or figure(svg, { alt }), found none',
      ),
      'no-alt',
    )
  return figure(svg, {
    alt: alt.replace(/&(amp|lt|gt|quot|apos|#39);/g, (_, name: string) => ENTITIES[name]!),
  })
}

const ENTITIES: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
}

/** Throws, naming the path, unless a value is an SVG, or a vega-lite specification that holds its own data. */
export function assertSpec(spec: unknown, path: string): asserts spec is Figure['spec'] {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new Error(
      `Cannot make a figure, expected a vega-lite specification at ${path}, found ${found(spec)}`,
    )
  }
  if ('svg' in spec) {
    if (typeof spec.svg === 'string' && isSvg(spec.svg)) return
    throw new Error(
      `Cannot make a figure of text, expected an SVG or a vega-lite specification, found ${found(spec.svg)}`,
    )
  }
  if (!isVega(spec) && !VIEWS.some((view) => view in spec)) {
    throw new Error(
      `Cannot make a figure, expected one of ${VIEWS.join(', ')} in ${path}, found {${listed(Object.keys(spec))}}`,
    )
  }
  assertJson(spec, path)
  assertOwnData(spec, path)
}

function assertOwnData(node: Json | undefined, path: string): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    const here = Array.isArray(node) ? `${path}[${key}]` : `${path}.${key}`
    // Rows may have members of any name.
    if (key === 'values' || key === 'datasets') continue
    const isData = key === 'data' || (Array.isArray(node) && path.endsWith('.data'))
    if (isData && isRecord(value) && 'url' in value) {
      throw new Error(
        `Cannot make a figure, expected ${here}.values, found ${here}.url: a figure asks nothing of the network`,
      )
    }
    if (key === 'width' && value === 'container') {
      throw new Error(
        `Cannot make a figure, expected CSS pixels in ${here}, found "container": a page has no container to measure`,
      )
    }
    assertOwnData(value as Json, here)
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
