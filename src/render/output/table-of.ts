import { isSpread } from '../../statistics/spread.ts'
import { assertCaption, assertKnown } from '../charts/assert-options.ts'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import type { Table, TableCell } from '../model/types.ts'
import type { Best } from './best-cells.ts'
import { assertBest, bestCells } from './best-cells.ts'
import { columnDecimals } from './column-decimals.ts'
import { NO_BREAK_SPACE } from './decimal.ts'
import { isDate, isoDate, printRounded } from './print-value.ts'
import type { Printer } from './printer.ts'
import { toPrinter } from './printer.ts'
import type { Align, Columns, Row } from './table-columns.ts'
import { columnsOf, hasMember } from './table-columns.ts'
import { type ForeignTable, rowsOfTable } from './table-rows.ts'
import { assertJson } from './to-json.ts'

/** The options of `table`. */
export interface TableOptions {
  /** Which columns, in which order, under which headings (Markdown); all members of the rows unless given. */
  readonly columns?: Columns
  /** Key -> a formatter, its name, or a number of decimals. */
  readonly format?: { readonly [key: string]: Printer }
  /** Markdown. */
  readonly caption?: string
  /** Key -> `max` or `min`: the best values of that column are marked; a Spread counts by its mean. */
  readonly best?: Best
  /** A member of the rows: marks the best among the rows with an equal one. */
  readonly within?: string
}

const KNOWN = ['columns', 'format', 'caption', 'best', 'within'] as const

/**
 * Makes a table with one row an object, or of a table by arquero or Apache Arrow; null, or a member that other rows alone have, is a dash. Columns whose values
 * are all numbers or Spreads are aligned to the right; in such a column without a format, all numbers have the same
 * suitable decimals. A Spread of fewer runs than others in its column, such as the end of a history that some seeds did
 * not reach, says so: `0.41 ± 0.02 (n = 2)`.
 * Throws, naming row and column, if no row has a column or a value cannot be printed, as undefined.
 */
export function table(records: readonly object[] | ForeignTable, options: TableOptions = {}): Table {
  assertKnown('table', options, KNOWN)
  const { columns: wanted, format = {}, caption, best = {}, within } = options
  assertCaption(caption)
  const rows = rowsOf(rowsOfTable(records) ?? records)
  const columns = columnsOf(rows, wanted)
  const keys = columns.map(({ key }) => key)
  assertFormats(format, keys)
  assertBest(best, keys)
  const printers = keys.map((key) =>
    tellingRuns(rows, key, printerOf(rows, key, Object.hasOwn(format, key) ? format[key] : undefined)),
  )
  const cells = rows.map((row, index) =>
    Object.fromEntries(keys.map((key, column) => [key, cellOf(row, index, key, printers[column]!)])),
  )
  const groups = rows.map((row, index) => (within === undefined ? null : groupOf(row, index, within)))
  return {
    kind: 'table',
    columns: columns.map(({ key, title, align }) => ({ key, title, align: align ?? alignmentOf(rows, key) })),
    rows: bestCells(cells, { best, groups }),
    ...(caption === undefined ? {} : { caption }),
  }
}

function printerOf(rows: readonly Row[], key: string, format: Printer | undefined) {
  const decimals = format === undefined ? columnDecimals(rows.map((row) => memberOf(row, key))) : undefined
  if (decimals === undefined) return toPrinter(format, `format.${key}`)
  return (value: unknown, place: string) => printRounded(value, decimals, place)
}

// A mean does not show that it is one of fewer runs than others in its column.
function tellingRuns(rows: readonly Row[], key: string, print: (value: unknown, place: string) => string) {
  const most = rows.reduce((runs, row) => {
    const value = memberOf(row, key)
    return isSpread(value) ? Math.max(runs, value.n) : runs
  }, 0)
  return (value: unknown, place: string) => {
    const text = print(value, place)
    return isSpread(value) && value.n < most
      ? text + ` (n = ${value.n})`.replaceAll(' ', NO_BREAK_SPACE)
      : text
  }
}

function groupOf(row: Row, index: number, within: string): unknown {
  const group = memberOf(row, within)
  if (group === null || ['string', 'number', 'boolean'].includes(typeof group)) return group
  if (hasMember(row, within))
    throw new Error(
      `Cannot group row ${index + 1} by "${within}", expected text or a number, found ${found(group)}`,
    )
  const keys = Object.keys(row)
  throw new Error(
    `Cannot group row ${index + 1} by "${within}", expected one of ${listed(keys)}${suggestion(within, keys)}`,
  )
}

// A hole in the list is a row as well.
function rowsOf(rows: unknown): readonly Row[] {
  if (!Array.isArray(rows))
    throw new Error(`Cannot make a table, expected an array of rows, found ${found(rows)}`)
  return Array.from(rows, (row: unknown, index) => {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row
    throw new Error(`Cannot make a table, expected an object in row ${index + 1}, found ${found(row)}`)
  })
}

function assertFormats(format: unknown, keys: readonly string[]): void {
  if (typeof format !== 'object' || format === null || Array.isArray(format))
    throw new Error(
      `Unexpected format ${found(format)}, expected one a column, such as {accuracy: 'percent'}`,
    )
  const unknown = Object.keys(format).find((key) => !keys.includes(key))
  if (unknown === undefined) return
  throw new Error(
    `Unexpected format of column "${unknown}", expected one of ${listed(keys)}${suggestion(unknown, keys)}`,
  )
}

function cellOf(
  row: Row,
  index: number,
  key: string,
  print: (value: unknown, path: string) => string,
): TableCell {
  const path = `row ${index + 1}, column "${key}"`
  const value = hasMember(row, key) ? row[key] : null
  if (value === undefined)
    throw new Error(`Cannot print ${path}: undefined, expected a value, or null for a dash`)
  try {
    const text = print(value, path)
    const raw = isDate(value) ? isoDate(value) : value
    assertJson(raw, path)
    return { text, raw }
  } catch (cause) {
    throw new Error(`Cannot print ${(cause as Error).message}`, { cause })
  }
}

function alignmentOf(rows: readonly Row[], key: string): Align {
  const values = rows
    .map((row) => memberOf(row, key))
    .filter((value) => value !== null && value !== undefined)
  const isNumeric = values.length > 0 && values.every((value) => typeof value === 'number' || isSpread(value))
  return isNumeric ? 'right' : 'left'
}

function memberOf(row: Row, key: string): unknown {
  return hasMember(row, key) ? row[key] : undefined
}
