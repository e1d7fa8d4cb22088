import { found, listed } from '../../model/found.ts'
import { commandToInstall } from '../../model/optional-packages.ts'
import { plural } from '../../output/format.ts'
import { rowsOfTable } from '../../output/table-rows.ts'
import { DataError, type Point } from './data-error.ts'
import type { DataKind } from './data-kinds.ts'
import { type Line, placesIn, readDelimited } from './delimited.ts'
import { loadPackage } from './load-package.ts'
import type { Told } from './told.ts'
import type { Table } from './typed-rows.ts'

/** A data file to be read. */
export interface DataFile {
  readonly path: string
  readonly kind: DataKind
  readonly bytes: Uint8Array
  readonly told: Pick<Told, 'columns' | 'table' | 'query' | 'delimiter'>
}

/** Says whether files of a kind are text. */
export function isTextKind(kind: DataKind): boolean {
  return textReaders[kind] !== undefined
}

/** Reads the rows of a data file that is text; undefined for one of another kind. Throws a `DataError`. */
export function readTextTable({ kind, bytes, told: { columns, delimiter } }: DataFile): Table | undefined {
  const read = textReaders[kind]
  if (read === undefined) return undefined
  const text = new TextDecoder('utf-8', { fatal: true })
  return withColumns(read(decoded(text, bytes), delimiter), columns)
}

const textReaders: { readonly [kind in DataKind]?: (text: string, delimiter?: string) => Table } = {
  csv: (text, delimiter = ',') => readDelimitedTable(text, delimiter),
  tsv: (text, delimiter = '\t') => readDelimitedTable(text, delimiter),
  jsonl: (text) => readJsonLines(text),
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new DataError('expected UTF-8, found other bytes: save it as UTF-8', undefined, cause)
  }
}

/** Reads the rows of a data file. Throws a `DataError`; one without a place if a package is missing. */
export async function readTable(file: DataFile): Promise<Table> {
  const text = readTextTable(file)
  if (text !== undefined) return text
  if (file.kind === 'parquet') return withColumns(await readParquet(file), file.told.columns)
  return withColumns(
    file.kind === 'arrow' ? await readArrow(file) : await readDatabase(file),
    file.told.columns,
  )
}

function withColumns(table: Table, columns: readonly string[] | undefined): Table {
  if (columns === undefined) return table
  const other = columns.find((column) => !table.columns.includes(column))
  if (other === undefined) return { ...table, columns }
  throw new DataError(`expected columns among ${listed(table.columns, 20) || 'none'}, found ${found(other)}`)
}

async function readArrow({ bytes }: DataFile): Promise<Table> {
  const { tableFromIPC } = await loadPackage('apache-arrow', () => import('apache-arrow'))
  const table = tableFromIPC(bytes)
  const columns = table.schema.fields.map(({ name }) => name)
  // It reads other bytes as a table of nothing.
  if (columns.length === 0) throw new DataError('expected the columns of an Arrow table, found none')
  return { columns, rows: rowsOfTable(table)!, isText: false }
}

async function readDatabase({ path, told }: DataFile): Promise<Table> {
  const { default: sqlite } = await loadPackage('node-sqlite3-wasm', () => import('node-sqlite3-wasm'))
  const database = new sqlite.Database(path, { readOnly: true })
  try {
    const query = told.query ?? `select * from ${nameOfTable(database, told.table)}`
    const rows = database.all(query) as Row[]
    return { columns: columnsIn(rows), rows, isText: false }
  } finally {
    database.close()
  }
}

type Row = Table['rows'][number]

function columnsIn(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function nameOfTable(database: { all(query: string): unknown }, wanted: string | undefined): string {
  const tables = database.all(
    "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'",
  )
  const names = (tables as { name: string }[]).map(({ name }) => name)
  const name = wanted ?? (names.length === 1 ? names[0] : undefined)
  if (name !== undefined && names.includes(name)) return `"${name.replaceAll('"', '""')}"`
  const list = names.length === 0 ? 'no table' : listed(names)
  throw new DataError(
    wanted === undefined
      ? `expected with { table: '...' } or with { query: 'select ...' }, since it has ${list}`
      : `expected a table among ${list}, found ${found(wanted)}`,
  )
}

/** Reads delimited text with a header line. */
export function readDelimitedTable(source: string, delimiter: string): Table {
  const [head, ...all] = readDelimited(source.replace(/^\uFEFF/, ''), delimiter)
  if (head === undefined) return { columns: [], rows: [], isText: true }
  const columns = head.fields
  // In a file of one column an empty line is an empty field.
  const lines = columns.length === 1 ? all : all.filter(({ fields }) => fields.length > 1 || fields[0] !== '')
  const twice = columns.findIndex((column, index) => columns.indexOf(column) < index)
  if (twice >= 0)
    throw new DataError(
      `expected each column once, found ${found(columns[twice])} again`,
      head.placeOf(twice),
    )
  const isAlone = columns.length === 1 && !/^\uFEFF?"/.test(source)
  const other = isAlone ? /[;\t|,]/.exec(columns[0]!)?.[0] : undefined
  if (other !== undefined)
    throw new DataError(
      `expected ${found(delimiter)} between columns, found ${found(other)}: say with { delimiter: ${JSON.stringify(other)} }, or put the name in quotes if it is one column`,
      head.placeOf(0),
    )
  for (const line of lines) assertWidth(line, columns.length)
  return {
    columns,
    rows: lines.map(({ fields }) =>
      Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ''])),
    ),
    isText: true,
    placeOf: (row, column) => lines[row]!.placeOf(columns.indexOf(column)),
  }
}

// A field beyond the header would be lost.
function assertWidth({ fields, placeOf }: Line, width: number): void {
  const beyond = fields.findIndex((field, index) => index >= width && field !== '')
  if (beyond < 0) return
  throw new DataError(
    `expected ${plural(width, 'field')} as in the header, found ${fields.length}: put a field with the delimiter in it in quotes`,
    placeOf(beyond),
  )
}

/** Reads one JSON object a line; lines without text are left out. */
export function readJsonLines(source: string): Table {
  const text = source.replace(/^\uFEFF/, '')
  const places = placesIn(text)
  const rows: Row[] = []
  const starts: number[] = []
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (line.trim() === '') continue
    rows.push(objectOf(line, places(index)))
    starts.push(index)
  }
  return { columns: columnsIn(rows), rows, isText: false, placeOf: (row) => places(starts[row]!) }
}

function objectOf(line: string, place: Point): Row {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new DataError(`expected one JSON object a line, ${(cause as Error).message}`, place, cause)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row
  throw new DataError(`expected one JSON object a line, found ${found(value)}`, place)
}

async function readParquet({ bytes, told: { columns } }: DataFile): Promise<Table> {
  const { parquetMetadata, parquetReadObjects, parquetSchema } = await loadPackage(
    'hyparquet',
    () => import('hyparquet'),
  )
  // The larger codecs are a package of their own.
  const { compressors } = await import('hyparquet-compressors').catch(() => ({ compressors: undefined }))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const all = parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name)
  const wanted = columns?.filter((column) => all.includes(column))
  try {
    const rows = await parquetReadObjects({
      file,
      ...(wanted && { columns: wanted }),
      ...(compressors && { compressors }),
    })
    return { columns: all, rows, isText: false }
  } catch (cause) {
    const { message } = cause as Error
    const hint = /compression codec/.test(message) ? `: ${commandToInstall('hyparquet-compressors')}` : ''
    throw new DataError(message + hint, undefined, cause)
  }
}
