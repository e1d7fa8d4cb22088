import type { EpsilonMode } from '../graph/index.ts'
import type { Callback, Training } from './callbacks.ts'
import type { EpochLogs, Score } from './history.ts'
import type { LossName } from './loss.ts'
import type { Feeding } from './samples.ts'

/** The settings for both ways of training. */
export interface Settings {
  readonly train: Feeding
  readonly validation: Feeding | undefined
  readonly scored: ReadonlyMap<string, Feeding>
  readonly batchSize: number
  readonly epochs: number
  readonly loss: LossName | undefined
  readonly epsilonMode?: EpsilonMode | undefined
  readonly seed: number
  readonly callbacks: readonly Callback[]
  readonly signal: AbortSignal | undefined
}

/** A model in training, on the engine or in TensorFlow.js. */
export interface Trained extends Training {
  /** Scores samples with the current weights, as the model predicts. */
  score(samples: Feeding): Promise<Score>
  /** Sums the regularizers for the current weights. */
  penalty(): Promise<number>
}

/** The numbers that an epoch gives while it trains. */
type Running = Pick<EpochLogs, 'epoch' | 'loss' | 'accuracy' | 'seconds'>

/** Scores a model after an epoch, adds the results to `logs`, and lets the callbacks decide whether to stop. */
export async function followEpoch(
  running: Running,
  trained: Trained,
  { validation, scored, epochs, callbacks }: Settings,
  logs: EpochLogs[],
): Promise<'stop' | undefined> {
  // 1. Scores the model with the weights after the epoch.
  const held = validation && (await trained.score(validation))
  const others: [string, Score][] = []
  for (const [name, samples] of scored) others.push([name, await trained.score(samples)])
  const epoch: EpochLogs = {
    ...running,
    epochs,
    penalty: await trained.penalty(),
    ...(held ? { validationLoss: held.loss, validationAccuracy: held.accuracy } : {}),
    scored: Object.fromEntries(others),
  }
  logs.push(epoch)
  // 2. Asks all callbacks, even if the first one already wants to stop.
  let answer: 'stop' | undefined
  for (const each of callbacks) if ((await each.onEpochEnd?.(epoch, trained)) === 'stop') answer = 'stop'
  return answer
}
