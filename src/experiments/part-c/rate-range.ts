/** What a network reaches at one learning rate. */
export interface RatePoint {
  readonly rate: number
  /** In [0, 1]. */
  readonly accuracy: number
}

/** The learning rates that are nearly as good as the best one. */
export interface RateRange {
  readonly low: number
  readonly high: number
  /** `high / low`, at least 1. */
  readonly factor: number
  /** Whether an end is that of the rates tried, so that the true range may be wider. */
  readonly isOpen: boolean
}

/**
 * Gives the range of rates around the best one in which the accuracy stays within `margin` of the best. It ends where
 * the straight line between two rates tried, over the logarithm of the rate, crosses the best accuracy less the margin.
 * @param points at least one, each at another rate
 */
export function rateRange(points: readonly RatePoint[], margin: number): RateRange {
  const sorted = points.toSorted((a, b) => a.rate - b.rate)
  const best = bestPoint(sorted)
  const least = best.accuracy - margin
  const at = sorted.indexOf(best)
  const low = crossing(sorted.slice(0, at + 1).reverse(), least)
  const high = crossing(sorted.slice(at), least)
  return { low: low.rate, high: high.rate, factor: high.rate / low.rate, isOpen: low.isEnd || high.isEnd }
}

/** Counts the rates at which the accuracy is within `margin` of that of the best rate: those at which a network trains. */
export function trainingRates(points: readonly RatePoint[], margin: number): number {
  const least = bestPoint(points).accuracy - margin
  return points.filter(({ accuracy }) => accuracy >= least).length
}

/** Averages the accuracies of several seeds, rate by rate; all seeds have the same rates. */
export function meanPoints(seeds: readonly (readonly RatePoint[])[]): RatePoint[] {
  return seeds[0]!.map(({ rate }, index) => ({
    rate,
    accuracy: seeds.reduce((sum, each) => sum + each[index]!.accuracy, 0) / seeds.length,
  }))
}

/** Gives the point with the best accuracy; of equal ones, that with the smallest rate. */
function bestPoint(points: readonly RatePoint[]): RatePoint {
  const [best] = points.toSorted((a, b) => b.accuracy - a.accuracy || a.rate - b.rate)
  if (best) return best
  throw new Error('Cannot choose a learning rate, expected at least one, found none')
}

/** Follows points away from the best one, the first, to the rate at which the accuracy falls to `least`. */
function crossing(points: readonly RatePoint[], least: number): { rate: number; isEnd: boolean } {
  const beyond = points.findIndex(({ accuracy }) => accuracy < least)
  if (beyond < 0) return { rate: points.at(-1)!.rate, isEnd: true }
  const [inside, outside] = [points[beyond - 1]!, points[beyond]!]
  const part = (inside.accuracy - least) / (inside.accuracy - outside.accuracy)
  return { rate: inside.rate * (outside.rate / inside.rate) ** part, isEnd: false }
}
