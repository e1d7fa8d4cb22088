import type { Spread } from '../statistics/spread.ts'
import { spread } from '../statistics/spread.ts'
import { studentQuantile } from '../statistics/student-t.ts'

/** The result of one seed. */
export interface SeedResult<Result> {
  readonly seed: number
  readonly result: Result
}

/** The return value of `overSeeds`, or a list of results with their seeds. */
export type SeedResults<Result> =
  | readonly SeedResult<Result>[]
  | { readonly runs: readonly SeedResult<Result>[] }

/** How a number differs between two configurations, seed by seed. */
export interface Comparison {
  /** The first configuration minus the second. */
  readonly difference: Spread
  /** Ends of the 95 % confidence interval of the mean difference. Null for a single seed, which has no interval. */
  readonly low: number | null
  readonly high: number | null
  /** Number of seeds for which the first configuration is higher, lower and equal. */
  readonly wins: number
  readonly losses: number
  readonly ties: number
  readonly n: number
}

/**
 * Compares two configurations by the number that `select` takes from each result. It subtracts results of the same
 * seed, so that effects of the seed common to both cancel. The interval is Student's, with n - 1 degrees of freedom
 * (Student, 1908). Throws an Error if the two sides have different seeds or a number is missing.
 */
export function compareSeeds<First, Second = First>(
  first: SeedResults<First>,
  second: SeedResults<Second>,
  select: (result: First | Second) => number,
): Comparison {
  const [one, other] = [bySeed(first, select), bySeed(second, select)]
  assertSame([...one.keys()], [...other.keys()])
  const differences = [...one].map(([seed, value]) => value - other.get(seed)!)
  const difference = spread(differences)
  const { mean, std, n } = difference
  const half = n > 1 ? (studentQuantile(0.975, n - 1) * std) / Math.sqrt(n) : null
  return {
    difference,
    low: half === null ? null : mean - half,
    high: half === null ? null : mean + half,
    wins: differences.filter((each) => each > 0).length,
    losses: differences.filter((each) => each < 0).length,
    ties: differences.filter((each) => each === 0).length,
    n,
  }
}

function bySeed<Result>(
  results: SeedResults<Result>,
  select: (result: Result) => number,
): Map<number, number> {
  const runs = 'runs' in results ? results.runs : results
  const values = runs.map(({ seed, result }) => [seed, numberOf(seed, select(result))] as const)
  const seeds = values.map(([seed]) => seed)
  if (seeds.length > 0 && new Set(seeds).size === seeds.length && seeds.every(Number.isInteger))
    return new Map(values)
  throw new Error(
    `Cannot compare seeds [${seeds.map(String).join(', ')}], expected one or more different whole numbers`,
  )
}

function numberOf(seed: number, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  const found = typeof value === 'object' ? JSON.stringify(value)?.slice(0, 40) : String(value)
  throw new Error(`Cannot compare seed ${seed}, expected a number of its result, found ${found}`)
}

function assertSame(first: readonly number[], second: readonly number[]): void {
  const alone = [
    ...first.filter((seed) => !second.includes(seed)),
    ...second.filter((seed) => !first.includes(seed)),
  ]
  if (alone.length === 0) return
  throw new Error(
    `Cannot compare seeds [${first.join(', ')}] with [${second.join(', ')}], expected the same on both sides, found ${alone.join(', ')} on one`,
  )
}
