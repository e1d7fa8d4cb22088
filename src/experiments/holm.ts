import { studentShare } from '../statistics/student-t.ts'
import type { Comparison } from './compare.ts'

/**
 * Computes the two-sided p of a comparison by Student's paired t test: how often seeds alone would give a mean
 * difference as large, if there were none. Throws an Error for a single seed, which allows no test.
 */
export function pairedP({ difference: { mean, std, n } }: Comparison): number {
  if (n < 2) throw new Error(`Cannot test a difference, expected at least two seeds, found ${n}`)
  // Seeds that all differ by the same amount leave no doubt.
  if (std === 0) return mean === 0 ? 1 : 0
  return 2 * (1 - studentShare(Math.abs(mean / std) * Math.sqrt(n), n - 1))
}

/**
 * Adjusts the p of several comparisons, so that those below 0.05 hold together with 95 % confidence (S. Holm, "A simple
 * sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979). Keeps their order. Each
 * p is in [0, 1].
 */
export function holm(ps: readonly number[]): number[] {
  const unusual = ps.find((p) => !(p >= 0 && p <= 1))
  if (unusual !== undefined)
    throw new Error(`Cannot adjust p, expected numbers from 0 to 1, found ${unusual}`)
  const adjusted = [...ps]
  let largest = 0
  // The smallest p counts as often as there are comparisons, the next one time less, and none less than one before it.
  for (const [rank, index] of [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!).entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * ps[index]!))
    adjusted[index] = largest
  }
  return adjusted
}
