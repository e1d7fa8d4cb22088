import { rename, rm, writeFile } from 'node:fs/promises'
import type { EpochLogs } from './history.ts'

/** What a callback may do with the model that is being trained. */
export interface Training {
  /** Gives all weights as they are now, as bytes in the format of safetensors. */
  save(): Promise<Uint8Array>
  /** Sets all weights from such bytes. */
  load(bytes: Uint8Array): Promise<void>
}

/** Looks on while a model is trained. Make a new one for each training: it may remember. */
export interface Callback {
  /** After each epoch; 'stop' ends the training. */
  onEpochEnd?(logs: EpochLogs, training: Training): Promise<'stop' | undefined> | 'stop' | undefined
  /** After the last one, also where a callback has stopped it. */
  onTrainEnd?(training: Training): Promise<void> | void
}

/** A number of an epoch that should become small, or great where its name says accuracy. */
export type Monitor = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy'

export interface EarlyStoppingOptions {
  readonly monitor?: Monitor
  /** Epochs without a better value after which training stops. */
  readonly patience?: number
  /** By how much a value must be better than the best one to count. */
  readonly minDelta?: number
  /** Whether the weights of the best epoch come back in the end. */
  readonly restoreBest?: boolean
}

/** Stops a training that no longer gets better, and brings back the weights of its best epoch. */
export function earlyStopping({
  monitor = 'validationLoss',
  patience = 2,
  minDelta = 0,
  restoreBest = true,
}: EarlyStoppingOptions = {}): Callback {
  const best = tracker(monitor, minDelta)
  let waited = 0
  let kept: Uint8Array | undefined
  return {
    async onEpochEnd(logs, training) {
      if (!best(logs)) return ++waited >= patience ? 'stop' : undefined
      waited = 0
      if (restoreBest) kept = await training.save()
      return undefined
    },
    async onTrainEnd(training) {
      if (kept) await training.load(kept)
    },
  }
}

/**
 * Writes the weights to `path` after each epoch that is the best one so far: to a temporary name, then renamed, so
 * that the file is always whole. `loadWeights` reads it.
 */
export function checkpoint({
  path,
  monitor = 'validationLoss',
}: {
  readonly path: string
  readonly monitor?: Monitor
}): Callback {
  const best = tracker(monitor, 0)
  return {
    async onEpochEnd(logs, training) {
      if (!best(logs)) return undefined
      const temporary = `${path}.${process.pid}.part`
      try {
        await writeFile(temporary, await training.save())
        await rename(temporary, path)
      } catch (cause) {
        await rm(temporary, { force: true })
        throw new Error(`Cannot write the checkpoint \`${path}\`, ${(cause as Error).message}`, { cause })
      }
      return undefined
    },
  }
}

/** Gives a function that says whether an epoch is better than all before. */
function tracker(monitor: Monitor, minDelta: number): (logs: EpochLogs) => boolean {
  const sign = /accuracy$/i.test(monitor) ? -1 : 1
  let best = Number.POSITIVE_INFINITY
  return (logs) => {
    const found = logs[monitor]
    if (found === undefined) {
      throw new Error(`Cannot follow \`${monitor}\`, expected \`validation\` samples for fit, found none`)
    }
    if (!(sign * found < best - minDelta)) return false
    best = sign * found
    return true
  }
}
