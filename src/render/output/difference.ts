import type { Spread } from '../../statistics/spread.ts'
import { isSpread } from '../../statistics/spread.ts'
import { studentQuantile } from '../../statistics/student-t.ts'
import { found } from '../model/found.ts'
import type { Interval } from './interval.ts'
import { intervalOf, isComparison } from './interval.ts'

/**
 * Computes the mean of `a` minus that of `b`, with its 95 % confidence interval: for two Spreads that of Welch (1947),
 * whose seeds need not be the same; a plain number is exact. One comparison by `compareSeeds` has its own, paired
 * interval. The ends are null if a Spread has one seed.
 */
export function difference(a: unknown, b?: unknown): Interval {
  return between('difference', a, b)
}

/**
 * Says whether `a` is higher than `b` beyond the noise of seeds: the 95 % interval of their difference lies above
 * zero. One comparison by `compareSeeds` replaces both. Throws if single seeds allow no interval.
 */
export function isHigher(a: unknown, b?: unknown): boolean {
  return ends('isHigher', a, b).low > 0
}

/** Says whether `a` is lower than `b` beyond the noise of seeds, as `isHigher` does. */
export function isLower(a: unknown, b?: unknown): boolean {
  return ends('isLower', a, b).high < 0
}

/**
 * Says whether `a` is higher than `b` with every seed: in a comparison by `compareSeeds` for each pair, else every
 * seed of one Spread above every seed of the other.
 */
export function isHigherOnEverySeed(a: unknown, b?: unknown): boolean {
  if (b === undefined && isComparison(a)) return a.wins === a.n
  const [one, other] = sides('isHigherOnEverySeed', a, b)
  return one.min > other.max
}

/** Says whether `a` is lower than `b` with every seed, as `isHigherOnEverySeed` does. */
export function isLowerOnEverySeed(a: unknown, b?: unknown): boolean {
  if (b === undefined && isComparison(a)) return a.losses === a.n
  const [one, other] = sides('isLowerOnEverySeed', a, b)
  return one.max < other.min
}

function ends(name: string, a: unknown, b: unknown): { readonly low: number; readonly high: number } {
  const { low, high } = between(name, a, b)
  if (low !== null && high !== null) return { low, high }
  throw new Error(`${name} expected at least two seeds, found one, which has no interval: compare means`)
}

// `name` is the function that was called, for messages.
function between(name: string, a: unknown, b: unknown): Interval {
  if (b === undefined && isComparison(a)) return intervalOf(a)!
  const [one, other] = sides(name, a, b)
  const mean = one.mean - other.mean
  if (one.n === 1 || other.n === 1) return { mean, low: null, high: null }
  const parts = [one, other].filter(({ std }) => std > 0).map(({ std, n }) => ({ square: std ** 2 / n, n }))
  const square = parts.reduce((sum, part) => sum + part.square, 0)
  if (square === 0) return { mean, low: mean, high: mean }
  // Welch and Satterthwaite: degrees of freedom that need not be whole.
  const degrees = square ** 2 / parts.reduce((sum, part) => sum + part.square ** 2 / (part.n - 1), 0)
  const half = studentQuantile(0.975, degrees) * Math.sqrt(square)
  return { mean, low: mean - half, high: mean + half }
}

function sides(name: string, a: unknown, b: unknown): readonly [Spread, Spread] {
  const isPlain = typeof a === 'number' && typeof b === 'number'
  const [one, other] = isPlain ? [] : [spreadOf(a), spreadOf(b)]
  if (one && other) return [one, other]
  const both = `${found(a)}${b === undefined ? '' : ` and ${found(b)}`}`
  throw new Error(`${name} expected two Spreads, a Spread and a number, or one comparison, found ${both}`)
}

// A plain number counts as exact.
function spreadOf(value: unknown): Spread | undefined {
  if (typeof value === 'number' && Number.isFinite(value))
    return { mean: value, std: 0, n: Number.POSITIVE_INFINITY, min: value, max: value }
  return isSpread(value) ? value : undefined
}
