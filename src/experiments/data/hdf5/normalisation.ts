import type { Normalisation } from '../hdf5-types.ts'

/** Smallest and largest pixel. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** Converts pixels to grey levels; every pixel is black plus a whole number of steps. */
export interface Grid {
  /** level = value * scale + shift, 0 to 255. */
  readonly scale: number
  readonly shift: number
  /** How far a level may be from a whole number. */
  readonly tolerance: number
}

const known = [
  { name: 'unit', low: 0, high: 1 },
  { name: 'bytes', low: 0, high: 255 },
  { name: 'centred', low: -0.5, high: 0.5 },
  { name: 'signed', low: -1, high: 1 },
] as const

/** Gives the normalisation for pixels that are not whole grey levels. */
export function noNormalisation({ min, max }: Range): Normalisation {
  return { name: 'none', low: min, high: max, text: `none, ${short(min)} to ${short(max)}` }
}

/**
 * Lists the known normalisations whose range includes `range`, the most likely first. An image with only 0 and 1 is
 * `unit`.
 */
export function knownNormalisations(range: Range): Normalisation[] {
  return known.filter((each) => contains(each, range)).map((each) => ({ ...each, text: rangeText(each) }))
}

/** Gives the normalisation in which black is the smallest of all pixels and white the largest. */
export function linearNormalisation({ min, max }: Range): Normalisation {
  const range = { name: 'linear', low: min, high: max } as const
  return { ...range, text: rangeText(range) }
}

/** Allows a little slack, because rounding may lead outside the range. */
function contains({ low, high }: { low: number; high: number }, { min, max }: Range): boolean {
  const slack = (high - low) / 1000
  return min >= low - slack && max <= high + slack
}

/** Writes a normalisation with its range. */
function rangeText({ name, low, high }: { name: string; low: number; high: number }): string {
  return `${name}, ${short(low)} to ${short(high)}`
}

/** Formats a number with at most seven digits, because a 32-bit float has no more. */
function short(value: number): string {
  return String(Number(value.toPrecision(7)))
}

/**
 * Gives the grid of a normalisation for elements of a type. A 16-bit float has 11 bits: in [0.5, 1] it may be 2^-12
 * off, which is 0.06 of 255 levels, and twice that after one more operation. For other types 0.01 is far beyond any
 * rounding, even for 32-bit floats stored in 64 bits.
 */
export function gridOf({ low, high }: Normalisation, type: string): Grid {
  const scale = 255 / (high - low)
  return { scale, shift: -low * scale, tolerance: type === 'float16' ? 0.15 : 0.01 }
}
