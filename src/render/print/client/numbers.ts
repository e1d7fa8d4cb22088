import type { Columns } from './columns.ts'

/** An element whose page the print names: its id, and the page. */
export type Numbered = readonly [id: string, page: number]

// Lines of the text name pages too, and break otherwise without a number.
const anyNumber = '00'
const most = 3

/** Fills what names pages with a number as wide as most. */
export function fillAny(): void {
  fill(new Map())
}

/** Gives the pages that the print names, of a page in columns, and fills them in: they may move a line. */
export function settleNumbers(columns: Columns): readonly Numbered[] {
  let numbers = readNumbers(columns)
  for (let time = 1; time <= most; time++) {
    fill(new Map(numbers))
    const next = readNumbers(columns)
    const isSame = next.every(([, page], index) => page === numbers[index]?.[1])
    numbers = next
    if (isSame) break
  }
  return numbers
}

function readNumbers(columns: Columns): Numbered[] {
  const links = document.querySelectorAll<HTMLAnchorElement>('a:has(.weft-page),.weft-heads a')
  const ids = new Set([...links].map(idOf))
  return [...ids].flatMap((id) => {
    const element = document.getElementById(id)
    const [piece] = element ? columns.piecesOf(element) : []
    return piece ? [[id, piece.page] as const] : []
  })
}

function fill(numbers: ReadonlyMap<string, number>): void {
  for (const slot of document.querySelectorAll('a .weft-page')) {
    const id = idOf(slot.closest('a')!)
    slot.textContent = numbers.get(id)?.toString() ?? anyNumber
  }
}

function idOf({ hash }: HTMLAnchorElement): string {
  return decodeURIComponent(hash.slice(1))
}
