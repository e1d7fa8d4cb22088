import { existsSync, readFileSync } from 'node:fs'
import { DataError } from './data-error.ts'
import { kindOfData } from './data-kinds.ts'
import { readTable, readTextTable } from './read-table.ts'
import { readSchema, type Schema, schemaEnd } from './schema.ts'
import { type Attributes, toldBy } from './told.ts'
import { type Table, type TypedRow, typedRows } from './typed-rows.ts'

/** The rows of a data file, and which of its columns hold dates. */
export interface Data {
  readonly columns: readonly string[]
  readonly rows: readonly TypedRow[]
  readonly dates: readonly string[]
}

/** Text of a bundle that a data file may take; more belongs into an experiment, which reads it as it runs. */
const mostBytes = 50_000_000

/** A fault in a data file or in its schema: `file` is the path of the one that is wrong. */
export class DataFileError extends Error {
  readonly file: string
  readonly place: DataError['place']

  constructor(
    message: string,
    file: string,
    { place, cause }: { place?: DataError['place']; cause?: unknown },
  ) {
    super(message, { cause })
    this.file = file
    this.place = place
  }
}

/**
 * Reads the rows of a data file in their types, as its schema and the attributes of its import say. Throws a
 * `DataFileError`.
 *
 * @param path absolute
 */
export async function readData(path: string, attributes: Attributes): Promise<Data> {
  const schema = schemaBeside(path)
  try {
    const file = openData(path, attributes, schema)
    return typed(await readTable(file), file.told.schema)
  } catch (cause) {
    throw inFile(path, cause)
  }
}

/** Does the same at once, for a file that is text; throws a `DataFileError` for another one. */
export function readTextData(path: string, attributes: Attributes): Data {
  const schema = schemaBeside(path)
  try {
    const file = openData(path, attributes, schema)
    const table = readTextTable(file)
    if (table === undefined) throw new DataError(`expected a file of text, found ${file.kind}`)
    return typed(table, file.told.schema)
  } catch (cause) {
    throw inFile(path, cause)
  }
}

function openData(path: string, attributes: Attributes, schema: Schema | undefined) {
  const kind = kindOfData(path)!
  const told = toldBy(attributes, kind, schema)
  const bytes = readFileSync(path)
  if (bytes.length > mostBytes)
    throw new DataError(
      `expected at most ${mostBytes / 1e6} MB, found ${Math.ceil(bytes.length / 1e6)}: read it in an experiment`,
    )
  return { path, kind, bytes, told }
}

function typed(table: Table, schema: Schema | undefined): Data {
  const rows = typedRows(table, schema)
  const dates = table.columns.filter((column) => rows.some((row) => row[column] instanceof Date))
  return { columns: table.columns, rows, dates }
}

function inFile(path: string, cause: unknown): DataFileError {
  const place = cause instanceof DataError ? cause.place : undefined
  return new DataFileError((cause as Error).message, path, { place, cause })
}

function schemaBeside(path: string): Schema | undefined {
  const file = path + schemaEnd
  if (!existsSync(file)) return undefined
  try {
    return readSchema(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataFileError((cause as Error).message, file, { cause })
  }
}
