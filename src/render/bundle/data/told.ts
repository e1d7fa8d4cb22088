import { listed } from '../../model/found.ts'
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
  ]
  for (const [name, value] of Object.entries(attributes)) {
    if (known.includes(name) || (name === 'type' && value === kind)) continue
    throw new DataError(`expected with { ${listed(known, 12)} }, found ${name}${suggestion(name, known)}`)
  }
  const { columns, missing, table, query } = attributes
  if (table !== undefined && query !== undefined)
    throw new DataError('expected a table or a query, found both')
  return {
    schema: schemaOf(attributes, missing === undefined ? undefined : ['', ...listOf(missing)], beside),
    columns: columns === undefined ? undefined : listOf(columns),
    table,
    query,
  }
}

/** Gives what is known of columns by all imports of a file, each as it is written in its braces, and by its schema. */
export function columnsToldBy(attributes: readonly string[], beside: Schema | undefined): Schema | undefined {
  const pairs = attributes.flatMap((text) =>
    Array.from(
      text.matchAll(/(\w+)\s*:\s*(?:'([^']*)'|"([^"]*)")/g),
      ([, name, one, other]) => [name!, one ?? other!] as const,
    ),
  )
  const joined = (name: string) => pairs.flatMap(([one, value]) => (one === name ? [value] : [])).join(',')
  const own = Object.fromEntries(Object.keys(LISTS).map((name) => [name, joined(name)]))
  const missing = listOf(joined('missing'))
  return schemaOf(own, missing.length === 0 ? undefined : missing, beside)
}

function schemaOf(
  attributes: Attributes,
  missing: readonly string[] | undefined,
  beside: Schema | undefined,
): Schema | undefined {
  const own = Object.entries(LISTS).flatMap(([attribute, type]) =>
    listOf(attributes[attribute] ?? '').map(
      (name): SchemaField => ({ name, ...type, missingValues: missing ?? [''] }),
    ),
  )
  if (own.length === 0 && missing === undefined) return beside
  const others = beside?.fields.filter(({ name }) => !own.some((one) => one.name === name)) ?? []
  return { fields: [...own, ...others], missingValues: missing ?? beside?.missingValues ?? [] }
}

function listOf(text: string): string[] {
  return text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
}
