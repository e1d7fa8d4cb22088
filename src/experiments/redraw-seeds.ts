/** One way to draw as many seeds as there are: what it makes of the statistic, and how likely it is. */
interface Redraw {
  readonly value: number
  /** Its probability, in (0, 1]. */
  readonly share: number
}

/** A statistic of several seeds, with what it would be for other draws of these seeds. */
export interface Redrawn {
  /** For the seeds as they are. */
  readonly value: number
  /** Ends of the 95 % interval: the quantiles of all redraws at 2.5 and 97.5 %. */
  readonly low: number
  readonly high: number
  /** Every different redraw; those of equally many seeds come in the same order. */
  readonly redraws: readonly Redraw[]
}

/**
 * Computes a statistic for every way to draw the seeds again, as many as there are, with replacement: the bootstrap
 * (B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979), without chance, since
 * few seeds have few different draws, 126 for five. Such intervals are too narrow where seeds are few.
 *
 * @param seeds what the statistic needs of each seed, one to eight
 * @param statistic must not depend on the order of the seeds
 */
export function redrawSeeds<Seed>(
  seeds: readonly Seed[],
  statistic: (drawn: readonly Seed[]) => number,
): Redrawn {
  if (seeds.length < 1 || seeds.length > 8)
    throw new Error(`Cannot redraw seeds, expected one to eight, found ${seeds.length}`)
  const redraws = timesOf(seeds.length, seeds.length).map((times) => ({
    value: statistic(seeds.flatMap((seed, index) => Array<Seed>(times[index]!).fill(seed))),
    share: arrangements(times) / seeds.length ** seeds.length,
  }))
  return { value: statistic(seeds), low: quantile(redraws, 0.025), high: quantile(redraws, 0.975), redraws }
}

/**
 * Computes the two-sided p of a difference between two statistics of the same seeds: twice the share of redraws in which
 * the one that is larger on the whole is not larger, at most 1.
 */
export function redrawnP(first: Redrawn, second: Redrawn): number {
  if (first.redraws.length !== second.redraws.length)
    throw new Error('Cannot compare redraws, expected those of equally many seeds on both sides')
  const isMore = first.value > second.value
  const against = first.redraws.filter(({ value }, index) => {
    const other = second.redraws[index]!.value
    return isMore ? value <= other : value >= other
  })
  return Math.min(1, 2 * against.reduce((sum, { share }) => sum + share, 0))
}

/** Gives every way to write `sum` as `count` numbers from 0, in order: how often each seed is drawn. */
function timesOf(count: number, sum: number): number[][] {
  if (count === 1) return [[sum]]
  return Array.from({ length: sum + 1 }, (_, first) => first).flatMap((first) =>
    timesOf(count - 1, sum - first).map((rest) => [first, ...rest]),
  )
}

/** Counts the orders in which seeds can be drawn, each so many times: the multinomial coefficient. */
function arrangements(times: readonly number[]): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const all = factorial(times.reduce((sum, each) => sum + each, 0))
  return times.reduce((left, each) => left / factorial(each), all)
}

/** Gives the smallest value that at least the share `p` of the redraws does not exceed. */
function quantile(redraws: readonly Redraw[], p: number): number {
  const sorted = redraws.toSorted((a, b) => a.value - b.value)
  let below = 0
  // A sum of shares may miss p by a rounding error.
  for (const { value, share } of sorted) {
    below += share
    if (below >= p - 1e-12) return value
  }
  return sorted.at(-1)!.value
}
