import type { Spread } from '../experiment.ts'
import { spread } from '../experiment.ts'
import type { RatePoint } from './rate-range.ts'

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
    return {
      rate,
      overflowed: runs.length - whole.length,
      accuracy: spread(runs.map((run) => lastAccuracy(run, guess))),
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

/** Gives what each seed reaches at each rate after its last epoch; an overflowed run counts as a random guess. */
export function ratePoints(seeds: readonly (readonly RateRun[])[], guess: number): RatePoint[][] {
  return seeds.map((runs) => runs.map((run) => ({ rate: run.rate, accuracy: lastAccuracy(run, guess) })))
}

/** Gives the rate with the best mean accuracy on held-out images; of equal rates, the smallest. */
export function bestRate(summaries: readonly RateSummary[]): RateSummary {
  const [best] = summaries.toSorted((a, b) => b.accuracy.mean - a.accuracy.mean || a.rate - b.rate)
  if (best) return best
  throw new Error('Cannot choose a learning rate, expected at least one, found none')
}

/** Gives the accuracy on held-out images after the last epoch; that of a guess if the loss overflowed. */
function lastAccuracy({ history, test }: RateRun, guess: number): number {
  return test === null ? guess : history.accuracy.at(-1)!
}
