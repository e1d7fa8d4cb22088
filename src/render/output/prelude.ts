import { difference, isHigher, isHigherOnEverySeed, isLower, isLowerOnEverySeed } from './difference.ts'
import { count, fixed, percent, percentPoints, seconds } from './index.ts'

/** The formatters that values and claims may use without an import. */
export const formatters = { count, fixed, percent, percentPoints, seconds }

/** What compares seeds in values and claims, without an import. */
export const comparers = { difference, isHigher, isHigherOnEverySeed, isLower, isLowerOnEverySeed }

/** Every function of values and claims: names that no cell may export. */
export const prelude = { ...formatters, ...comparers }

/**
 * The same where means are drawn again: what is beyond noise must only stay on its side of zero then, for noise would
 * count twice.
 */
export const redrawnPrelude = {
  ...prelude,
  isHigher: (a: unknown, b?: unknown) => difference(a, b).mean > 0,
  isLower: (a: unknown, b?: unknown) => difference(a, b).mean < 0,
}
