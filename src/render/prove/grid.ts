import { findFrom, type Match, matchAt, type Template, templateOf } from './match-at.ts'
import type { Fault, Grid, GridCell, Spot } from './piece.ts'
import { fold, nearPageEnd, type PrintedText, pageAt } from './printed-text.ts'

/** Where a table should be. */
interface Window {
  readonly printed: PrintedText
  readonly from: number
  readonly to: number
}

const mostFaults = 3

/** Says of a table that is not printed as it should be which of its cells, or else its rows, are not. */
export function gridFaults(grid: Grid, spot: Spot, window: Window): Fault[] {
  const faults: Fault[] = []
  let { from } = window
  for (const row of [grid.head, ...grid.rows]) {
    const text = rowText(row)
    if (text === '') continue
    const found = findFrom(templateOf({ text, isLine: true }), window.printed.text, from, window.to)
    if (found) from = found.end
    else faults.push(rowFault(row, grid, { ...window, from }))
  }
  const page = pageAt(window.printed, from)
  const apart = `Cannot find the rows of ${shownName(grid)} one below the other in the print (page ${page}), something stands between them or they changed places`
  return faults.length === 0 ? [{ spot, reason: apart }] : faults.slice(0, mostFaults)
}

function rowFault(row: readonly GridCell[], grid: Grid, window: Window): Fault {
  const page = pageAt(window.printed, window.from)
  const others = row.flatMap((cell, index) => {
    const found = cell.text.trim() === '' ? undefined : cellInstead(row, index, window)
    return found === undefined ? [] : [{ cell, ...found }]
  })
  // Where several could be wrong: the first row of the print, and the cell that is filled most as it should be.
  const [other] = others.sort((a, b) => a.start - b.start || oddness(a) - oddness(b))
  if (other) {
    const { cell, found } = other
    const instead = found === '' ? 'found nothing' : `found \`${found}\``
    const reason = `Cannot find the cell \`${shownCell(cell.text)}\` of ${shownName(grid)} in the print where it belongs (page ${page}), expected the row \`${shownCell(rowText(row))}\`, ${instead}`
    return { spot: cell.spot, reason }
  }
  const reason = `Cannot find the row \`${shownCell(rowText(row))}\` of ${shownName(grid)} in the print where it belongs (page ${page})`
  return { spot: row[0]!.spot, reason }
}

interface Instead {
  readonly found: string
  /** Of the row. */
  readonly start: number
}

function oddness({ cell, found }: { readonly cell: GridCell; readonly found: string }): number {
  return Math.abs(found.length - cell.text.length)
}

// What stands between the cells on both sides of one.
function cellInstead(
  row: readonly GridCell[],
  index: number,
  { printed, from, to }: Window,
): Instead | undefined {
  const before = rowText(row.slice(0, index))
  const after = rowText(row.slice(index + 1))
  if (before === '' && after === '') return undefined
  const { text } = printed
  const left = before === '' ? undefined : findFrom(templateOf({ text: before }), text, from, to)
  if (before !== '' && !left) return undefined
  const right = after === '' ? undefined : findFrom(templateOf({ text: after }), text, left?.end ?? from, to)
  if (after !== '' && (!right || (left && right.start - left.end > widest))) return undefined
  const start = left?.end ?? text.lastIndexOf('\n', right!.start - 2) + 1
  const lineEnd = text.indexOf('\n', start + 1)
  const found = fold(text.slice(start, right?.start ?? (lineEnd < 0 ? undefined : lineEnd))).trim()
  return { found, start: left?.start ?? start }
}

// Further apart they are not of one row.
const widest = 60

/** Names a table in a message. */
export function shownName({ name }: Grid): string {
  return name.startsWith('#') ? `\`${name}\`` : name
}

/** Writes the text of a cell as a message shows it. */
export function shownCell(text: string): string {
  return text
    .replace(/[\uE000\uE001]+/g, '…')
    .replaceAll('\uE003', ' ')
    .replace(/ +/g, ' ')
    .trim()
}

/** Makes the templates of the rows of a table that have text, its head first. */
export function rowTemplates({ head, rows }: Grid): Template[] {
  return [head, ...rows]
    .map(rowText)
    .filter((text) => text !== '')
    .map((text) => templateOf({ text, isLine: true }))
}

/** Joins the cells of a row, with marks; those without text leave nothing. */
function rowText(row: readonly GridCell[]): string {
  return row
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' ')
}

/** Finds a whole table from a place on: its rows one below the other, its head again on each further page. */
export function findGrid(rows: readonly Template[], text: string, from: number): Match | undefined {
  const [head, ...others] = rows
  if (!head) return undefined
  for (let first = findFrom(head, text, from); first; first = findFrom(head, text, first.start + 1)) {
    let end: number | undefined = first.after
    for (const [index, row] of others.entries()) {
      end = nextRow(row, head, text, rows[index]!.isOpen ? endsAfter(end, text) : [end])
      if (end === undefined) break
    }
    if (end !== undefined) return { start: first.start, end, after: end }
  }
  return undefined
}

function nextRow(row: Template, head: Template, text: string, ends: readonly number[]): number | undefined {
  for (const place of ends.flatMap((end) => placesAfter(end, head, text))) {
    const match = matchAt(row, text, place)
    if (match) return match.after
  }
  return undefined
}

// A row may end with what is not known, such as a formula or the number of a page: it goes on to the end of some line.
function endsAfter(end: number, text: string): number[] {
  const lines = text.slice(end, end + widest).matchAll(/\n/g)
  return [end, ...Array.from(lines, ({ index }) => end + index)]
}

function placesAfter(end: number, head: Template, text: string): number[] {
  const next = /[ \n]/.test(text[end] ?? '') ? [end + 1] : [end]
  const top = nearPageEnd(text, end)
  if (top === undefined) return next
  const again = matchAt(head, text, top)
  return [...(again ? [again.after + 1, again.after] : []), top, ...next]
}
