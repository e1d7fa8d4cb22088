import type { Comparison, SeedResult } from '../experiment.ts'
import { compareSeeds } from '../experiment.ts'
import { holm, pairedP } from '../holm.ts'

/** A comparison, and what is left of it when all comparisons of its family are judged together. */
export interface Judged {
  readonly comparison: Comparison
  /** Two-sided p of the paired t test, adjusted for the number of comparisons. */
  readonly p: number
  /** Whether the first configuration is higher, or lower, at an adjusted p below 0.05. */
  readonly isHigher: boolean
  readonly isLower: boolean
}

type Runs<Result> = readonly SeedResult<Result>[]

/**
 * Compares pairs of configurations by a number of their results, seed by seed, and adjusts the p of all pairs by Holm's
 * method. Keeps the order of the pairs. Throws an error if a pair has different seeds, or a single one.
 */
export function compareFamily<Result>(
  pairs: readonly (readonly [first: Runs<Result>, second: Runs<Result>])[],
  select: (result: Result) => number,
): Judged[] {
  const comparisons = pairs.map(([first, second]) => compareSeeds(first, second, select))
  const adjusted = holm(comparisons.map(pairedP))
  return comparisons.map((comparison, index) => {
    const p = adjusted[index]!
    const { mean } = comparison.difference
    return { comparison, p, isHigher: p < 0.05 && mean > 0, isLower: p < 0.05 && mean < 0 }
  })
}
