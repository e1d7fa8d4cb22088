import { isSpread } from '../../../statistics/spread.ts'
import type { Json, Table } from '../../model/types.ts'

/** What a figure or a table shows, as rows under headings. */
export interface DataTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Json[])[]
}

const parts = ['mean', 'std', 'n', 'min', 'max'] as const

/** Gives the values of a table as they were computed; a column of Spreads becomes one column a member. */
export function tableData({ columns, rows }: Table): DataTable {
  const found = columns.map(({ key }) => {
    const values = rows.map((row) => row[key]?.raw ?? null)
    return values.some((value) => isSpread(value)) ? spreadColumns(key, values) : [{ name: key, values }]
  })
  const flat = found.flat()
  return {
    columns: flat.map(({ name }) => name),
    rows: rows.map((_, index) => flat.map(({ values }) => values[index]!)),
  }
}

interface Column {
  readonly name: string
  readonly values: readonly Json[]
}

function spreadColumns(key: string, values: readonly Json[]): Column[] {
  return parts.map((part) => ({
    name: `${key} ${part}`,
    values: values.map((value) => {
      if (isSpread(value)) return (value as unknown as { readonly [part: string]: number })[part] ?? null
      return part === 'mean' ? value : null
    }),
  }))
}

/**
 * Writes a table as CSV (RFC 4180: CRLF, quotes where needed), numbers in full. A text that a spreadsheet would
 * take for a formula begins with an apostrophe.
 */
export function toCsv({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

/** Reads CSV as `toCsv` writes it: all rows, the headings first. */
export function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

/** Writes CSV as an address that a link can save without a script. */
export function csvAddress(csv: string): string {
  return `data:text/csv;charset=utf-8,${csv.replace(/[^!$'()*,\-./0-9:;=?@A-Z_a-z~]+/gu, encodeURIComponent)}`
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
