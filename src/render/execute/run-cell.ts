import { keyOf, type Parts, partsOf } from '../cache/key.ts'
import { provenanceOf, tooLarge } from '../cache/provenance.ts'
import { type ResultStore, toStoredResult } from '../cache/result-store.ts'
import type {
  Bundle,
  Cell,
  Digest,
  Executor,
  Host,
  JobRequest,
  Json,
  ReportTree,
  StoredResult,
  Task,
} from '../model/types.ts'
import type { CellResult } from './cell-result.ts'
import { explainFailure } from './explain-failure.ts'
import type { DoneJob } from './job-runner.ts'

/** A cell whose inputs are known. */
export interface PreparedCell {
  readonly cell: Cell
  readonly bundle: Bundle
  readonly parts: Parts
  readonly key: Digest
  readonly exports: Readonly<Record<string, Json>>
  readonly params: Readonly<Record<string, Json>>
}

/** @param exports Of earlier cells; all that the cell needs. */
export function prepareCell(
  cell: Cell,
  bundle: Bundle,
  exports: ReadonlyMap<string, Json>,
  { report }: ReportTree,
): PreparedCell {
  const given = {
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, report.params[name]!])),
  }
  const parts = partsOf(bundle, given)
  return { cell, bundle, parts, key: keyOf(parts), ...given }
}

export interface RunCellOptions {
  readonly store: Pick<ResultStore, 'write'>
  readonly executor: Executor
  readonly signal?: AbortSignal
  job(request: JobRequest): Promise<DoneJob>
  /** Called when the cell gets its slot. */
  readonly started?: () => void
  readonly log: Host['log']
}

/** Runs a cell and stores its result. */
export async function runCell(
  prepared: PreparedCell,
  tree: ReportTree,
  { store, executor, signal, job, started, log }: RunCellOptions,
): Promise<Extract<CellResult, { state: 'ran' | 'failed' }>> {
  const { cell, parts, key, params } = prepared
  const startedAt = performance.now()
  const jobs: Digest[] = []
  const host: Host = {
    started,
    async job(request) {
      const done = await job(request)
      if (!jobs.includes(done.key)) jobs.push(done.key)
      return done.result
    },
    progress: () => {},
    log,
  }
  const outcome = await executor.run(taskOf(prepared), host, signal)
  if (!outcome.ok)
    return { state: 'failed', cell, failure: await explainFailure(outcome.failure, cell, tree) }
  const excess = tooLarge(outcome)
  if (excess) return { state: 'failed', cell, failure: excess }
  const { shown, exports, measured } = outcome
  const provenance = provenanceOf(outcome, { label: cell.label, jobs: jobs.sort(), params })
  const stored = toStoredResult({ key, parts, shown, exports, measured, provenance })
  store.write(stored)
  return { state: 'ran', cell, stored, elapsedMs: performance.now() - startedAt, jobs: jobs.length }
}

/** Says whether all jobs of a result are stored: without them it can be neither accepted nor checked. */
export function hasJobs({ provenance }: StoredResult, store: Pick<ResultStore, 'read'>): boolean {
  return (provenance.jobs ?? []).every((job) => store.read(job) !== undefined)
}

function taskOf({ cell, bundle, key, exports, params }: PreparedCell): Task {
  const text = (prefix: string, values: Readonly<Record<string, Json>>) =>
    Object.entries(values).map(([name, value]) => [`${prefix}:${name}`, JSON.stringify(value)])
  return {
    kind: 'cell',
    label: cell.label,
    key,
    code: bundle.code,
    map: bundle.map,
    packages: bundle.packages,
    input: Object.fromEntries([...text('earlier', exports), ...text('param', params)]),
    timeoutMs: cell.options.timeoutMs,
  }
}
