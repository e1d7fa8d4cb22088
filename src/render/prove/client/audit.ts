import { findUnseen, type Sight, type Unseen } from './find-unseen.ts'

/** What is known of a page as it is loaded. */
export interface Audit {
  readonly unseen: readonly Unseen[]
  readonly texts: PageTexts
}

/** What the elements of a loaded page hold, without the sources of formulas. */
export interface PageTexts {
  /** Of all tables, in order: their rows, the head first. */
  readonly tables: readonly (readonly (readonly PageCell[])[])[]
  /** Of plain outputs: id and text. */
  readonly outputs: readonly (readonly [id: string, text: string])[]
  /** Of values: id and text. */
  readonly values: readonly (readonly [id: string, text: string])[]
  /** The ids of figures and tables, in their order. */
  readonly figures: readonly string[]
}

/** A cell of a table of the loaded page. */
export interface PageCell {
  readonly text: string
  /** Where its words are laid out, if that is not where it belongs: `stands in another column`. */
  readonly astray: string
}

/** Looks at the loaded page, laid out for print, and reads what its elements hold. */
export function audit(sight: Sight): Audit {
  return { unseen: findUnseen(sight), texts: readTexts() }
}

function readTexts(): PageTexts {
  const tables = [...document.querySelectorAll<HTMLTableElement>('main table')]
  const outputs = [...document.querySelectorAll<HTMLElement>('main [data-output]')]
  const values = [...document.querySelectorAll<HTMLElement>('main [data-value]:not(.weft-claim)')]
  return {
    tables: tables.map(readTable),
    outputs: outputs.map((element) => [element.dataset.output!, wordsIn(element)]),
    values: values.map((element) => [element.dataset.value!, wordsIn(element)]),
    figures: [...document.querySelectorAll('main figure[id]')].map(({ id }) => id),
  }
}

function readTable({ rows }: HTMLTableElement): PageCell[][] {
  const heads = [...(rows[0]?.cells ?? [])].map((cell) => cell.getBoundingClientRect())
  return [...rows].map(({ cells }) => {
    const isPlain = cells.length === heads.length && [...cells].every(({ colSpan }) => colSpan === 1)
    return [...cells].map((cell, column) => ({
      text: wordsIn(cell),
      astray: isPlain ? wordsAstray(cell, heads[column]!) : '',
    }))
  })
}

// Of each word's middle, since long ones may stick out.
function wordsAstray(cell: HTMLElement, head: DOMRect): string {
  const own = cell.getBoundingClientRect()
  const range = document.createRange()
  for (const node of textsIn(cell)) {
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width === 0 || node.data.trim() === '') continue
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
    if (x < head.left - 1 || x > head.right + 1) return 'stands in another column'
    if (y < own.top - 1 || y > own.bottom + 1) return 'stands in another row'
  }
  return ''
}

// Small capitals are capitals in print.
function wordsIn(element: Element): string {
  return textsIn(element)
    .map(({ data, parentElement }) => (parentElement!.closest('.weft-smallcaps') ? data.toUpperCase() : data))
    .join('')
}

function textsIn(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement!.closest('.katex-mathml,script,style')) found.push(node as Text)
  return found
}
