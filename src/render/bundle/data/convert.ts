import { escaped } from '../../model/formatter.ts'
import { found } from '../../model/found.ts'
import type { Json } from '../../model/types.ts'
import { isoDate } from '../../output/print-value.ts'
import type { SchemaField } from './schema.ts'

/** A value of a row; a date is one that was asked for. */
export type Value = Json | Date

/** A day, perhaps with a time: `2012-01-31`, `2012/1/31`, `2012-01`, `2012-01-31T12:00Z`, `2012-01-31 12:00:30.5`. */
const DATE =
  /^(?<year>\d{4})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?$/

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** Gives a value of a column in its type. Throws an Error `expected …, found …`, without the place. */
export function convert(value: Value, field: SchemaField): Value {
  return checked(converters[field.type](value, field), field)
}

const converters: { readonly [type in SchemaField['type']]: (value: Value, field: SchemaField) => Value } = {
  any: (value) => value,
  string: (value) => (typeof value === 'string' ? value : wrong('text', value)),
  number: (value, field) => (typeof value === 'number' ? value : numberOf(value, field)),
  integer(value, field) {
    const number = converters.number(value, field)
    return Number.isSafeInteger(number) ? number : wrong('a whole number', value)
  },
  boolean(
    value,
    { trueValues = ['true', 'True', 'TRUE', '1'], falseValues = ['false', 'False', 'FALSE', '0'] },
  ) {
    if (typeof value === 'boolean') return value
    if (trueValues.includes(String(value))) return true
    return falseValues.includes(String(value))
      ? false
      : wrong(`one of ${[...trueValues, ...falseValues].join(', ')}`, value)
  },
  date: (value, field) => dateIn(value, field, false),
  datetime: (value, field) => dateIn(value, field, true),
  year(value) {
    return /^-?\d{4}$/.test(String(value)) ? Number(value) : wrong('a year of four digits', value)
  },
}

function numberOf(value: Value, { decimalChar = '.', groupChar = '' }: SchemaField): number {
  if (typeof value !== 'string') return wrong('a number', value)
  const plain = (groupChar === '' ? value : value.replaceAll(groupChar, '')).trim()
  const text = decimalChar === '.' ? plain : plain.replace('.', 'x').replace(decimalChar, '.')
  const sample = `1${groupChar}234${decimalChar}5`
  return NUMBER.test(text) ? Number(text) : wrong(`a number such as ${sample}`, value)
}

function dateIn(value: Value, { format = 'default' }: SchemaField, hasTime: boolean): Date {
  if (value instanceof Date) return value
  if (typeof value !== 'string') return wrong('a date', value)
  if (format !== 'default' && format !== 'any') return patterned(value.trim(), format)
  const date = dateOf(value.trim())
  const sample = hasTime ? '2012-01-31T12:00:00Z' : '2012-01-31'
  if (!date || (!hasTime && format === 'default' && /[T ]/.test(value.trim())))
    return wrong(`a date such as ${sample}`, value)
  return date
}

/**
 * Reads a date whose order of year, month and day is sure, of UTC unless it names a zone; undefined if a text is none.
 */
export function dateOf(text: string): Date | undefined {
  const { year, month = '1', day = '1', time = '00:00', zone = 'Z' } = DATE.exec(text)?.groups ?? {}
  if (year === undefined || !isReal(Number(year), Number(month), Number(day))) return undefined
  const date = new Date(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}${zone}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

// JavaScript takes 2012-02-30 for the first of March.
function isReal(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

const PARTS: { readonly [letter: string]: string } = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{2})',
  S: '(?<S>\\d{2})',
}

function patterned(text: string, format: string): Date {
  const pattern = escaped(format).replace(
    /%(.)/g,
    (whole, letter: string) => PARTS[letter] ?? wrongPattern(whole),
  )
  const match = new RegExp(`^${pattern}$`).exec(text)
  const { Y = '1970', m = '1', d = '1', H = '0', M = '0', S = '0' } = match?.groups ?? {}
  const isFound = match !== null && isReal(Number(Y), Number(m), Number(d))
  if (!isFound || Number(H) > 23 || Number(M) > 59 || Number(S) > 59)
    return wrong(`a date as ${format}`, text)
  return new Date(Date.UTC(Number(Y), Number(m) - 1, Number(d), Number(H), Number(M), Number(S)))
}

function wrongPattern(part: string): never {
  throw new Error(`expected %Y, %m, %d, %H, %M or %S in a format of dates, found ${part}`)
}

function checked(value: Value, field: SchemaField): Value {
  const { minimum, maximum, pattern, enum: allowed } = field.constraints ?? {}
  if (minimum !== undefined && Number(value) < limitOf('minimum', minimum, field))
    return wrong(`at least ${minimum}`, value)
  if (maximum !== undefined && Number(value) > limitOf('maximum', maximum, field))
    return wrong(`at most ${maximum}`, value)
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(String(value)))
    return wrong(`text as /${pattern}/`, value)
  if (allowed !== undefined && !allowed.some((one) => isSame(one, value, field)))
    return wrong(`one of ${allowed.join(', ')}`, value)
  return value
}

// What a constraint names is written as the values of its column are.
function limitOf(name: string, limit: number | string, field: SchemaField): number {
  const size = Number(converters[field.type](limit, field))
  return Number.isNaN(size) ? wrong(`a number or a date as ${name} in the schema`, limit) : size
}

function isSame(one: Json, value: Value, field: SchemaField): boolean {
  if (!(value instanceof Date)) return String(one) === String(value)
  return Number(converters[field.type](one, field)) === value.getTime()
}

function wrong(expected: string, value: Value): never {
  throw new Error(`expected ${expected}, found ${value instanceof Date ? isoDate(value) : found(value)}`)
}
