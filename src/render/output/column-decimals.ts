import { isSpread, varies } from '../model/spread.ts'
import { exponentOf } from './decimal.ts'
import { decimalsOf, isScientific } from './print-value.ts'

/** Beyond so many digits from the first of the greatest to the last of the least, each number is printed by itself. */
const MOST_DIGITS = 8

/**
 * Chooses how many decimals all numbers of a column are printed with where no format is given: two significant
 * digits of the typical standard deviation where it has Spreads, else as many as its numbers need, each with up
 * to four significant digits. Gives undefined where there is no number, or they are too far apart to share one.
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

// Of two in the middle the smaller one, so that both keep a digit.
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]!
}
