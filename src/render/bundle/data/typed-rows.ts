import { found, listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import { plural } from '../../output/format.ts'
import { plainNumber } from '../../output/table-rows.ts'
import { assertJson, NotJson } from '../../output/to-json.ts'
import { convert, type Value } from './convert.ts'
import { DataError, type Point } from './data-error.ts'
import type { Schema, SchemaField } from './schema.ts'

/** The rows of a data file before their types are known. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly [column: string]: unknown }[]
  /** Whether every value is text, whose type is to be found. */
  readonly isText: boolean
  /** Finds a value in the file, by the index of its row. */
  placeOf?(row: number, column: string): Point
}

/** A row with its types. */
export interface TypedRow {
  readonly [column: string]: Value
}

/**
 * Gives the rows of a data file in their types: those of the schema; else, of text, numbers in a column in which each
 * field that is not empty is a plain decimal number, where empty ones become null, and text as it is in the others.
 * Throws a `DataError` at the first value that does not fit, with the number of the others.
 */
export function typedRows(table: Table, schema: Schema | undefined): TypedRow[] {
  const { columns, rows } = table
  const missing = schema?.fields.find(({ name }) => !columns.includes(name))
  if (missing !== undefined)
    throw new DataError(
      `expected the column ${missing.name}, found ${listed(columns) || 'none'}${suggestion(missing.name, columns)}`,
    )
  const faults: DataError[] = []
  const read = columns.map((column) => readerOf(column, table, schema, faults))
  const typed = rows.map((row, index) =>
    Object.fromEntries(columns.map((column, at) => [column, read[at]!(row[column], index)])),
  )
  const [first, ...rest] = faults
  if (first)
    throw rest.length === 0
      ? first
      : new DataError(`${first.message} (and ${plural(rest.length, 'more value')})`, first.place)
  return typed
}

function readerOf(
  column: string,
  table: Table,
  schema: Schema | undefined,
  faults: DataError[],
): (value: unknown, row: number) => Value {
  const field = schema?.fields.find(({ name }) => name === column)
  const read = field ? converting(field, schema!) : inferring(column, table, schema)
  return (value, row) => {
    try {
      return read(value)
    } catch (cause) {
      const reason = (cause as Error).message.replace(/, found/, ` in column ${column}, found`)
      faults.push(
        new DataError(
          table.placeOf ? reason : `${reason} in row ${row + 1}`,
          table.placeOf?.(row, column),
          cause,
        ),
      )
      return null
    }
  }
}

function converting(field: SchemaField, { missingValues }: Schema): (value: unknown) => Value {
  const none = field.missingValues ?? missingValues
  const { required = false, unique = false } = field.constraints ?? {}
  const seen = new Set<string>()
  return (value) => {
    if (isNone(value, none)) return required ? refuse(value) : null
    const made = convert(jsonOf(value), field)
    if (unique && seen.size === seen.add(JSON.stringify(made)).size)
      throw new Error(`expected each value once, found ${found(value)} again`)
    return made
  }
}

function refuse(value: unknown): never {
  throw new Error(`expected a value, found ${value === '' ? 'an empty field' : found(value)}`)
}

function isNone(value: unknown, none: readonly string[]): boolean {
  return value === null || value === undefined || (typeof value === 'string' && none.includes(value))
}

// Without a schema, empty text stays empty; told what is missing, each such field is null.
function inferring(
  column: string,
  { rows, isText }: Table,
  { missingValues: none = [], decimalChar = '.' }: Partial<Schema> = {},
): (value: unknown) => Value {
  if (!isText) return (value) => (isNone(value, none) ? null : jsonOf(value))
  const isEmpty = (value: unknown) => value === '' || value === undefined || none.includes(String(value))
  const filled = rows.map((row) => row[column]).filter((value) => !isEmpty(value))
  const isNumeric = filled.length > 0 && filled.every((value) => isPlainNumber(String(value), decimalChar))
  if (isNumeric) return (value) => (isEmpty(value) ? null : Number(withPoint(String(value), decimalChar)))
  return (value) => (none.includes(String(value ?? '')) ? null : String(value ?? ''))
}

/**
 * Says whether a text is a plain decimal number. One with a leading zero is a code, such as a postal code, and one that
 * a number would round is a name.
 */
export function isPlainNumber(text: string, decimalChar = '.'): boolean {
  const number = withPoint(text, decimalChar)
  if (/^[+-]?\d{16,}$/.test(number) && !Number.isSafeInteger(Number(number))) return false
  return /^[+-]?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/.test(number) && /\d/.test(number)
}

function withPoint(text: string, decimalChar: string): string {
  return decimalChar === '.' ? text : text.replace('.', 'x').replace(decimalChar, '.')
}

function jsonOf(value: unknown): Value {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value
  const plain = plainNumber(value)
  try {
    assertJson(plain, 'value')
    return plain
  } catch (cause) {
    if (!(cause instanceof NotJson)) throw cause
    throw new Error(`expected JSON or a date, found ${found(value)}`, { cause })
  }
}
