import type { BundledReport } from '../bundle/bundle-report.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import { provenanceOf, tooLarge } from '../cache/provenance.ts'
import type { ResultStore } from '../cache/result-store.ts'
import { toStoredResult } from '../cache/result-store.ts'
import type {
  Bundle,
  Cell,
  Digest,
  Executor,
  Host,
  Json,
  ReportTree,
  StoredResult,
  Task,
} from '../model/types.ts'
import type { CellResult } from './cell-result.ts'
import type { Listener } from './events.ts'
import { explainFailure } from './explain-failure.ts'
import type { JobRunner } from './job-runner.ts'
import { reportImpure } from './report-impure.ts'

interface RunCellsOptions {
  readonly store: ResultStore
  /** Undefined if nothing may run. */
  readonly executor: Executor | undefined
  readonly jobs: Pick<JobRunner, 'run'>
  readonly signal?: AbortSignal
  /** Gives the last accepted result of a label, for a cell that cannot be computed now. */
  accepted(label: string): StoredResult | undefined
  readonly listener: Listener
}

/** The outcome of every cell in document order, and all exports. */
export interface CellResults {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly exports: ReadonlyMap<string, Json>
}

/**
 * Gives every cell a result: reuses stored ones, and runs each other cell as soon as those that it needs have theirs.
 * A cell that fails affects only those that need it.
 */
export async function runCells(
  tree: ReportTree,
  bundled: BundledReport,
  options: RunCellsOptions,
): Promise<CellResults> {
  const pending = new Map<string, Promise<CellResult>>()
  const exports = new Map<string, Json>()
  const stale = new Set<string>()
  for (const cell of tree.cells) {
    const bundle = bundled.cells.get(cell.label)
    const owners = new Set(bundle?.needs.map((name) => bundled.owners.get(name)!))
    // Cells are in document order, so that every owner is already under way.
    const before = [...owners].map((label) => pending.get(label)!)
    const result = Promise.all(before).then(async (): Promise<CellResult> => {
      const cellResult = bundle
        ? withStale(await runCell(cell, bundle, bundled, exports, tree, options), bundle, stale)
        : ({ state: 'unevaluated', cell } as const)
      if (cellResult.state === 'stale') for (const name of exportsOf(cellResult)) stale.add(name)
      if ('stored' in cellResult)
        for (const [name, value] of Object.entries(cellResult.stored?.exports ?? {})) exports.set(name, value)
      options.listener({ type: 'cell-finished', result: cellResult })
      return cellResult
    })
    pending.set(cell.label, result)
  }
  // All at once: if results cannot be stored, several promises reject.
  const all = await Promise.all(pending.values())
  // Cells filled `exports` in the order in which they ended.
  const ordered = all.flatMap((cellResult) =>
    exportsOf(cellResult).map((name) => [name, exports.get(name)!] as const),
  )
  for (const cellResult of all) reportImpurities(cellResult, tree, bundled)
  return {
    cells: new Map(all.map((cellResult) => [cellResult.cell.label, cellResult])),
    exports: new Map(ordered),
  }
}

// In document order, and in every build that uses the result.
function reportImpurities(
  cellResult: CellResult,
  { chapters, report }: ReportTree,
  bundled: BundledReport,
): void {
  if (cellResult.state !== 'ran' && cellResult.state !== 'reused') return
  const { cell, stored } = cellResult
  const { file } = chapters.find((chapter) => chapter.file.path === cell.file)!
  reportImpure(file, cell, bundled.cells.get(cell.label)!, stored.provenance.impure ?? [], report.root)
}

// A result that depends on a stale one is stale too, even if its own key matches.
function withStale(cellResult: CellResult, { needs }: Bundle, stale: ReadonlySet<string>): CellResult {
  const need = needs.find((name) => stale.has(name))
  if (need === undefined || !('stored' in cellResult) || !cellResult.stored) return cellResult
  const { cell, stored } = cellResult
  return { state: 'stale', cell, key: stored.key, stored, needs: need }
}

/** Lists the names that a cell exports; none without a result. */
export function exportsOf(cellResult: CellResult): string[] {
  return 'stored' in cellResult ? Object.keys(cellResult.stored?.exports ?? {}) : []
}

/** Gives the stored results of the jobs that cells depend on, by key. */
export function jobsOf(
  cells: CellResults['cells'],
  read: (key: Digest) => StoredResult | undefined,
): ReadonlyMap<Digest, StoredResult> {
  const keys = [...cells.values()].flatMap((cellResult) =>
    'stored' in cellResult ? (cellResult.stored?.provenance.jobs ?? []) : [],
  )
  const jobs = [...new Set(keys)].flatMap((key) => read(key) ?? [])
  return new Map(jobs.map((job) => [job.key, job]))
}

async function runCell(
  cell: Cell,
  bundle: Bundle,
  bundled: BundledReport,
  exports: ReadonlyMap<string, Json>,
  tree: ReportTree,
  options: RunCellsOptions,
): Promise<CellResult> {
  const missing = bundle.needs.find((name) => !exports.has(name))
  if (missing !== undefined)
    return { state: 'skipped', cell, needs: missing, owner: bundled.owners.get(missing)! }
  const given = {
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, tree.report.params[name]!])),
  }
  const parts = partsOf(bundle, given)
  const key = keyOf(parts)
  const stored = options.store.read(key)
  if (stored && (options.executor ? hasJobs(stored, options.store) : !hasOldJobs(stored, options.store)))
    return { state: 'reused', cell, stored }
  if (!options.executor) return { state: 'stale', cell, key, stored: options.accepted(cell.label) }
  options.listener({ type: 'cell-started', cell, parts })
  const startedAt = performance.now()
  const jobs: Digest[] = []
  const host: Host = {
    async job(request) {
      const job = await options.jobs.run(request)
      if (!jobs.includes(job.key)) jobs.push(job.key)
      return job.result
    },
    progress: () => {},
    log: (label, text) => options.listener({ type: 'logged', label, text }),
  }
  const outcome = await options.executor.run(taskOf(cell, bundle, key, given), host, options.signal)
  if (!outcome.ok)
    return { state: 'failed', cell, failure: await explainFailure(outcome.failure, cell, tree) }
  const excess = tooLarge(outcome)
  if (excess) return { state: 'failed', cell, failure: excess }
  const { shown, exports: own, measured } = outcome
  const provenance = provenanceOf(outcome, { label: cell.label, jobs: jobs.sort(), params: given.params })
  const result = toStoredResult({ key, parts, shown, exports: own, measured, provenance })
  options.store.write(result)
  return { state: 'ran', cell, stored: result, elapsedMs: performance.now() - startedAt, jobs: jobs.length }
}

// A result without its jobs can be neither accepted nor checked.
function hasJobs({ provenance }: StoredResult, store: ResultStore): boolean {
  return (provenance.jobs ?? []).every((job) => store.read(job) !== undefined)
}

// If nothing may run, a job may be missing, but may not have read files that have changed since.
function hasOldJobs({ provenance }: StoredResult, store: ResultStore): boolean {
  return (provenance.jobs ?? []).some((job) => !store.read(job) && store.find?.(job) !== undefined)
}

function taskOf(
  cell: Cell,
  bundle: Bundle,
  key: Digest,
  given: Record<'exports' | 'params', Record<string, Json>>,
): Task {
  const text = (prefix: string, values: Record<string, Json>) =>
    Object.entries(values).map(([name, value]) => [`${prefix}:${name}`, JSON.stringify(value)])
  return {
    kind: 'cell',
    label: cell.label,
    key,
    code: bundle.code,
    map: bundle.map,
    packages: bundle.packages,
    input: Object.fromEntries([...text('earlier', given.exports), ...text('param', given.params)]),
    timeoutMs: cell.options.timeoutMs,
  }
}
