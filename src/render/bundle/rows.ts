import { dsvFormat } from 'd3-dsv'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import type { Json } from '../model/types.ts'

/** A field of a row: a date is one that was asked for. */
type Field = Json | Date

/** A day, perhaps with a time: `2012-01-31`, `2012/1/31`, `2012-01`, `2012-01-31T12:00Z`, `2012-01-31 12:00:30.5`. */
const DATE =
  /^(?<year>\d{4})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?$/

/**
 * Parses comma- or tab-separated values with a header line into one record for each row. A column has numbers if each
 * non-empty field in it is a plain decimal number; its empty fields become null. The fields of the columns in `dates`
 * become dates, of UTC unless they name a zone. Throws if one of these columns is missing, or has a field that is not
 * a date whose order of year, month and day is sure.
 */
export function parseRows(
  text: string,
  delimiter: ',' | '\t',
  dates: readonly string[] = [],
): { readonly [column: string]: Field }[] {
  const parsed = dsvFormat(delimiter).parse(text.replace(/^\uFEFF/, ''))
  const isNumeric = (column: string) =>
    parsed.some((row) => row[column] !== '') &&
    parsed.every((row) => row[column] === '' || isNumber(row[column]))
  const missing = dates.find((column) => !parsed.columns.includes(column))
  if (missing !== undefined)
    throw new Error(
      `expected a column of dates among ${listed(parsed.columns)}, found ${found(missing)}${suggestion(missing, parsed.columns)}`,
    )
  const numeric = new Set(parsed.columns.filter((column) => !dates.includes(column) && isNumeric(column)))
  return parsed.map((row, index) =>
    Object.fromEntries(
      parsed.columns.map((column) => {
        const field = row[column] ?? ''
        const place = `column ${column}, row ${index + 1}`
        return [column, dates.includes(column) ? dateOf(field, place) : convert(field, numeric.has(column))]
      }),
    ),
  )
}

function isNumber(field: string | undefined): boolean {
  // A leading zero means a code, such as a postal code, not a number.
  return /^[+-]?(0|[1-9]\d*)?(\.\d+)?([eE][+-]?\d+)?$/.test(field ?? '') && /\d/.test(field ?? '')
}

function convert(field: string, isNumeric: boolean): Json {
  if (!isNumeric) return field
  return field === '' ? null : Number(field)
}

function dateOf(field: string, place: string): Date | null {
  if (field.trim() === '') return null
  const { year, month = '1', day = '1', time = '00:00', zone = 'Z' } = DATE.exec(field.trim())?.groups ?? {}
  const date = new Date(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time}${zone}`)
  // JavaScript takes 2012-02-30 for the first of March.
  const isReal = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day)
  if (year !== undefined && isReal && !Number.isNaN(date.getTime())) return date
  throw new Error(`expected a date such as 2012-01-31 or 2012-01-31T12:00 in ${place}, found ${found(field)}`)
}
