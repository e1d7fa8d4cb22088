import { difference, isHigher, isHigherOnEverySeed, isLower, isLowerOnEverySeed } from './difference.ts'
import { count, fixed, percent, percentPoints, seconds } from './index.ts'

/** The formatters that values and claims may use without an import. */
export const formatters = { count, fixed, percent, percentPoints, seconds }

/** The functions that compare seeds in values and claims, without an import. */
export const comparers = { difference, isHigher, isHigherOnEverySeed, isLower, isLowerOnEverySeed }

/** Every function of values and claims; no cell may export one of these names. */
export const prelude = { ...formatters, ...comparers }

/**
 * The same functions for redrawn means: there a difference need only stay on its side of zero, since otherwise noise
 * would count twice.
 */
export const redrawnPrelude = {
  ...prelude,
  isHigher: (a: unknown, b?: unknown) => difference(a, b).mean > 0,
  isLower: (a: unknown, b?: unknown) => difference(a, b).mean < 0,
}

/** Globals that values may use: they give the same result on every machine and in every run. */
export const plainGlobals: ReadonlySet<string> = new Set(
  `Array BigInt Boolean Error Infinity JSON Map NaN Number Object RegExp Set String encodeURIComponent isFinite isNaN
   parseFloat parseInt undefined`.split(/\s+/),
)
