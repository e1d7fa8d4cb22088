import { dsvFormat } from 'd3-dsv'
import type { Json } from '../model/types.ts'

/**
 * Parses comma- or tab-separated values with a header line into one record for each row. A column has numbers if each
 * non-empty field in it is a plain decimal number; its empty fields become null.
 */
export function parseRows(text: string, delimiter: ',' | '\t'): { readonly [column: string]: Json }[] {
  const parsed = dsvFormat(delimiter).parse(text.replace(/^\uFEFF/, ''))
  const isNumeric = (column: string) =>
    parsed.some((row) => row[column] !== '') &&
    parsed.every((row) => row[column] === '' || isNumber(row[column]))
  const numeric = new Set(parsed.columns.filter(isNumeric))
  return parsed.map((row) =>
    Object.fromEntries(
      parsed.columns.map((column) => [column, convert(row[column] ?? '', numeric.has(column))]),
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
