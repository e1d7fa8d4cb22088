import { bundleJob } from '../../bundle/bundle-job.ts'
import { keyOf, partsOf } from '../../cache/key.ts'
import type { ResultStore } from '../../cache/result-store.ts'
import { jobLabel } from '../../execute/job-runner.ts'
import { firstDifference, type JsonDifference } from '../../model/first-difference.ts'
import type { Bundle, JobRequest, JobResult, Json } from '../../model/types.ts'
import { assertJson } from '../../output/to-json.ts'
import type { LiveExperiment } from './address-experiments.ts'
import type { ProgressLine } from './progress-line.ts'
import { withNear } from './with-near.ts'

/**
 * Where results are from: stored ones where there are, or all computed here, or computed here and compared with the
 * stored ones, whose measured times and sizes are then shown.
 */
export type ResultsFrom = 'stored' | 'computed' | 'compared'

interface JobsOptions {
  readonly root: string
  /** Results that builds have stored. */
  readonly store: Pick<ResultStore, 'read'>
  readonly results: ResultsFrom
  readonly progress: ProgressLine
  /** Gives the experiment of an address. */
  experimentAt(address: Pick<JobRequest, 'module' | 'name'>): LiveExperiment
  /** Opens the engine that runs graphs, at the first job that has to be computed. */
  readonly openEngine: () => Promise<unknown>
}

/**
 * Opens the jobs of a notebook: gives the result of a job, the stored one of its key or that of a job run now. Jobs run
 * in this process, one after the other.
 */
export function openNotebookJobs({
  root,
  store,
  results,
  progress,
  experimentAt,
  openEngine,
}: JobsOptions): (request: JobRequest) => Promise<JobResult> {
  const bundles = new Map<string, Promise<Bundle>>()
  let engine: Promise<unknown> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const keptOf = async (request: JobRequest) => {
    const { module, name } = request
    const address = `${module}#${name}`
    if (!bundles.has(address)) bundles.set(address, bundleJob(root, { module, name }))
    return store.read(keyOf(partsOf(await bundles.get(address)!, { job: request })))
  }
  const obtain = async (request: JobRequest): Promise<JobResult> => {
    const kept = results === 'computed' ? undefined : await keptOf(request)
    if (kept && results === 'stored') {
      progress.done('stored')
      return { params: request.params, result: kept.exports.result!, measured: kept.measured }
    }
    engine ??= openEngine()
    const done = await runHere(experimentAt(request), request, { engine: await engine, progress })
    if (!kept) {
      progress.done('computed')
      return done
    }
    const { result } = kept.exports
    const difference = firstDifference(result, withNear(result, done.result), 'result')
    progress.done(difference ? 'different' : 'equal', difference && wordsOf(difference, request))
    return { ...done, measured: kept.measured }
  }
  return ({ params, ...request }) => {
    progress.asked(request.name)
    const job = last.then(() => obtain({ ...request, params: plain(params, request.name) }))
    last = job.then(
      () => progress.settle(),
      () => progress.failed(),
    )
    return last.then(() => job)
  }
}

interface Running {
  readonly engine: unknown
  readonly progress: ProgressLine
}

async function runHere(
  experiment: LiveExperiment,
  { name, params, seed }: JobRequest,
  { engine, progress }: Running,
): Promise<JobResult> {
  const label = jobLabel({ module: '', name, params, seed })
  const measured: Record<string, Json> = {}
  progress.running(label)
  const result = await experiment.run(params, {
    seed,
    engine,
    signal: new AbortController().signal,
    progress: (step: { epoch: number; epochs: number; loss?: number }) => progress.step(label, step),
    measure(measure: string, value: Json) {
      measured[measure] = value
    },
  })
  return { params, result: plain(result as Json, `${name}.result`), measured }
}

// Through JSON as in a build, so that an absent member and an undefined one are the same.
function plain(value: Json, path: string): Json {
  assertJson(value, path)
  return JSON.parse(JSON.stringify(value)) as Json
}

function wordsOf({ path, before, now }: JsonDifference, request: JobRequest): string {
  const [stored, here] = [before, now].map((value) => JSON.stringify(value)?.slice(0, 60) ?? 'nothing')
  return `${jobLabel(request)} has ${path} ${here}, stored is ${stored}`
}
