import type { Callback, Training } from './callbacks.ts'
import type { EpochLogs, Score } from './history.ts'
import type { LossName } from './loss.ts'
import type { Feeding } from './samples.ts'

/** What both ways of training are given. */
export interface Settings {
  readonly train: Feeding
  readonly validation: Feeding | undefined
  readonly scored: ReadonlyMap<string, Feeding>
  readonly batchSize: number
  readonly epochs: number
  readonly loss: LossName | undefined
  readonly seed: number
  readonly callbacks: readonly Callback[]
  readonly signal: AbortSignal | undefined
}

/** A model in training, whoever trains it. */
export interface Trained extends Training {
  /** Scores samples as the model predicts now. */
  score(samples: Feeding): Promise<Score>
  /** Sums the regularizers now. */
  penalty(): Promise<number>
}

/** What an epoch tells of itself. */
type Running = Pick<EpochLogs, 'epoch' | 'loss' | 'accuracy' | 'seconds'>

/** Scores a model after an epoch, keeps what it found in `logs`, and asks the callbacks whether to go on. */
export async function followEpoch(
  running: Running,
  trained: Trained,
  { validation, scored, epochs, callbacks }: Settings,
  logs: EpochLogs[],
): Promise<'stop' | undefined> {
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
  let answer: 'stop' | undefined
  for (const each of callbacks) if ((await each.onEpochEnd?.(epoch, trained)) === 'stop') answer = 'stop'
  return answer
}
