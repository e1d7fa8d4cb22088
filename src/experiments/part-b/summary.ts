import type { Spread } from '../experiment.ts'
import { spread } from '../experiment.ts'
import type { ConfidenceBin } from './calibration.ts'
import type { WeightFacts } from './weight-facts.ts'

/** Mean loss in nats and accuracy of the kept weights on a set of images. */
interface Score {
  readonly count: number
  readonly loss: number
  readonly accuracy: number
}

/** One value per epoch. */
interface Curve {
  readonly loss: readonly number[]
  readonly accuracy: readonly number[]
}

/** The result of one training of `network`. */
export interface NetworkRun {
  readonly parameters: number
  /** Images per epoch. */
  readonly images: number
  readonly epochs: number
  readonly best: number
  readonly scores: Readonly<Record<'train' | 'validation' | 'test', Score>>
  readonly history: Readonly<Record<'train' | 'validation', Curve>>
  readonly running: Curve
  readonly penalty: readonly number[]
  readonly weights: WeightFacts
  /** Score on a second test set; null if none was named. */
  readonly elsewhere: Score | null
  readonly confusion: readonly (readonly number[])[]
  readonly recall: readonly number[]
  readonly calibration: { readonly bins: readonly (ConfidenceBin | null)[]; readonly error: number }
}

/** A score over several seeds. */
interface ScoreSpread {
  readonly loss: Spread
  readonly accuracy: Spread
}

/** A curve over several seeds. */
type CurveSpread = {
  readonly loss: readonly Spread[]
  readonly accuracy: readonly Spread[]
}

/** Summary of several seeds of one network. */
export interface NetworkSummary {
  readonly parameters: number
  readonly images: number
  /** Number of epochs that ran, and the epoch whose weights were kept. */
  readonly epochs: Spread
  readonly best: Spread
  readonly scores: Readonly<Record<'train' | 'validation' | 'test', ScoreSpread>>
  /**
   * Accuracy of the kept weights on the training images minus that on the validation and test images together, in
   * percentage points.
   */
  readonly gap: Spread
  /** Up to the last epoch that every seed reached. */
  readonly history: Readonly<Record<'train' | 'validation' | 'running', CurveSpread>>
  /** Amount that the regularizers add to the loss with the kept weights. */
  readonly penalty: Spread
  readonly weights: Readonly<Record<keyof WeightFacts, Spread>>
  /** Accuracy on a second test set and its number of images; null if none was named. */
  readonly elsewhere: { readonly accuracy: Spread; readonly count: number } | null
  /** Mean counts, one row for each true class. */
  readonly confusion: readonly (readonly number[])[]
  /** Share of the test images of each class that is recognized. */
  readonly recall: readonly Spread[]
  /** Bins of all seeds pooled. */
  readonly bins: readonly ConfidenceBin[]
  readonly calibrationError: Spread
}

/** Summarizes the seeds of one network. */
export function summary(runs: readonly NetworkRun[]): NetworkSummary {
  const shortest = Math.min(...runs.map(({ epochs }) => epochs))
  const of = (value: (run: NetworkRun) => number) => spread(runs.map(value))
  const score = (split: 'train' | 'validation' | 'test') => ({
    loss: of(({ scores }) => scores[split].loss),
    accuracy: of(({ scores }) => scores[split].accuracy),
  })
  const curve = (pick: (run: NetworkRun) => Curve) => ({
    loss: byEpoch(runs.map((run) => pick(run).loss.slice(0, shortest))),
    accuracy: byEpoch(runs.map((run) => pick(run).accuracy.slice(0, shortest))),
  })
  return {
    parameters: runs[0]!.parameters,
    images: runs[0]!.images,
    epochs: of(({ epochs }) => epochs),
    best: of(({ best }) => best),
    scores: { train: score('train'), validation: score('validation'), test: score('test') },
    gap: of(({ scores }) => gapOf(scores)),
    history: {
      train: curve(({ history }) => history.train),
      validation: curve(({ history }) => history.validation),
      running: curve(({ running }) => running),
    },
    penalty: of(({ penalty, best }) => penalty[best - 1]!),
    weights: {
      count: of(({ weights }) => weights.count),
      small: of(({ weights }) => weights.small),
      meanAbsolute: of(({ weights }) => weights.meanAbsolute),
      rootMeanSquare: of(({ weights }) => weights.rootMeanSquare),
    },
    elsewhere: runs[0]!.elsewhere && {
      accuracy: of(({ elsewhere }) => elsewhere!.accuracy),
      count: runs[0]!.elsewhere.count,
    },
    confusion: runs[0]!.confusion.map((row, truth) =>
      row.map((_, taken) => runs.reduce((sum, run) => sum + run.confusion[truth]![taken]!, 0) / runs.length),
    ),
    recall: runs[0]!.recall.map((_, truth) => of(({ recall }) => recall[truth]!)),
    bins: pooled(runs.map(({ calibration }) => calibration.bins)),
    calibrationError: of(({ calibration }) => calibration.error),
  }
}

/** Gives the accuracy on the training images minus that on all other images, in percentage points. */
export function gapOf({ train, validation, test }: NetworkRun['scores']): number {
  const unseen =
    (validation.accuracy * validation.count + test.accuracy * test.count) / (validation.count + test.count)
  return 100 * (train.accuracy - unseen)
}

/** Combines the curves of several runs, which have one length, epoch by epoch. */
function byEpoch(runs: readonly (readonly number[])[]): Spread[] {
  return runs[0]!.map((_, epoch) => spread(runs.map((run) => run[epoch]!)))
}

/** Pools the bins of several runs, each weighted by its count. */
function pooled(runs: readonly (readonly (ConfidenceBin | null)[])[]): ConfidenceBin[] {
  return runs[0]!.flatMap((_, index) => {
    const bins = runs.flatMap((run) => run[index] ?? [])
    const count = bins.reduce((sum, bin) => sum + bin.count, 0)
    const mean = (of: 'confidence' | 'accuracy') =>
      bins.reduce((sum, bin) => sum + bin.count * bin[of], 0) / count
    return count === 0 ? [] : [{ count, confidence: mean('confidence'), accuracy: mean('accuracy') }]
  })
}
