import { setTimeout as pause } from 'node:timers/promises'
import { fileOf, readStored } from '../../cache/result-store.ts'
import type { Digest, Executor, Host, Outcome, StoredResult, Task } from '../../model/types.ts'
import type { JobEvent } from '../jobs/job-events.ts'
import { type JobTask, writeJobFile } from '../jobs/job-files.ts'
import { openStops } from '../stops.ts'
import { aborted, failed } from '../task-process.ts'
import { Batches, type BatchesOptions } from './batch-watch.ts'
import type { Ended } from './ended.ts'
import { type Chosen, FirstJobs } from './first-jobs.ts'
import { jobsAtOnce } from './submit-batch.ts'

export interface SlurmOptions extends BatchesOptions {
  /** How long jobs that are asked for one after the other wait for each other, to be submitted together. */
  readonly gatherMs?: number
  readonly pollMs?: number
  /** How long a stored result may be missing, on a folder that several machines share. */
  readonly lateMs?: number
  /** Lists the files that a result was made from, and that are others on this machine. */
  readonly otherFiles?: (stored: StoredResult) => readonly string[]
}

interface Asked {
  readonly task: JobTask
  readonly host: Host
  resolve(outcome: Outcome): void
  isStarted: boolean
  /** How often a task has run this job, and left no result. */
  attempts: number
  /** When it was said that its result is stored. */
  doneAt?: number
}

const mostAttempts = 3
const msPerFile = 4
const usualLateMs = 60_000
// To start a process and to load its code takes less, which is part of the time of its first job.
const warmMs = 2_000

/**
 * Runs jobs as arrays of a Slurm cluster that shares the folder of the project. Jobs that are asked for together are
 * submitted together, many to a task. Those that a task leaves without a result are submitted again. Jobs that an
 * earlier or another build has submitted are waited for. Closing it cancels what nobody else waits for.
 */
export function openSlurmExecutor(options: SlurmOptions): Executor {
  return new SlurmExecutor(options)
}

class SlurmExecutor implements Executor {
  readonly #options: SlurmOptions
  readonly #batches: Batches
  readonly #asked = new Map<Digest, Asked>()
  readonly #stops = openStops()
  readonly #first: FirstJobs
  readonly #waiting = new Set<Digest>()
  #submitting: Promise<void> | undefined
  #gathering: NodeJS.Timeout | undefined
  #polling: Promise<void> | undefined
  readonly #closing = new AbortController()

  constructor(options: SlurmOptions) {
    this.#options = options
    this.#first = new FirstJobs(options.times, jobsAtOnce(options.settings, options.threads))
    this.#batches = new Batches(options, {
      event: (event, key, node) => this.#hear(event, key, node),
      ended: (ended) => this.#taskEnded(ended),
      note: (text) => this.#note(text),
      wants: (key) => this.#asked.has(key),
    })
  }

  run(task: Task, host: Host, signal?: AbortSignal): Promise<Outcome> {
    if (signal?.aborted || this.#closing.signal.aborted) return Promise.resolve(aborted())
    if (!task.job)
      return Promise.resolve(failed('error', `cannot run ${task.label} on Slurm, expected a job`))
    const jobTask = { ...task, job: task.job }
    return new Promise((done) => {
      const forget = this.#stops.add(signal, () => this.#settle(task.key, aborted()))
      const resolve = (outcome: Outcome) => {
        forget()
        done(outcome)
      }
      this.#asked.set(task.key, { task: jobTask, host, resolve, isStarted: false, attempts: 0 })
      this.#wait([task.key])
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#gathering)
    this.#settleAll(aborted())
    // What is on its way to Slurm has to be cancelled, too.
    await this.#submitting
    this.#batches.close()
    await this.#polling
  }

  #wait(keys: readonly Digest[]): void {
    for (const key of keys) this.#waiting.add(key)
    clearTimeout(this.#gathering)
    if (this.#closing.signal.aborted) return
    this.#gathering = setTimeout(() => this.#submit(), this.#options.gatherMs ?? 250)
  }

  #submit(): void {
    // What comes meanwhile is submitted next.
    if (this.#submitting) {
      this.#wait([])
      return
    }
    const asked = [...this.#waiting].flatMap((key) => this.#asked.get(key) ?? [])
    this.#waiting.clear()
    if (asked.length === 0) return
    const chosen = this.#first.choose(
      asked.map(({ task }) => task),
      performance.now(),
    )
    if (chosen.jobs.length === 0) return
    this.#submitting = this.#submitJobs(chosen).finally(() => {
      this.#submitting = undefined
    })
  }

  async #submitJobs({ jobs, together }: Chosen): Promise<void> {
    try {
      for (const task of jobs) writeJobFile(this.#options.jobs, task)
      const left = await this.#batches.submit(jobs, together, this.#closing.signal)
      // Another build had them, and has ended since: they are stored, or nobody runs them.
      this.#wait(left.filter((key) => this.#asked.get(key)?.doneAt === undefined && !this.#take(key)))
    } catch (cause) {
      for (const { key } of jobs) this.#settle(key, failed('error', (cause as Error).message))
    }
    this.#polling ??= this.#poll().finally(() => {
      this.#polling = undefined
    })
  }

  async #poll(): Promise<void> {
    try {
      while (this.#asked.size > 0 && !this.#closing.signal.aborted) {
        const files = await this.#batches.poll()
        for (const [key, { doneAt }] of this.#asked) if (doneAt !== undefined) this.#collect(key)
        const due = this.#first.due(performance.now())
        if (due.length > 0) this.#wait(due)
        // To open hundreds of files takes a shared folder seconds.
        await pause(Math.max(this.#options.pollMs ?? 250, files * msPerFile))
      }
    } catch (cause) {
      this.#settleAll(failed('error', `cannot watch the jobs on Slurm, ${(cause as Error).message}`))
    }
  }

  #hear(event: JobEvent, key: Digest, node: string | undefined): void {
    const asked = this.#asked.get(key)
    if (!asked) return
    const { host, task } = asked
    if (event.type === 'started' && !asked.isStarted) {
      asked.isStarted = true
      this.#first.started(key, performance.now())
      host.started?.()
    } else if (event.type === 'engine') host.openedEngine?.(event.engine)
    else if (event.type === 'progress') host.progress({ ...event.step, label: task.label })
    else if (event.type === 'log') host.log(task.label, event.text)
    else if (event.type === 'failed')
      this.#settle(key, { ok: false, failure: placed(event.failure, task.label, node), elapsedMs: 0 })
    else if (event.type === 'done') {
      asked.doneAt ??= performance.now()
      this.#collect(key)
    }
  }

  #collect(key: Digest): void {
    const { doneAt } = this.#asked.get(key)!
    const lateMs = this.#options.lateMs ?? usualLateMs
    if (this.#take(key) || performance.now() - doneAt! < lateMs) return
    const folder = this.#batches.resultsOf(key)
    const stored = this.#read(key)
    const isOfOthers = typeof stored !== 'string'
    const why = isOfOthers
      ? `gave a result that was made from other files than this machine has (${listed(this.#otherFiles(stored))}): let all nodes see the same files in WEFT_DATA and in the project`
      : `has stored a result that cannot be read in ${folder}`
    this.#countTry(key, why, isOfOthers)
    this.#again([key], why)
  }

  #read(key: Digest): StoredResult | string {
    return readStored(fileOf(this.#batches.resultsOf(key), key), key)
  }

  #otherFiles(stored: StoredResult): readonly string[] {
    return this.#options.otherFiles?.(stored) ?? []
  }

  // Gives a job its result, if it can be read. A node that lacks the data of this machine may take an older result for it.
  #take(key: Digest): boolean {
    const { task } = this.#asked.get(key)!
    const stored = this.#read(key)
    if (typeof stored === 'string' || this.#otherFiles(stored).length > 0) return false
    const { elapsedMs } = stored.provenance
    const isTelling = elapsedMs >= warmMs || !this.#batches.isCold(key)
    if (isTelling) this.#options.times.add(task.job.request, elapsedMs)
    this.#settle(key, outcomeOf(stored), isTelling)
    return true
  }

  #settle(key: Digest, outcome: Outcome, isTelling = false): void {
    const asked = this.#asked.get(key)
    this.#asked.delete(key)
    this.#first.ended(key, isTelling)
    asked?.resolve(outcome)
  }

  #settleAll(outcome: Outcome): void {
    for (const key of [...this.#asked.keys()]) this.#settle(key, outcome)
  }

  // A task may end after it has stored a result, and before it says so. The job that ran then may be what ended it.
  #taskEnded({ open, suspects, why, isHopeless, avoid }: Ended): void {
    const wanted = open.filter((key) => this.#asked.has(key) && this.#asked.get(key)!.doneAt === undefined)
    const left = wanted.filter((key) => !this.#take(key))
    for (const key of left) if (suspects.includes(key)) this.#countTry(key, why, isHopeless)
    this.#again(left, why, avoid === undefined ? '' : ', to other nodes if there are any')
  }

  #countTry(key: Digest, why: string, isHopeless = false): void {
    const asked = this.#asked.get(key)!
    asked.attempts += 1
    if (!isHopeless && asked.attempts < mostAttempts) return
    const often = isHopeless ? '' : `, ${asked.attempts} times`
    this.#settle(key, failed('crash', `its Slurm task ${why}${often}`))
  }

  #again(left: readonly Digest[], why: string, where = ''): void {
    const keys = left.filter((key) => this.#asked.has(key))
    if (keys.length === 0) return
    for (const key of keys) {
      delete this.#asked.get(key)!.doneAt
      this.#batches.forget(key)
    }
    const jobs = keys.length === 1 ? '1 job is' : `${keys.length} jobs are`
    this.#note(`a task ${why}: ${jobs} submitted again${where}`)
    this.#wait(keys)
  }

  // Any job that waits has the console at hand.
  #note(text: string): void {
    const [first] = this.#asked.values()
    first?.host.log('Slurm now', text)
  }
}

function listed(places: readonly string[]): string {
  const more = places.length > 3 ? ` and ${places.length - 3} more` : ''
  return `${places.slice(0, 3).join(', ')}${more}`
}

function outcomeOf(stored: StoredResult): Outcome {
  const { shown, exports, measured, provenance } = stored
  return { ok: true, shown, exports, measured, facts: {}, elapsedMs: provenance.elapsedMs, stored }
}

// The job runner of the build puts the label in front again. What is wrong may be the node, or what the task asks for.
function placed<Failed extends { readonly message: string }>(
  failure: Failed,
  label: string,
  node: string | undefined,
): Failed {
  const prefix = `job ${label}: `
  const { message } = failure
  const own = message.startsWith(prefix) ? message.slice(prefix.length) : message
  const advice = own.endsWith('killed by SIGKILL')
    ? ': if it lacked memory, give it more with `slurm: { memory: ... }`'
    : ''
  const place = node === undefined ? '' : ` (on ${node})`
  return { ...failure, message: own.replace(/(?=\n|$)/, `${place}${advice}`) }
}
