import { isSpread } from '../../statistics/spread.ts'
import { assertAlt, assertCaption } from '../charts/assert-options.ts'
import { kindOf, withKind } from '../model/error-kind.ts'
import { found } from '../model/found.ts'
import type { Figure, Json, Output, Prose, Scalar, Table } from '../model/types.ts'
import { isElement } from './element-svg.ts'
import { assertSpec, figureOfChart, figureOfElement, figureOfSvg, isChart, isSvg } from './figure-of.ts'
import { isBytes } from './picture.ts'
import { isDate, isoDate, printValue } from './print-value.ts'
import { table } from './table-of.ts'
import { rowsOfTable } from './table-rows.ts'
import { assertJson } from './to-json.ts'

const EXPECTED = 'expected a figure, table, prose, string, number or array of records'

/** One check a kind, which gives the output without other members. */
const READERS: {
  readonly [kind in Output['kind']]: (value: Record<string, unknown>, path: string) => Output
} = {
  figure: readFigure,
  table: readTable,
  prose: readProse,
  scalar: readScalar,
}

/**
 * Gives what a cell's default export shows: an output, a string, number, boolean or Spread; the text or the element of an
 * SVG and a specification of a chart, which are figures; an array of records, or a table of arquero or Apache Arrow; or a
 * list of these; undefined shows nothing. Anything else is an error that names its path:
 * `default[1]: expected a figure, …`.
 */
export function toOutputs(value: unknown, path = 'default'): Output[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || areRecords(value)) return [toOutput(value, path)]
  return Array.from(value, (item, index) => toOutput(item, `${path}[${index}]`))
}

// Rows of a table; none of them is what can be shown by itself.
function areRecords(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord)
}

function isRecord(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isOutput(value) &&
    !isSpread(value) &&
    !isDrawing(value) &&
    !isChart(value, false) &&
    !isTable(value)
  )
}

function isDrawing(value: unknown): boolean {
  return isElement(value) || isBytes(value)
}

function isTable(value: object): boolean {
  return 'columnNames' in value || ('schema' in value && 'toArray' in value)
}

/** Gives one output of a cell. */
export function toOutput(value: unknown, path: string): Output {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path}: ${value}`)
  if (isOutput(value)) return READERS[value.kind](value, path)
  if (typeof value === 'string' && isSvg(value)) return naming(path, () => figureOfSvg(value))
  if (isElement(value)) return naming(path, () => figureOfElement(value))
  if (isBytes(value))
    throw withKind(
      new Error(`${path}: Cannot make a figure of bytes, expected figure(bytes, { alt }), found no alt text`),
      'no-alt',
    )
  const rows = areRecords(value) ? value : rowsOfTable(value)
  if (rows !== undefined) return naming(path, () => table(rows))
  if (isChart(value, true)) return naming(path, () => figureOfChart(value))
  if (value === null || value === undefined) throw new Error(`${path}: ${EXPECTED}, found ${value}`)
  try {
    const text = printValue(value, path)
    return { kind: 'scalar', text, raw: isDate(value) ? isoDate(value) : (value as Json) }
  } catch (cause) {
    throw new Error(`${path}: ${EXPECTED}, found ${found(value)}`, { cause })
  }
}

function isOutput(value: unknown): value is Record<string, unknown> & { kind: Output['kind'] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    Object.hasOwn(READERS, String(value.kind))
  )
}

function readFigure({ spec, alt, caption }: Record<string, unknown>, path: string): Figure {
  return naming(path, () => {
    assertAlt(alt)
    assertCaption(caption)
    assertSpec(spec, 'spec')
    return { kind: 'figure', spec, alt, ...(caption === undefined ? {} : { caption }) }
  })
}

function readTable({ columns, rows, caption }: Record<string, unknown>, path: string): Table {
  assertJson(columns, `${path}.columns`)
  assertJson(rows, `${path}.rows`)
  const isTable =
    Array.isArray(columns) &&
    Array.isArray(rows) &&
    columns.every(isColumn) &&
    rows.every((row) => isTableRow(row, columns))
  if (!isTable)
    throw new Error(`${path}: expected a table as table() makes it, found another object of that kind`)
  naming(path, () => assertCaption(caption))
  return { kind: 'table', columns, rows, ...(caption === undefined ? {} : { caption: caption as string }) }
}

function readProse({ markdown }: Record<string, unknown>, path: string): Prose {
  if (typeof markdown === 'string') return { kind: 'prose', markdown }
  throw new Error(`${path}.markdown: expected a string, found ${found(markdown)}`)
}

function readScalar({ text, raw = null }: Record<string, unknown>, path: string): Scalar {
  if (typeof text !== 'string') throw new Error(`${path}.text: expected a string, found ${found(text)}`)
  assertJson(raw, `${path}.raw`)
  return { kind: 'scalar', text, raw }
}

function isColumn(column: unknown): column is Table['columns'][number] {
  const { key, title, align } = (column ?? {}) as Record<string, unknown>
  return (
    typeof key === 'string' &&
    typeof title === 'string' &&
    ['left', 'right', 'center'].includes(align as string)
  )
}

function isTableRow(row: unknown, columns: Table['columns']): boolean {
  const cells = (row ?? {}) as Record<string, { text?: unknown } | undefined>
  return columns.every(({ key }) => typeof cells[key]?.text === 'string')
}

function naming<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw withKind(new Error(`${path}: ${(cause as Error).message}`, { cause }), kindOf(cause))
  }
}
