import type { SeedResult, Spread } from '../experiment.ts'
import { spread } from '../experiment.ts'

/** The data of one run of a sweep, for any network. */
interface SweepRun {
  readonly seed: number
  /** Accuracy after each epoch, on images not used for training, in [0, 1]. */
  readonly accuracy: readonly number[]
  /** Accuracy of the final network on the test images, in [0, 1]. */
  readonly test: number
  readonly steps: number
  /** Seconds that each epoch took. */
  readonly seconds: readonly number[]
  /** Training images per epoch. */
  readonly images: number
}

interface SweepSummary {
  /** Accuracy after each epoch. */
  readonly accuracy: readonly Spread[]
  /** Seconds from the start to the end of each epoch. */
  readonly elapsed: readonly Spread[]
  readonly final: Spread
  readonly test: Spread
  /** Accuracy at the best epoch of each seed. */
  readonly best: Spread
  /** The same of each seed, for `compareSeeds`. */
  readonly bySeed: readonly SeedResult<{ readonly final: number; readonly best: number }>[]
  readonly steps: number
  readonly seconds: Spread
  readonly imagesPerSecond: Spread
  /** Epochs and seconds until the goal is reached; null unless every seed reached it. */
  readonly goal: { readonly epochs: Spread; readonly seconds: Spread } | null
}

/** Summarizes the seeds of one configuration: accuracy by epoch and by time, and when `goal` is reached. */
export function sweepSummary(runs: readonly SweepRun[], goal: number): SweepSummary {
  const elapsed = runs.map(({ seconds }) => cumulative(seconds))
  const reached = runs.map(({ accuracy }) => epochsTo(accuracy, goal))
  const hasAll = reached.every((epochs) => epochs !== null)
  return {
    accuracy: byEpoch(runs.map(({ accuracy }) => accuracy)),
    elapsed: byEpoch(elapsed),
    final: spread(runs.map(({ accuracy }) => accuracy.at(-1)!)),
    test: spread(runs.map(({ test }) => test)),
    best: spread(runs.map(({ accuracy }) => Math.max(...accuracy))),
    bySeed: runs.map(({ seed, accuracy }) => ({
      seed,
      result: { final: accuracy.at(-1)!, best: Math.max(...accuracy) },
    })),
    steps: runs[0]!.steps,
    seconds: spread(elapsed.map((all) => all.at(-1)!)),
    imagesPerSecond: spread(
      runs.map(
        ({ images, seconds }) => (images * seconds.length) / seconds.reduce((sum, each) => sum + each, 0),
      ),
    ),
    goal: hasAll
      ? {
          epochs: spread(reached),
          seconds: spread(reached.map((epochs, index) => elapsed[index]![epochs - 1]!)),
        }
      : null,
  }
}

/** Gives the first epoch, from 1, after which the accuracy is at least `goal`; null if there is none. */
export function epochsTo(accuracy: readonly number[], goal: number): number | null {
  const index = accuracy.findIndex((each) => each >= goal)
  return index < 0 ? null : index + 1
}

/** Gives the sums of the first one, two, three ... numbers. */
function cumulative(seconds: readonly number[]): number[] {
  let sum = 0
  return seconds.map((each) => {
    sum += each
    return sum
  })
}

/** Averages over the runs, epoch by epoch. */
function byEpoch(runs: readonly (readonly number[])[]): Spread[] {
  return runs[0]!.map((_, epoch) => spread(runs.map((run) => run[epoch]!)))
}
