import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResultStore } from '../../cache/result-store.ts'
import { messageOf } from '../../model/optional-packages.ts'
import type { Digest, StoredResult } from '../../model/types.ts'
import type { Listener, RunEvent } from '../events.ts'
import { type AskedJob, computeJob } from '../job-runner.ts'
import { JobFailed } from '../task-process.ts'
import { openWorkers } from '../workers.ts'
import type { JobEvent } from './job-events.ts'
import { type JobFolder, openJobFiles, removeJobFile, UnusableJob } from './job-files.ts'

/** What has become of a job. */
export type JobEnd =
  | { readonly key: Digest; readonly state: 'ran' | 'stored'; readonly stored: StoredResult }
  | { readonly key: Digest; readonly state: 'failed' | 'unusable'; readonly message: string }
  | { readonly key: Digest; readonly state: 'unknown' }

export interface JobFilesOptions extends JobFolder {
  /** Working folder of the jobs: the report's. */
  readonly reportFolder: string
  readonly store: ResultStore
  /** The store is apart from that of the report, where the jobs are still missing. */
  readonly isFresh?: boolean
  readonly env: NodeJS.ProcessEnv
  /** How many run at once. */
  readonly jobs: number
  /** Threads of each. */
  readonly threads: number
  readonly listener: Listener
  /** Told of all that whoever waits for the jobs must know. */
  readonly tell: (...events: readonly JobEvent[]) => void
  /** Called as each job ends. */
  onEnd(end: JobEnd): void
  readonly signal: AbortSignal
  /** How often it gives a sign of life. */
  readonly aliveMs?: number
}

/** Runs jobs that were laid in a folder, in their order, and stores their results one by one. Gives how each ended. */
export async function runJobFiles(
  keys: readonly Digest[],
  options: JobFilesOptions,
): Promise<readonly JobEnd[]> {
  const { jobs: size, tell, signal, root, reportFolder: folder, env, threads, aliveMs = 3_000 } = options
  // The project's folder may be far away, or have another place on another machine: links to packages are this one's own.
  const runFolder = mkdtempSync(join(tmpdir(), 'weft-job-'))
  tell({ type: 'begun', host: env.SLURMD_NODENAME ?? hostname(), pid: process.pid })
  const alive = setInterval(() => tell({ type: 'alive' }), aliveMs)
  const workers = openWorkers({ root, folder }, { runFolder, env, threads, jobs: size })
  try {
    const read = openJobFiles(options)
    const ends: JobEnd[] = []
    const waiting = [...keys]
    const runAll = async () => {
      for (let key = waiting.shift(); key !== undefined && !signal.aborted; key = waiting.shift()) {
        const end = await runOne(key, read, { ...options, executor: workers.jobs })
        options.onEnd(end)
        ends.push(end)
      }
    }
    await Promise.all(Array.from({ length: size }, runAll))
    signal.throwIfAborted()
    tell({ type: 'ended' })
    return ends
  } finally {
    clearInterval(alive)
    await workers.close()
    rmSync(runFolder, { recursive: true, force: true, maxRetries: 3 })
  }
}

const unknown = { kind: 'error', message: 'is not among the listed jobs of this report' } as const

type Running = JobFilesOptions & Pick<Parameters<typeof computeJob>[1], 'executor'>

async function runOne(key: Digest, read: ReturnType<typeof openJobFiles>, options: Running): Promise<JobEnd> {
  const { store, tell } = options
  const kept = store.read(key)
  if (kept) {
    tell({ type: 'done', key })
    return { key, state: 'stored', stored: kept }
  }
  try {
    const asked = read(key)
    if (!asked) {
      const now = store.read(key)
      if (!now) tell({ type: 'failed', key, failure: unknown })
      return now ? { key, state: 'stored', stored: now } : { key, state: 'unknown' }
    }
    const stored = await compute(asked, options)
    tell({ type: 'done', key })
    if (!options.isFresh) removeJobFile(options, key)
    return { key, state: 'ran', stored }
  } catch (error) {
    options.signal.throwIfAborted()
    const isOfJob = error instanceof JobFailed
    // Another one cannot be stored here, which ends all: this one may run elsewhere.
    if (isOfJob && error.failure.kind === 'aborted') throw error
    const failure = isOfJob ? error.failure : ({ kind: 'error', message: messageOf(error) } as const)
    tell({ type: 'failed', key, failure })
    if (!isOfJob && !(error instanceof UnusableJob)) throw error
    return { key, state: isOfJob ? 'failed' : 'unusable', message: failure.message }
  }
}

function compute(asked: AskedJob, { executor, store, signal, jobs, listener, tell }: Running) {
  const often = throttle()
  const both: Listener = (event) => {
    listener(event)
    const told = eventOf(event, asked.key)
    if (told && (told.type !== 'progress' || often())) tell(told)
  }
  return computeJob(asked, { executor, store, signal, size: jobs, listener: both })
}

function eventOf(event: RunEvent, key: Digest): JobEvent | undefined {
  if (event.type === 'job-started') return { type: 'started', key }
  if (event.type === 'engine-opened') return { type: 'engine', engine: event.engine }
  if (event.type === 'job-progressed') return { type: 'progress', key, step: event.step }
  if (event.type === 'logged') return { type: 'log', key, text: event.text }
  return undefined
}

// A job of a thousand short epochs must not fill the folder.
const leastMs = 250

function throttle(): () => boolean {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const isDue = performance.now() - last >= leastMs
    if (isDue) last = performance.now()
    return isDue
  }
}
