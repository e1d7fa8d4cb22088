import { type Leaf, sectionsIn } from './leaves.ts'
import type { Sheet } from './sheet.ts'

/** A place on the pages: a page from 1, and the distance from the upper edge of its contents, in CSS pixels. */
export interface Spot {
  readonly page: number
  readonly y: number
}

/** A piece of an element on one page. */
export interface Piece extends Spot {
  readonly bottom: number
}

/** A page laid out in columns that break as its printed pages do. */
export interface Columns {
  /** Gives where an element stands, page by page. */
  piecesOf(element: Element): Piece[]
  /** Counts the columns. */
  count(): number
  /** Makes the page as it was. */
  undo(): void
}

const forced = /^(?:page|left|right|recto|verso|always|all)$/

/**
 * Lays the blocks of a page in columns of the size of a page's contents. Columns break as pages do, but for what
 * names pages: each of these breaks is made one of columns.
 */
export function layColumns(main: HTMLElement, leaves: readonly Leaf[], sheet: Sheet): Columns {
  const kept: [HTMLElement, string | null][] = []
  const change = (element: HTMLElement, style: Readonly<Record<string, string>>) => {
    kept.push([element, element.getAttribute('style')])
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, 'important')
  }
  const sections = sectionsIn(main)
  // 1. Styles are read before any is changed.
  const changes = [...sections, ...leaves.map(({ element }) => element)].flatMap((element) => {
    const style = breaksOf(element)
    return Object.keys(style).length > 0 ? [[element, style] as const] : []
  })
  const named = sections.filter((section) => isOtherPage(section))
  for (const [element, style] of changes) change(element, style)
  for (const section of named) change(section, { 'break-before': 'column' })
  // 2. The columns.
  const { width, height } = sheet
  change(main, {
    ...{ 'box-sizing': 'content-box', width: `${width}px`, 'max-width': 'none', height: `${height}px` },
    ...{ margin: '0', padding: '0', 'column-width': `${width}px`, 'column-count': 'auto' },
    ...{ 'column-gap': '0', 'column-fill': 'auto', orphans: 'inherit' },
  })
  return {
    piecesOf(element) {
      const left = main.getBoundingClientRect()
      return [...element.getClientRects()].map((box) => ({
        page: Math.floor(((box.left + box.right) / 2 - left.left) / width) + 1,
        y: box.top - left.top,
        bottom: box.bottom - left.top,
      }))
    },
    count: () => Math.round(main.scrollWidth / width),
    undo() {
      for (const [element, style] of kept.reverse()) {
        if (style === null) element.removeAttribute('style')
        else element.setAttribute('style', style)
      }
    },
  }
}

function breaksOf(element: HTMLElement): Record<string, string> {
  const { breakBefore, breakAfter, breakInside } = getComputedStyle(element)
  return {
    ...(forced.test(breakBefore) && { 'break-before': 'column' }),
    ...(forced.test(breakAfter) && { 'break-after': 'column' }),
    ...(breakBefore === 'avoid-page' && { 'break-before': 'avoid' }),
    ...(breakAfter === 'avoid-page' && { 'break-after': 'avoid' }),
    ...(breakInside === 'avoid-page' && { 'break-inside': 'avoid' }),
  }
}

// Pages of another name begin on a page of their own.
function isOtherPage(section: HTMLElement): boolean {
  const before = section.previousElementSibling
  return before !== null && pageName(before) !== pageName(section)
}

function pageName(element: Element): string {
  return getComputedStyle(element).getPropertyValue('page') || 'auto'
}
