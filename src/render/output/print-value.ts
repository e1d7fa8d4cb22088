import type { Spread } from '../../statistics/spread.ts'
import { isSpread, varies } from '../../statistics/spread.ts'
import { ownFormatter } from '../model/formatter.ts'
import { found } from '../model/found.ts'
import { decimal, exponentOf, grouped, mantissaOf, NO_BREAK_SPACE, scientific } from './decimal.ts'

const PLUS_MINUS = `${NO_BREAK_SPACE}±${NO_BREAK_SPACE}`

const SIGNIFICANT = 4
const TINY = -5
const HUGE = 15

/**
 * Prints a value for which no formatter was chosen, in the language of its place: strings as they are, whole numbers with
 * their thousands apart, others with up to four significant digits, a Spread as `mean ± std`, a date as `printDate` does,
 * yes or no, and a dash for null. Anything else is an error that names `path`.
 */
export function printValue(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  if (value === null) return '–'
  const { numbers, truth } = ownFormatter()
  if (typeof value === 'boolean') return truth[value ? 0 : 1]
  if (typeof value === 'number' && Number.isFinite(value)) return numbers(printNumber(value))
  if (isSpread(value)) return numbers(printSpread(value))
  if (isDate(value)) return printDate(value)
  throw new Error(`${path}: expected a string, number, boolean, null or Spread, found ${found(value)}`)
}

/** Says whether a value is a date of the calendar. */
export function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime())
}

/** Prints a date in UTC as its language does, in English `2012-01-31`, with its time unless that is midnight. */
export function printDate(date: Date): string {
  const [, time] = isoDate(date).split(' ')
  const day = ownFormatter().day(date)
  return time === undefined ? day : `${day} ${time}`
}

/** Writes a date in UTC as data: `2012-01-31`, with its time unless that is midnight, so that texts sort as dates do. */
export function isoDate(date: Date): string {
  return date
    .toISOString()
    .replace(/T00:00:00\.000Z$|(?::00)?\.000Z$|0*Z$/, '')
    .replace('T', ' ')
}

/** Prints a number or a Spread with the given decimals, as its neighbours in a column; other values as they are. */
export function printRounded(value: unknown, decimals: number, path: string): string {
  const { numbers } = ownFormatter()
  const print = (x: number) => numbers(grouped(decimal(x, decimals)))
  if (typeof value === 'number' && Number.isFinite(value)) return print(value)
  if (!isSpread(value)) return printValue(value, path)
  return varies(value) ? `${print(value.mean)}${PLUS_MINUS}${print(value.std)}` : print(value.mean)
}

/** Says whether a number is printed with a power of ten. */
export function isScientific(x: number): boolean {
  const exponent = exponentOf(x)
  return exponent >= HUGE || exponent <= TINY
}

/** Counts the decimals that a number needs to show up to four significant digits. */
export function decimalsOf(x: number): number {
  return printNumber(x).split('.')[1]?.length ?? 0
}

function printNumber(x: number): string {
  const exponent = exponentOf(x)
  if (isScientific(x)) {
    const { mantissa, exponent: power } = mantissaOf(x, SIGNIFICANT - 1)
    return scientific(trimmed(mantissa), power)
  }
  if (Number.isInteger(x)) return grouped(decimal(x, 0))
  return grouped(trimmed(decimal(x, Math.max(0, SIGNIFICANT - 1 - exponent))))
}

// The standard deviation keeps two significant digits, and the mean as many decimals.
function printSpread(spread: Spread): string {
  const { mean, std } = spread
  if (!varies(spread)) return printNumber(mean)
  const exponent = exponentOf(Math.max(Math.abs(mean), std))
  const shift = exponent >= HUGE || exponent <= TINY ? exponent : 0
  const digits = 1 - exponentOf(std)
  const decimals = Math.min(Math.max(0, digits + shift), 12)
  const text = [mean, std].map((value) => grouped(decimal(value, decimals, -shift))).join(PLUS_MINUS)
  return shift === 0 ? text : scientific(`(${text})`, shift)
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
