import { pageEnd } from './fold.ts'
import { findFrom, type Match, matchAt } from './match-at.ts'
import type { Grid, GridCell } from './piece.ts'
import { type Template, templateOf } from './template.ts'

const pageBreak = `\n${pageEnd}\n`

/** Makes the templates of the rows of a table that have text, its head first. */
export function rowTemplates({ head, rows }: Grid): Template[] {
  return [head, ...rows]
    .map(rowText)
    .filter((text) => text !== '')
    .map((text) => templateOf({ text, isLine: true }))
}

/** Joins the cells of a row, with marks; those without text leave nothing. */
export function rowText(row: readonly GridCell[]): string {
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
    for (const row of others) {
      end = nextRow(row, head, text, end)
      if (end === undefined) break
    }
    if (end !== undefined) return { start: first.start, end, after: end }
  }
  return undefined
}

function nextRow(row: Template, head: Template, text: string, end: number): number | undefined {
  for (const place of placesAfter(end, head, text)) {
    const match = matchAt(row, text, place)
    if (match) return match.after
  }
  return undefined
}

function placesAfter(end: number, head: Template, text: string): number[] {
  const next = /[ \n]/.test(text[end] ?? '') ? [end + 1] : [end]
  const page = text.indexOf(pageBreak, end)
  if (page < 0 || page > end + 40) return next
  const top = page + pageBreak.length
  const again = matchAt(head, text, top)
  return [...(again ? [again.after + 1, again.after] : []), top, ...next]
}
