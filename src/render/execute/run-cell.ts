import { keyOf, type Parts, partsOf } from '../cache/key.ts'
import { provenanceOf, tooLarge } from '../cache/provenance.ts'
import { type ResultStore, storeOnce, toStoredResult } from '../cache/result-store.ts'
import { asksLanguage } from '../model/formatter.ts'
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
import { languageAt } from '../syntax/language-at.ts'
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
  /** The language that it writes numbers in, if that matters and is not English. */
  readonly lang?: string
}

/** @param exports Of earlier cells; all that the cell needs. */
export function prepareCell(
  cell: Cell,
  bundle: Bundle,
  exports: ReadonlyMap<string, Json>,
  tree: ReportTree,
): PreparedCell {
  const { report } = tree
  const lang = languageOfCell(cell, bundle, tree)
  const given = {
    ...(lang === undefined ? {} : { lang }),
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, report.params[name]!])),
  }
  const parts = partsOf(bundle, given)
  return { cell, bundle, parts, key: keyOf(parts), ...given }
}

/** Gives the language of a cell if its result depends on it and it is not English, in which all printing starts. */
export function languageOfCell(cell: Cell, { code }: Bundle, tree: ReportTree): string | undefined {
  const lang = languageAt(tree, cell)
  return lang === 'en' || !asksLanguage(code) ? undefined : lang
}

export interface RunCellOptions {
  readonly store: Pick<ResultStore, 'read' | 'write'>
  readonly executor: Executor
  readonly signal?: AbortSignal
  job(request: JobRequest): Promise<DoneJob>
  /** Called when the cell gets its slot. */
  readonly started?: () => void
  readonly log: Host['log']
}

/** Runs a cell and stores its result; gives the stored one. */
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
  const stored = storeOnce(store, toStoredResult({ key, parts, shown, exports, measured, provenance }))
  return { state: 'ran', cell, stored, elapsedMs: performance.now() - startedAt, jobs: jobs.length }
}

/** Says whether all jobs of a result are stored: without them it can be neither accepted nor checked. */
export function hasJobs({ provenance }: StoredResult, store: Pick<ResultStore, 'read'>): boolean {
  return (provenance.jobs ?? []).every((job) => store.read(job) !== undefined)
}

function taskOf({ cell, bundle, key, exports, params, lang }: PreparedCell): Task {
  const text = (prefix: string, values: Readonly<Record<string, Json>>) =>
    Object.entries(values).map(([name, value]) => [`${prefix}:${name}`, JSON.stringify(value)])
  return {
    kind: 'cell',
    label: cell.label,
    key,
    code: bundle.code,
    map: bundle.map,
    packages: bundle.packages,
    input: {
      ...Object.fromEntries([...text('earlier', exports), ...text('param', params)]),
      ...(lang === undefined ? {} : { lang }),
    },
    timeoutMs: cell.options.timeoutMs,
  }
}
