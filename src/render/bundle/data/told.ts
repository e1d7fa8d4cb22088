import { found, listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import { DataError } from './data-error.ts'
import type { DataKind } from './data-kinds.ts'
import type { Schema, SchemaField } from './schema.ts'

/** The attributes of an import: `with { dates: 'begin, end' }`. */
export type Attributes = Readonly<Record<string, string>>

/** What an import says of its data file. */
export interface Told {
  readonly schema: Schema | undefined
  /** The columns that it wants; all unless given. */
  readonly columns: readonly string[] | undefined
  /** Of a database: which table, or which rows. */
  readonly table: string | undefined
  readonly query: string | undefined
  /** Of delimited values: what stands between fields, if that is not what the name of the file says. */
  readonly delimiter: string | undefined
}

const LISTS: { readonly [attribute: string]: Pick<SchemaField, 'type' | 'format'> } = {
  dates: { type: 'date', format: 'any' },
  numbers: { type: 'number' },
  texts: { type: 'string' },
  booleans: { type: 'boolean' },
}

/**
 * Reads the attributes of an import, and joins them with the schema that lies beside the file: what the import says goes
 * first. Throws a `DataError` for an unknown attribute.
 */
export function toldBy(attributes: Attributes, kind: DataKind, beside: Schema | undefined): Told {
  const known = [
    ...Object.keys(LISTS),
    'missing',
    'columns',
    ...(kind === 'sqlite' ? ['table', 'query'] : []),
    ...(kind === 'csv' || kind === 'tsv' ? ['delimiter', 'decimal'] : []),
  ]
  for (const [name, value] of Object.entries(attributes)) {
    if (known.includes(name) || (name === 'type' && value === kind)) continue
    throw new DataError(`expected with { ${listed(known, 12)} }, found ${name}${suggestion(name, known)}`)
  }
  const { columns, missing, table, query, delimiter, decimal } = attributes
  if (table !== undefined && query !== undefined)
    throw new DataError('expected a table or a query, found both')
  for (const [name, sign] of Object.entries({ delimiter, decimal }))
    if (sign !== undefined && !/^[^\w"\n\r]$/.test(sign))
      throw new DataError(`expected one sign as ${name}, found ${found(sign)}`)
  const wanted = columns === undefined ? undefined : listOf(columns)
  const none = missing === undefined ? undefined : ['', ...listOf(missing)]
  return {
    schema: schemaOf(attributes, none, beside && ofColumns(beside, wanted)),
    columns: wanted,
    table,
    query,
    delimiter,
  }
}

/** Gives what all imports of a file say of it, each as it is written in its braces, and its schema. */
export function toldByAll(
  attributes: readonly string[],
  beside: Schema | undefined,
): Pick<Told, 'schema' | 'delimiter'> {
  const pairs = attributes.flatMap((text) =>
    Array.from(
      text.matchAll(/(\w+)\s*:\s*(?:'([^']*)'|"([^"]*)")/g),
      ([, name, one, other]) => [name!, one ?? other!] as const,
    ),
  )
  const told = (name: string) => pairs.flatMap(([one, value]) => (one === name ? [value] : []))
  const own = Object.fromEntries(Object.keys(LISTS).map((name) => [name, told(name).join(',')]))
  const missing = listOf(told('missing').join(','))
  const [decimal, delimiter] = [told('decimal')[0], told('delimiter')[0]]
  const attributed = { ...own, ...(decimal === undefined ? {} : { decimal }) }
  return { schema: schemaOf(attributed, missing.length === 0 ? undefined : missing, beside), delimiter }
}

function ofColumns(schema: Schema, wanted: readonly string[] | undefined): Schema {
  if (wanted === undefined) return schema
  return { ...schema, fields: schema.fields.filter(({ name }) => wanted.includes(name)) }
}

function schemaOf(
  attributes: Attributes,
  missing: readonly string[] | undefined,
  beside: Schema | undefined,
): Schema | undefined {
  const { decimal } = attributes
  const decimalChar = decimal === undefined ? {} : { decimalChar: decimal }
  const own = Object.entries(LISTS).flatMap(([attribute, type]) =>
    listOf(attributes[attribute] ?? '').map(
      (name): SchemaField => ({ name, ...type, ...decimalChar, missingValues: missing ?? [''] }),
    ),
  )
  if (own.length === 0 && missing === undefined && decimal === undefined) return beside
  const others = (beside?.fields ?? [])
    .filter(({ name }) => !own.some((one) => one.name === name))
    .map((field) => ({ ...decimalChar, ...field }))
  return {
    fields: [...own, ...others],
    missingValues: missing ?? beside?.missingValues ?? [],
    ...decimalChar,
  }
}

function listOf(text: string): string[] {
  return text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}
