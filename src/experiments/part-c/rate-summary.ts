import type { Spread } from '../experiment.ts'
import { spread } from '../experiment.ts'

/** One run at one learning rate. */
export interface RateRun {
  readonly rate: number
  /** One value per epoch: the loss during training, then loss and accuracy on held-out images. */
  readonly history: { readonly running: number[]; readonly loss: number[]; readonly accuracy: number[] }
  /** Null if the loss overflowed. */
  readonly test: { readonly count: number; readonly loss: number; readonly accuracy: number } | null
}

/** Summary of the seeds of one learning rate. */
interface RateSummary {
  readonly rate: number
  /** Number of seeds that ended because their loss overflowed. */
  readonly overflowed: number
  /** Accuracy after the last epoch, on held-out images; an overflowed run counts as a random guess. */
  readonly accuracy: Spread
  /** The loss after the last epoch, on held-out images; null if a run overflowed. */
  readonly loss: Spread | null
  readonly curves: {
    readonly running: readonly Spread[]
    readonly loss: readonly Spread[]
    readonly accuracy: readonly Spread[]
  } | null
  readonly test: { readonly loss: Spread; readonly accuracy: Spread } | null
}

/**
 * Summarizes one optimizer over seeds, rate by rate.
 * @param seeds the runs of each seed, all at the same rates
 * @param guess the accuracy of a random guess, 1 / classes
 */
export function rateSummaries(seeds: readonly (readonly RateRun[])[], guess: number): RateSummary[] {
  return seeds[0]!.map(({ rate }, index) => {
    const runs = seeds.map((each) => each[index]!)
    const whole = runs.filter(({ test }) => test !== null)
    const isWhole = whole.length === runs.length
    const last = ({ history, test }: RateRun) => (test === null ? guess : history.accuracy.at(-1)!)
    return {
      rate,
      overflowed: runs.length - whole.length,
      accuracy: spread(runs.map(last)),
      loss: isWhole ? spread(runs.map(({ history }) => history.loss.at(-1)!)) : null,
      curves: isWhole ? (spread(runs.map(({ history }) => history)) as RateSummary['curves']) : null,
      test: isWhole
        ? {
            loss: spread(runs.map(({ test }) => test!.loss)),
            accuracy: spread(runs.map(({ test }) => test!.accuracy)),
          }
        : null,
    }
  })
}

/** Gives the rate with the best mean accuracy on held-out images; of equal rates, the smallest. */
export function bestRate(summaries: readonly RateSummary[]): RateSummary {
  const [best] = summaries.toSorted((a, b) => b.accuracy.mean - a.accuracy.mean || a.rate - b.rate)
  if (best) return best
  throw new Error('Cannot choose a learning rate, expected at least one, found none')
}

/**
 * Gives the factor by which the rate can change around the best one while the mean accuracy stays within `margin` of
 * the best: the largest rate of that range over its smallest, or 1 if only the best rate is in it.
 */
export function tolerance(summaries: readonly RateSummary[], margin: number): number {
  const sorted = summaries.toSorted((a, b) => a.rate - b.rate)
  const best = bestRate(sorted)
  const isNear = ({ accuracy }: RateSummary) => accuracy.mean >= best.accuracy.mean - margin
  const at = sorted.indexOf(best)
  const above = sorted.slice(at).findIndex((each) => !isNear(each))
  const below = sorted.slice(0, at + 1).findLastIndex((each) => !isNear(each))
  const high = above < 0 ? sorted.at(-1)! : sorted[at + above - 1]!
  return high.rate / sorted[below + 1]!.rate
}
