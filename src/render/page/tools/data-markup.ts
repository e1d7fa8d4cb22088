import type { Json } from '../../model/types.ts'
import { escapeHtml } from '../hast.ts'
import type { DataTable } from './data-table.ts'

const mostRows = 200
const digits = 5

/**
 * Writes a table as HTML, its numbers rounded to five digits, with at most 200 rows and a word on how many there
 * are. As markup: a page has thousands of these cells.
 */
export function dataMarkup({ columns, rows }: DataTable, name: string): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')
  const isNumeric = columns.map((_, index) =>
    rows.every((row) => row[index] === null || typeof row[index] === 'number'),
  )
  const body = rows
    .slice(0, mostRows)
    .map((row) => `<tr>${row.map((value, index) => cell(value, isNumeric[index]!)).join('')}</tr>`)
  const rest =
    rows.length > mostRows
      ? `<p>The first ${mostRows} of ${rows.length} rows; the CSV file has them all.</p>`
      : ''
  const label = escapeHtml(`Data of ${name}`)
  return `<div class="weft-rows" tabindex="0" role="region" aria-label="${label}"><table aria-label="${label}"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>${rest}`
}

function cell(value: Json, isNumber: boolean): string {
  return `<td${isNumber ? ' class="align-right"' : ''}>${escapeHtml(textOf(value))}</td>`
}

function textOf(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
