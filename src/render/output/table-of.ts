import { isSpread } from '../../statistics/spread.ts'
import { assertCaption, assertKnown } from '../charts/assert-options.ts'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { titleOfKey } from '../model/output-types.ts'
import type { Json, Table, TableCell, TableColumn } from '../model/types.ts'
import type { Best } from './best-cells.ts'
import { assertBest, bestCells } from './best-cells.ts'
import { columnDecimals } from './column-decimals.ts'
import { printRounded } from './print-value.ts'
import type { Printer } from './printer.ts'
import { toPrinter } from './printer.ts'
import { assertJson } from './to-json.ts'

type Align = TableColumn['align']

/** Keys, key -> heading, or columns in full. */
export type Columns =
  | readonly (string | { readonly key: string; readonly title?: string; readonly align?: Align })[]
  | { readonly [key: string]: string }

/** The options of `table`. */
export interface TableOptions {
  /** Which columns, in which order, under which headings (Markdown); all members of the first row unless given. */
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
const KNOWN_OF_COLUMN = ['key', 'title', 'align'] as const

type Row = { readonly [key: string]: unknown }

/**
 * Makes a table with one row an object. Columns whose values are all numbers or Spreads are aligned to the right; in
 * such a column without a format, all numbers have the same suitable decimals.
 * Throws, naming row and column, if a row lacks a column or a value cannot be printed.
 */
export function table(rows: readonly object[], options: TableOptions = {}): Table {
  assertKnown('table', options, KNOWN)
  const { columns: wanted, format = {}, caption, best = {}, within } = options
  assertCaption(caption)
  assertRows(rows)
  const columns = columnsOf(rows, wanted)
  const keys = columns.map(({ key }) => key)
  assertFormats(format, keys)
  assertBest(best, keys)
  const printers = keys.map((key) => printerOf(rows, key, format[key]))
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
  const decimals = format === undefined ? columnDecimals(rows.map((row) => row[key])) : undefined
  if (decimals === undefined) return toPrinter(format, `format.${key}`)
  return (value: unknown, place: string) => printRounded(value, decimals, place)
}

function groupOf(row: Row, index: number, within: string): unknown {
  if (within in row) return row[within]
  const keys = Object.keys(row)
  throw new Error(
    `Cannot group row ${index + 1} by "${within}", expected one of ${listed(keys)}${suggestion(within, keys)}`,
  )
}

function assertRows(rows: unknown): asserts rows is readonly Row[] {
  if (!Array.isArray(rows))
    throw new Error(`Cannot make a table, expected an array of rows, found ${found(rows)}`)
  rows.forEach((row, index) => {
    const isRow = typeof row === 'object' && row !== null && !Array.isArray(row)
    if (!isRow)
      throw new Error(`Cannot make a table, expected an object in row ${index + 1}, found ${found(row)}`)
  })
}

interface WantedColumn {
  readonly key: string
  readonly title: string
  readonly align?: Align
}

function columnsOf(rows: readonly Row[], wanted: Columns | undefined): WantedColumn[] {
  const columns = wanted === undefined ? Object.keys(rows[0] ?? {}).map(untitled) : listOf(wanted)
  if (columns.length === 0) throw new Error('Cannot make a table, expected rows or columns, found none')
  const twice = columns.find(({ key }, index) => columns.findIndex((other) => other.key === key) < index)
  if (twice !== undefined)
    throw new Error(`Cannot make a table, expected each column once, found "${twice.key}" twice`)
  return columns
}

function listOf(wanted: Columns): WantedColumn[] {
  if (!Array.isArray(wanted))
    return Object.entries(wanted as Record<string, string>).map(([key, title]) => ({ key, title }))
  return wanted.map((column, index) => {
    if (typeof column === 'string') return untitled(column)
    assertKnown('table', column, KNOWN_OF_COLUMN, `options.columns[${index}]`)
    return { ...untitled(column.key), ...column }
  })
}

function untitled(key: string): WantedColumn {
  return { key, title: titleOfKey(key) }
}

function assertFormats(format: object, keys: readonly string[]): void {
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
  if (!(key in row)) {
    const keys = Object.keys(row)
    throw new Error(`Cannot print ${path}, expected one of ${listed(keys)}${suggestion(key, keys)}`)
  }
  const raw = row[key] ?? null
  try {
    const text = raw === null ? print(null, path) : print(raw, path)
    assertJson(raw, path)
    return { text, raw: raw as Json }
  } catch (cause) {
    throw new Error(`Cannot print ${(cause as Error).message}`, { cause })
  }
}

function alignmentOf(rows: readonly Row[], key: string): Align {
  const values = rows.map((row) => row[key]).filter((value) => value !== null && value !== undefined)
  const isNumeric = values.length > 0 && values.every((value) => typeof value === 'number' || isSpread(value))
  return isNumeric ? 'right' : 'left'
}
