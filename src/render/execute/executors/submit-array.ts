import { setTimeout as pause } from 'node:timers/promises'
import type { Digest, SlurmSettings } from '../../model/types.ts'
import { type Batch, nameOf, writeBatch } from './batches.ts'
import { sbatchArguments } from './slurm-arguments.ts'
import type { SlurmCommands } from './slurm-commands.ts'

export interface ArrayOptions {
  readonly slurm: SlurmCommands
  readonly settings: SlurmSettings
  /** Absolute folder of the project. */
  readonly root: string
  /** Threads of each job. */
  readonly threads: number
  /** Nodes that must not run it, if there are others. */
  readonly without: readonly string[]
  /** Told why it has to wait. */
  note(text: string): void
  readonly signal: AbortSignal
  /** How long it waits for a busy controller. */
  readonly retryMs?: number
}

/** A batch that Slurm has taken. */
export type TakenBatch = Batch & Required<Pick<Batch, 'arrayId'>>

const mostTries = 3

/**
 * Submits a batch as one array, and gives it as Slurm took it: with fewer tasks if it allows no more. A controller that
 * is busy is asked again.
 *
 * @throws if Slurm refuses, or if it was stopped
 */
export async function submitArray(batch: Batch, options: ArrayOptions): Promise<TakenBatch> {
  const { slurm, note, signal, retryMs = 5_000 } = options
  let { tasks } = batch
  let { without } = options
  for (let tries = 1; ; ) {
    signal.throwIfAborted()
    const current = { ...batch, tasks }
    writeBatch(current)
    try {
      return { ...current, arrayId: await slurm.submit(argumentsOf(current, { ...options, without })) }
    } catch (cause) {
      const { message } = cause as Error
      const arrayId = isBusy(message) ? await slurm.find(nameOf(batch)) : undefined
      if (arrayId !== undefined) return { ...current, arrayId }
      if (isBusy(message)) {
        if (++tries > mostTries) throw cause
        note(`does not answer \`sbatch\`, which runs again in ${retryMs / 1000} s: ${lastLine(message)}`)
        await pause(retryMs, undefined, { signal })
      } else if (isTooMany(message) && tasks.length > 1) tasks = inHalf(tasks)
      // A small partition may have no other nodes.
      else if (without.length > 0) without = []
      else throw cause
    }
  }
}

function argumentsOf(batch: Batch, { settings, root, threads, without }: ArrayOptions): string[] {
  return sbatchArguments(batch, settings, { root, threads, without })
}

// Its controller may have taken the array all the same.
function isBusy(message: string): boolean {
  return /timed out|no answer within|unable to contact|temporarily un|try again/i.test(message)
}

// MaxArraySize, or the most jobs of a user.
function isTooMany(message: string): boolean {
  return /invalid job array|job submit limit|QOSMaxSubmit|AssocMaxSubmit|AssocGrpSubmit/i.test(message)
}

// Those with the most work share one with those that have the least.
function inHalf(tasks: Batch['tasks']): readonly (readonly Digest[])[] {
  const half = Math.ceil(tasks.length / 2)
  return tasks.slice(0, half).map((keys, index) => {
    const other = tasks.length - 1 - index
    return other >= half ? [...keys, ...tasks[other]!] : keys
  })
}

function lastLine(message: string): string {
  return message
    .trim()
    .split('\n')
    .at(-1)!
    .replace(/^Cannot submit jobs to Slurm: /, '')
    .trim()
}
