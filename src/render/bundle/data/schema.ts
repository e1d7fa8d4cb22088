import { found, listed } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Json } from '../../model/types.ts'
import { DataError } from './data-error.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'date', 'datetime', 'year', 'any'] as const

/** A column of a data file, in the words of Frictionless' Table Schema. */
export interface SchemaField {
  readonly name: string
  readonly type: (typeof TYPES)[number]
  /** Of dates: `default` (ISO 8601), `any`, or a pattern such as `%d.%m.%Y`. */
  readonly format?: string
  readonly missingValues?: readonly string[]
  readonly decimalChar?: string
  readonly groupChar?: string
  readonly trueValues?: readonly string[]
  readonly falseValues?: readonly string[]
  readonly constraints?: Constraints
}

interface Constraints {
  readonly required?: boolean
  readonly unique?: boolean
  readonly minimum?: number | string
  readonly maximum?: number | string
  readonly pattern?: string
  readonly enum?: readonly Json[]
}

/** What the columns of a data file are; columns that it does not name are as they are found. */
export interface Schema {
  readonly fields: readonly SchemaField[]
  /** Texts that stand for no value. */
  readonly missingValues: readonly string[]
  /** The decimal sign in columns that it does not name; a point unless given. */
  readonly decimalChar?: string
}

// What describes a column, or a table, and changes no value.
const WORDS = ['title', 'description', 'example', 'rdfType']
const FIELD = [
  ...['name', 'type', 'format', 'missingValues', 'decimalChar', 'groupChar'],
  ...['trueValues', 'falseValues', 'constraints'],
]
const CONSTRAINTS = ['required', 'unique', 'minimum', 'maximum', 'pattern', 'enum']

/** The end of the name of the file that says what the columns of a data file are: `x.csv.schema.json`. */
export const schemaEnd = '.schema.json'

/** Reads a schema from JSON. Throws a `DataError` that names the member that is wrong. */
export function readSchema(text: string): Schema {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new DataError(`expected JSON, ${(cause as Error).message}`, undefined, cause)
  }
  const { fields, missingValues = [''] } = asRecord(json, 'the schema')
  if (!Array.isArray(fields)) throw new DataError(`expected a list at fields, found ${found(fields)}`)
  assertMembers(json as object, ['fields', 'missingValues', '$schema', 'primaryKey', ...WORDS], 'the schema')
  return {
    fields: fields.map((field, index) => readField(field, `fields[${index}]`)),
    missingValues: textsAt(missingValues, 'missingValues'),
  }
}

function readField(value: unknown, path: string): SchemaField {
  const field = asRecord(value, path)
  const { name, type = 'any', constraints = {}, format = 'default' } = field
  if (typeof name !== 'string')
    throw new DataError(`expected the name of a column at ${path}.name, found ${found(name)}`)
  assertMembers(field, [...FIELD, ...WORDS], path)
  assertConstraints(asRecord(constraints, `${path}.constraints`), `${path}.constraints`)
  if (!(TYPES as readonly unknown[]).includes(type))
    throw new DataError(
      `expected one of ${TYPES.join(', ')} at ${path}.type, found ${found(type)}${typeof type === 'string' ? suggestion(type, TYPES) : ''}`,
    )
  for (const list of ['missingValues', 'trueValues', 'falseValues'])
    if (field[list] !== undefined) textsAt(field[list], `${path}.${list}`)
  if (typeof format !== 'string')
    throw new DataError(`expected text at ${path}.format, found ${found(format)}`)
  for (const sign of ['decimalChar', 'groupChar'])
    if (field[sign] !== undefined && typeof field[sign] !== 'string')
      throw new DataError(`expected text at ${path}.${sign}, found ${found(field[sign])}`)
  return { ...field, name, type: type as SchemaField['type'] }
}

function assertConstraints(constraints: Readonly<Record<string, unknown>>, path: string): void {
  assertMembers(constraints, CONSTRAINTS, path)
  const { minimum = 0, maximum = 0, pattern = '', enum: allowed = [] } = constraints
  for (const [name, limit] of Object.entries({ minimum, maximum }))
    if (typeof limit !== 'number' && typeof limit !== 'string')
      throw new DataError(`expected a number or text at ${path}.${name}, found ${found(limit)}`)
  if (!Array.isArray(allowed)) throw new DataError(`expected a list at ${path}.enum, found ${found(allowed)}`)
  if (!isPattern(pattern))
    throw new DataError(`expected a regular expression at ${path}.pattern, found ${found(pattern)}`)
}

function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function textsAt(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new DataError(`expected a list of texts at ${path}, found ${found(value)}`)
}

function asRecord(value: unknown, path: string): { readonly [name: string]: unknown } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as { readonly [name: string]: unknown }
  throw new DataError(`expected an object at ${path}, found ${found(value)}`)
}

function assertMembers(value: object, known: readonly string[], path: string): void {
  const other = Object.keys(value).find((name) => !known.includes(name))
  if (other === undefined) return
  throw new DataError(
    `expected one of ${listed(known, 12)} in ${path}, found ${found(other)}${suggestion(other, known)}`,
  )
}
