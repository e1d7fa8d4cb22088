import { bundleJob } from '../bundle/bundle-job.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Listener } from '../execute/events.ts'
import { type AskedJob, computeJob, type DoneJob, doneJob, jobLabel } from '../execute/job-runner.ts'
import { JobFailed } from '../execute/task-process.ts'
import type { Bundle, Digest, Executor, Failure, JobRequest, Json } from '../model/types.ts'
import { type JobProgress, openJobProgress } from './job-progress.ts'
import type { JobTimes } from './job-times.ts'
import type { JobState } from './protocol.ts'

/** A cell that asks for jobs. */
export interface Asker {
  readonly label: string
  /** Of the cell. */
  readonly bundle: Bundle
  /** Fires when the cell is stopped. */
  readonly signal: AbortSignal
  /** Whether its jobs may take long. */
  readonly mayTakeLong: boolean
  /** The jobs that it has asked for. */
  readonly asked: Set<Digest>
  /** Called instead of an answer with the time of a job that takes too long. */
  lacks(lastMs: number): void
  /** Called when a job begins that it asked for. */
  began(): void
  /** Called when a job fails that it waits for. */
  failed(failure: Failure): void
  /** Called instead of an answer if the sources of the cell have changed since it began. */
  outdated(): void
}

interface WaveJobsOptions {
  readonly store: Pick<ResultStore, 'read' | 'write'>
  readonly executor: Executor
  readonly size: number
  readonly times: JobTimes
  /** Jobs that took longer the last time begin only if the cell may take long. */
  readonly cheapMs: number
  readonly listener: Listener
  /** Called with the cells whose jobs have progressed. */
  onProgress(labels: readonly string[]): void
}

interface UnderWay {
  /** The cells that want it. */
  readonly labels: Set<string>
  readonly stop: AbortController
  readonly progress: JobProgress
  readonly done: Promise<DoneJob>
}

/** The jobs of a preview. Each runs once, for all cells that ask for it, until none of them wants it any more. */
export class WaveJobs {
  readonly #options: WaveJobsOptions
  readonly #underWay = new Map<Digest, UnderWay>()
  #bundles = new Map<string, Promise<Bundle>>()
  /** Params that labels of jobs are compared with. */
  #first = new Map<string, Json>()
  #root = ''

  constructor(options: WaveJobsOptions) {
    this.#options = options
  }

  /** Sources may have changed: bundles are made anew. */
  renew(root: string): void {
    this.#root = root
    this.#bundles = new Map()
    this.#first = new Map()
  }

  /** How many run or wait. */
  get size(): number {
    return this.#underWay.size
  }

  /** Gives a job's result; never settles if the asker lacks the job. Rejects with `JobFailed`. */
  async run(request: JobRequest, asker: Asker): Promise<DoneJob> {
    const { store, times, cheapMs } = this.#options
    const bundle = await this.#bundleOf(request)
    if (asker.signal.aborted) return new Promise(() => {})
    if (!hasSameSources(asker.bundle, bundle)) {
      asker.outdated()
      return new Promise(() => {})
    }
    const parts = partsOf(bundle, { job: request })
    const key = keyOf(parts)
    asker.asked.add(key)
    const kept = store.read(key)
    if (kept) return doneJob(request, kept)
    const lastMs = asker.mayTakeLong || this.#underWay.has(key) ? undefined : times.last(request)
    if (lastMs !== undefined && lastMs >= cheapMs) {
      asker.lacks(lastMs)
      return new Promise(() => {})
    }
    const job =
      this.#underWay.get(key) ??
      this.#start({ request, label: this.#labelOf(request), bundle, parts, key }, asker)
    job.labels.add(asker.label)
    try {
      return await job.done
    } catch (error) {
      if (error instanceof JobFailed) asker.failed(error.failure)
      throw error
    }
  }

  /** A cell wants no jobs but these any more. */
  release(label: string, but: ReadonlySet<Digest>): void {
    for (const [key, { labels, stop }] of this.#underWay) {
      if (but.has(key) || !labels.delete(label) || labels.size > 0) continue
      this.#underWay.delete(key)
      stop.abort()
    }
  }

  /** Says how far jobs are that a cell has asked for. */
  stateOf(asked: ReadonlySet<Digest>): JobState | undefined {
    const own = [...asked].flatMap((key) => this.#underWay.get(key) ?? [])
    const last = own.reduce<JobProgress | undefined>(
      (latest, { progress }) => (progress.steppedAt > (latest?.steppedAt ?? 0) ? progress : latest),
      undefined,
    )
    const state = last?.state
    if (asked.size <= 1 || own.length === 0) return state
    const loss = state?.loss ? { loss: state.loss } : {}
    const secondsLeft = this.#secondsLeft(own)
    return {
      label: last?.label ?? own[0]!.progress.label,
      done: asked.size - own.length,
      total: asked.size,
      unit: 'jobs',
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      ...loss,
    }
  }

  // What runs tells how long it takes; what waits will take as long as the longest that runs, as many at a time.
  #secondsLeft(own: readonly UnderWay[]): number | undefined {
    const running = own.flatMap(({ progress }) => progress.state ?? [])
    if (running.length === 0) return undefined
    const left = Math.max(...running.map(({ secondsLeft = 0 }) => secondsLeft))
    const whole = Math.max(
      ...running.map(({ secondsLeft = 0, done, total }) =>
        total > done ? (secondsLeft * total) / (total - done) : 0,
      ),
    )
    return left + Math.ceil((own.length - running.length) / this.#options.size) * whole
  }

  #labelOf(request: JobRequest): string {
    const address = `${request.module}#${request.name}`
    const first = this.#first.get(address) ?? request.params
    this.#first.set(address, first)
    return jobLabel(request, first)
  }

  #bundleOf({ module, name }: JobRequest): Promise<Bundle> {
    const address = `${module}#${name}`
    const known = this.#bundles.get(address) ?? bundleJob(this.#root, { module, name })
    this.#bundles.set(address, known)
    return known
  }

  #start(asked: AskedJob, asker: Asker): UnderWay {
    const { key, request, label } = asked
    const stop = new AbortController()
    const labels = new Set<string>([asker.label])
    const progress = openJobProgress(label)
    const { times, listener, onProgress } = this.#options
    const done = computeJob(asked, {
      ...this.#options,
      signal: stop.signal,
      listener(event) {
        if (event.type === 'job-started') progress.start()
        if (event.type === 'job-progressed') {
          progress.step(event.step)
          onProgress([...labels])
        }
        listener(event)
      },
    })
      .then((stored) => {
        times.set(request, stored.provenance.elapsedMs)
        return doneJob(request, stored)
      })
      .finally(() => {
        if (this.#underWay.get(key)?.stop === stop) this.#underWay.delete(key)
        onProgress([...labels])
      })
    // A cell that was stopped does not wait for it any more.
    done.catch(() => {})
    const job = { labels, stop, progress, done }
    this.#underWay.set(key, job)
    asker.began()
    return job
  }
}

// Else a result could be stored that was computed by two versions of one module.
function hasSameSources(cell: Bundle, job: Bundle): boolean {
  return Object.entries(job.inputs).every(([file, digest]) => (cell.inputs[file] ?? digest) === digest)
}
