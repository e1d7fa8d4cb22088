import { isSpread, varies } from '../../statistics/spread.ts'
import { exponentOf } from './decimal.ts'
import { decimalsOf, isScientific } from './print-value.ts'

/** From the first digit of the greatest number to the last of the least; beyond it, numbers share no decimals. */
const MOST_DIGITS = 8

/**
 * Chooses the decimals of all numbers of a column without a format: two significant digits of the typical standard
 * deviation if it has Spreads, else as many as its numbers need, each with up to four significant digits. Gives
 * undefined if there is no number, or if they are too far apart to share decimals.
 */
export function columnDecimals(values: readonly unknown[]): number | undefined {
  const spreads = values.filter(isSpread).filter(varies)
  const numbers = values.flatMap((value) =>
    typeof value === 'number' && Number.isFinite(value) ? [value] : isSpread(value) ? [value.mean] : [],
  )
  if (numbers.length === 0) return undefined
  const sizes = [...numbers.map(Math.abs), ...spreads.map(({ std }) => std)]
  const greatest = exponentOf(Math.max(...sizes))
  const decimals =
    spreads.length > 0
      ? Math.max(0, 1 - exponentOf(median(spreads.map(({ std }) => std))))
      : Math.max(...numbers.map(decimalsOf))
  const isAlone = spreads.length > 0 ? isScientific(Math.max(...sizes)) : numbers.some(isScientific)
  return isAlone || Math.max(greatest, 0) + 1 + decimals > MOST_DIGITS + 4 * Number(spreads.length > 0)
    ? undefined
    : decimals
}

// The smaller of two in the middle, so that both keep a digit.
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]!
}
