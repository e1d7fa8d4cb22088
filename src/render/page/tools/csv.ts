import type { Json } from '../../model/types.ts'
import type { DataTable } from './data-table.ts'

/**
 * Writes a table as CSV (RFC 4180: CRLF, quotes where needed), numbers in full. A text that a spreadsheet would
 * take for a formula begins with an apostrophe.
 */
export function toCsv({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

/** Writes CSV as an address that a link can save without a script. */
export function csvAddress(csv: string): string {
  return `data:text/csv;charset=utf-8,${csv.replace(/[^!$'()*,\-./0-9:;=?@A-Z_a-z~]/gu, encodeURIComponent)}`
}

function cellOf(value: Json): string {
  const text = harmless(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i

function harmless(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return /^[=+\-@\t\r]/.test(text) && !number.test(text) ? `'${text}` : text
}
