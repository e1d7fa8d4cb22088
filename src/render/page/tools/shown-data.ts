import type { Formatter } from '../../model/formatter.ts'

/** Most rows of data that a page shows; a CSV file has all. */
export const mostRows = 200
const digits = 5

/** Writes a number of a table of data, rounded to five digits, as the language does. */
export function shownNumber(value: number, { numbers }: Formatter): string {
  return numbers(String(Number.isInteger(value) ? value : Number(value.toPrecision(digits))))
}
