import { rename, rm, writeFile } from 'node:fs/promises'
import type { EpochLogs } from './history.ts'

/** The operations on the model in training that a callback may use. */
export interface Training {
  /** Gives the current weights, as bytes in the safetensors format. */
  save(): Promise<Uint8Array>
  /** Sets all weights from bytes in that format. */
  load(bytes: Uint8Array): Promise<void>
}

/** Observes a training. Create a new callback for each training, because it may keep state. */
export interface Callback {
  /** Runs after each epoch; 'stop' ends the training. */
  onEpochEnd?(logs: EpochLogs, training: Training): Promise<'stop' | undefined> | 'stop' | undefined
  /** Runs after the last epoch, also if a callback stopped the training. */
  onTrainEnd?(training: Training): Promise<void> | void
}

/** A number of an epoch to monitor. An accuracy is better if larger, a loss if smaller. */
export type Monitor = 'loss' | 'accuracy' | 'validationLoss' | 'validationAccuracy'

export interface EarlyStoppingOptions {
  readonly monitor?: Monitor
  /** Number of epochs without improvement after which training stops. */
  readonly patience?: number
  /** Smallest improvement on the best value that counts. */
  readonly minDelta?: number
  /** Whether to restore the weights of the best epoch at the end. */
  readonly restoreBest?: boolean
}

/** Stops a training that no longer improves, and restores the weights of its best epoch. */
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
 * Writes the weights to `path` after each epoch that is the best so far. It writes to a temporary name and then renames
 * the file, so that the file is always complete. `loadWeights` reads it.
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

/** Gives a function that returns whether an epoch is better than all before it. */
function tracker(monitor: Monitor, minDelta: number): (logs: EpochLogs) => boolean {
  // An accuracy is turned around, so that smaller is better for every monitor.
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
