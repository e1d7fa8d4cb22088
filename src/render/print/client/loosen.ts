import type { Columns } from './columns.ts'

/** Of the height of a page: code that would leave more of it blank is divided. */
const mostBlank = 1 / 4

/** Lets code break over pages. */
export function loosen(block: HTMLElement): void {
  for (const element of [block, ...block.querySelectorAll('pre')])
    element.style.setProperty('break-inside', 'auto', 'important')
}

interface Loosening {
  readonly columns: Columns
  /** Of a page's contents. */
  readonly height: number
  /** What is loose already; what is loosened is added. */
  readonly loosened: Set<HTMLElement>
}

/** Lets code break that would leave too much of a page blank, among blocks that follow each other in columns. */
export function loosenCode(blocks: readonly HTMLElement[], { columns, height, loosened }: Loosening): void {
  for (;;) {
    const code = findHoleOfCode(blocks, columns, height)
    if (!code || loosened.has(code)) return
    loosened.add(code)
    loosen(code)
  }
}

/**
 * Finds the first code among blocks that follow each other, laid out in columns, that begins a page since it may not
 * break, and leaves more of the one before blank than it should.
 */
function findHoleOfCode(
  blocks: readonly HTMLElement[],
  columns: Columns,
  height: number,
): HTMLElement | undefined {
  const filled = new Map<number, number>()
  let at = { page: 0, isHeadsAlone: false }
  for (const block of blocks) {
    const pieces = columns.piecesOf(block)
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (!first || !last) continue
    const begins = first.page !== at.page || at.isHeadsAlone
    const before = filled.get(first.page - 1)
    const isHole = begins && before !== undefined && height - before > mostBlank * height
    if (isHole && isWholeCode(block)) return block
    for (const { page, bottom } of pieces) filled.set(page, Math.max(filled.get(page) ?? 0, bottom))
    at = { page: last.page, isHeadsAlone: begins && /^H[1-6]$/.test(block.tagName) }
  }
  return undefined
}

function isWholeCode(block: HTMLElement): boolean {
  const codes = block.matches('pre') ? [block] : [...block.querySelectorAll('pre')]
  return codes.some((code) => /^avoid/.test(getComputedStyle(code).breakInside))
}
