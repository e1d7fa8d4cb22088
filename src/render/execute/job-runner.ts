import { bundleJob } from '../bundle/bundle-job.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import { provenanceOf, tooLarge } from '../cache/provenance.ts'
import type { ResultStore } from '../cache/result-store.ts'
import { storeOnce, toStoredResult } from '../cache/result-store.ts'
import type {
  Bundle,
  Digest,
  Executor,
  Failure,
  Host,
  JobRequest,
  JobResult,
  Json,
  StoredResult,
} from '../model/types.ts'
import type { Listener } from './events.ts'
import { JobFailed } from './task-process.ts'

/** A job with its result. */
export interface DoneJob {
  readonly key: Digest
  readonly result: JobResult
}

export interface JobRunner {
  /** Gives a job's result: a stored one, that of a job under way, or that of a job run now. Rejects with `JobFailed`. */
  run(request: JobRequest): Promise<DoneJob>
  /** Gives the bundle of a job, made once. */
  bundle(request: JobRequest): Promise<Bundle>
}

interface JobRunnerOptions {
  readonly root: string
  readonly store: ResultStore
  /** It has slots of its own, which a waiting cell cannot occupy. */
  readonly executor: Executor
  readonly signal?: AbortSignal
  /** How many jobs may run at once. */
  readonly size: number
  readonly listener: Listener
}

/** Runs each job once, stores its result as it ends, and gives it to every cell that asks. */
export function openJobs(options: JobRunnerOptions): JobRunner {
  const bundles = new Map<string, Promise<Bundle>>()
  const underWay = new Map<Digest, Promise<DoneJob>>()
  const first = new Map<string, Json>()
  const labelOf = (request: JobRequest) => {
    const address = `${request.module}#${request.name}`
    if (!first.has(address)) first.set(address, request.params)
    return jobLabel(request, first.get(address))
  }
  const bundleOf = ({ module, name }: JobRequest) => {
    const address = `${module}#${name}`
    if (!bundles.has(address)) bundles.set(address, bundleJob(options.root, { module, name }))
    return bundles.get(address)!
  }
  return {
    bundle: bundleOf,
    async run(request) {
      const bundle = await bundleOf(request)
      const parts = partsOf(bundle, { job: request })
      const key = keyOf(parts)
      if (!underWay.has(key))
        underWay.set(key, obtain({ request, label: labelOf(request), bundle, parts, key }, options))
      return underWay.get(key)!
    },
  }
}

/** Names a job for people: `binary seed 3`, and in what it differs from `first`: `binary seed 3, batchSize 16`. */
export function jobLabel({ name, seed, params }: JobRequest, first: Json = params): string {
  const before = Object(first) as Record<string, Json>
  const differing = Object.entries(Object(params) as Record<string, Json>)
    .map(([key, value]) => [key, JSON.stringify(value), JSON.stringify(before[key])] as const)
    .filter(([, value, other]) => value !== other && value.length <= longestParam)
    .map(([key, value]) => `${key} ${value.replaceAll('"', '')}`)
    .slice(0, mostParams)
  return [`${name} seed ${seed}`, ...differing].join(', ')
}

// A longer one does not fit beside the progress on a line.
const longestParam = 20
const mostParams = 4

/** A job with its code and its key. */
export interface AskedJob {
  readonly request: JobRequest
  readonly label: string
  readonly bundle: Bundle
  readonly parts: StoredResult['parts']
  readonly key: Digest
}

async function obtain(asked: AskedJob, options: JobRunnerOptions): Promise<DoneJob> {
  const { request, label, key } = asked
  const kept = options.store.read(key)
  if (kept) options.listener({ type: 'job-finished', job: kept, how: 'reused', label })
  return doneJob(request, kept ?? (await computeJob(asked, options)))
}

/** Gives the result of a job as the cell gets it that asked for it. */
export function doneJob({ params }: JobRequest, { key, exports, measured }: StoredResult): DoneJob {
  return { key, result: { params, result: exports.result!, measured } }
}

/** Runs a job and stores its result; gives the stored one. Rejects with `JobFailed`. */
export async function computeJob(
  { request, label, bundle, parts, key }: AskedJob,
  options: Omit<JobRunnerOptions, 'root' | 'store'> & { readonly store: Pick<ResultStore, 'read' | 'write'> },
): Promise<StoredResult> {
  const { listener } = options
  const host: Host = {
    started: () => listener({ type: 'job-started', label, key }),
    openedEngine: (engine) => listener({ type: 'engine-opened', engine, jobs: options.size }),
    job: () =>
      Promise.reject(
        new Error('Cannot run a job inside a job, expected experiments to call plain functions'),
      ),
    progress: (step) => listener({ type: 'job-progressed', step, key }),
    log: (from, text) => listener({ type: 'logged', label: from, text }),
  }
  const task = {
    kind: 'job',
    label,
    key,
    code: bundle.code,
    map: bundle.map,
    packages: bundle.packages,
    input: { params: JSON.stringify(request.params), seed: JSON.stringify(request.seed) },
    job: { request, parts },
  } as const
  const outcome = await options.executor.run(task, host, options.signal)
  listener({ type: 'job-ended', key })
  if (!outcome.ok) throw failedJob(label, outcome.failure)
  const excess = tooLarge(outcome)
  if (excess) throw failedJob(label, excess)
  const { shown, exports, measured } = outcome
  const provenance = () => provenanceOf(outcome, { label: jobLabel(request), job: request })
  const computed =
    outcome.stored ?? toStoredResult({ key, parts, shown, exports, measured, provenance: provenance() })
  const stored = storeOnce(options.store, computed)
  listener({ type: 'job-finished', job: stored, how: 'ran', label })
  return stored
}

function failedJob(label: string, failure: Failure): JobFailed {
  return new JobFailed({ ...failure, message: `job ${label}: ${failure.message}` })
}
