import type { Leaf } from './leaves.ts'
import type { Sheet } from './sheet.ts'

/** Where an author wants a figure. */
export type Placement = 'auto' | 'here' | 'top' | 'page'

/** A figure or table that may stand elsewhere. */
export interface Float {
  readonly leaf: Leaf
  /** Its place among all blocks of the flow. */
  readonly index: number
  readonly placement: Placement
  readonly height: number
  readonly margins: readonly [top: number, bottom: number]
  /** The text behind which it stands in the source; -1 is before all. */
  readonly home: number
  /** The first and the last text behind which it may stand. */
  readonly from: number
  readonly to: number
  /** Where the text first speaks of it, and in which text. */
  readonly mention?: { readonly element: Element; readonly text: number }
}

/** The blocks of a page: those that stay in their order, and those that may move among them. */
export interface Flow {
  readonly texts: readonly Leaf[]
  /** Whether a figure from elsewhere may stand behind each text. */
  readonly isSlot: readonly boolean[]
  readonly floats: readonly Float[]
}

/** Divides the blocks of a page that is laid out for print. */
export function readFlow(leaves: readonly Leaf[], sheet: Sheet): Flow {
  const isFloat = leaves.map(({ element }) => mayMove(element, sheet))
  const texts = leaves.filter((_, index) => !isFloat[index])
  const isBarrier = texts.map(({ element }) => stops(element))
  const isHead = texts.map(({ element }) => isHeading(element))
  const floats: Float[] = []
  let home = -1
  for (const [index, leaf] of leaves.entries()) {
    if (!isFloat[index]) {
      home += 1
      continue
    }
    const { element, section } = leaf
    const { marginTop, marginBottom } = getComputedStyle(element)
    const isElsewhere = (text: number) => texts[text]?.section !== section
    let from = home
    while (!isElsewhere(from) && !isBarrier[from] && !isHead[from] && !isElsewhere(from - 1)) from -= 1
    let to = home
    while (!isElsewhere(to + 1) && !isBarrier[to + 1]) to += 1
    floats.push({
      ...{ leaf, index, home, to },
      from: Math.min(home, isHead[from] ? from + 1 : from),
      placement: placementOf(element),
      height: element.getBoundingClientRect().height,
      margins: [Number.parseFloat(marginTop), Number.parseFloat(marginBottom)],
      mention: mentionOf(element, texts, section),
    })
  }
  const isSlot = texts.map(({ element }, index) => mayFollow(element, texts[index + 1]?.element))
  return { texts, isSlot, floats }
}

const movable =
  'figure:is(.weft-figure,.weft-table,.weft-figures),.weft-beside,.weft-stale:has(>figure:only-child)'

function mayMove(element: HTMLElement, { height }: Sheet): boolean {
  if (!element.matches(movable) || element.matches('.weft-register')) return false
  if (placementOf(element) === 'here' || element.getClientRects().length === 0) return false
  const inner = element.matches('.weft-stale') ? element.firstElementChild! : element
  const isWhole = /^avoid/.test(getComputedStyle(inner).breakInside)
  return isWhole && element.getBoundingClientRect().height <= height
}

function placementOf(element: HTMLElement): Placement {
  const marked = element.matches('[data-placement]') ? element : element.querySelector('[data-placement]')
  return ((marked as HTMLElement | null)?.dataset.placement as Placement | undefined) ?? 'auto'
}

// What has a figure or table of its own keeps its place among the others; notes and sources end a chapter.
function stops(element: HTMLElement): boolean {
  return (
    element.matches('figure,table,.footnotes,.weft-source,.weft-pagebreak,.weft-navigation') ||
    element.querySelector('figure,table,figcaption,.weft-references') !== null
  )
}

function isHeading({ tagName }: Element): boolean {
  return /^H[1-6]$/.test(tagName)
}

// The first link to it from the text of its own chapter.
function mentionOf(element: HTMLElement, texts: readonly Leaf[], section: HTMLElement): Float['mention'] {
  const ids = [element, ...element.querySelectorAll('[id]')].map(({ id }) => id).filter((id) => id !== '')
  const links = ids.map((id) => `a[href="#${CSS.escape(encodeURIComponent(id))}"]`).join(',')
  if (links === '') return undefined
  for (const [text, leaf] of texts.entries()) {
    if (leaf.section !== section) continue
    const found = leaf.element.querySelector(links)
    if (found) return { element: found, text }
  }
  return undefined
}

const goesOn = 'ul,ol,dl,pre,blockquote,.weft-cell,.weft-code,.weft-equation,.katex-display'
const formula = '.weft-equation,.katex-display'

// Nothing may part what belongs together.
function mayFollow(element: HTMLElement, next: HTMLElement | undefined): boolean {
  if (isHeading(element) || /^avoid/.test(getComputedStyle(element).breakAfter)) return false
  const words = (element.textContent ?? '').trim()
  if (element.tagName === 'P' && words.endsWith(':')) return false
  if (!next || !isShown(next)) return true
  if (element.tagName === 'P' && (next.matches(goesOn) || next.querySelector(':scope>.katex-display')))
    return false
  const isFormula = element.matches(formula) || element.querySelector(':scope>.katex-display') !== null
  return !(isFormula && /^\p{Ll}/u.test((next.textContent ?? '').trim()))
}

function isShown(element: Element): boolean {
  return getComputedStyle(element).display !== 'none'
}
