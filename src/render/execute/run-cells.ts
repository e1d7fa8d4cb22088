import type { BundledReport } from '../bundle/bundle-report.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type {
  Bundle,
  Cell,
  Digest,
  Executor,
  Failure,
  Json,
  ReportTree,
  StoredResult,
} from '../model/types.ts'
import type { CellResult } from './cell-result.ts'
import type { Listener } from './events.ts'
import type { JobRunner } from './job-runner.ts'
import { reportImpure } from './report-impure.ts'
import { hasJobs, prepareCell, runCell } from './run-cell.ts'

/** For a run that computes nothing because someone else computes what is missing, such as a preview. */
export interface Awaiting {
  /** A cell without a current result is being computed, and no fault. */
  readonly isAwaited?: boolean
  /** Gives the failure of a cell that was computed in vain, by its key. */
  readonly failures?: (cell: Cell, key: Digest) => Failure | undefined
}

interface RunCellsOptions extends Awaiting {
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
  const done = new Map<string, CellResult>()
  const context = { tree, bundled, options, exports, done, stale: new Set<string>() }
  for (const cell of tree.cells) {
    const bundle = bundled.cells.get(cell.label)
    const owners = new Set(bundle?.needs.map((name) => bundled.owners.get(name)!))
    // Cells are in document order, so that every owner is already under way.
    const before = [...owners].map((label) => pending.get(label)!)
    const result = Promise.all(before).then(async (): Promise<CellResult> => {
      const cellResult = bundle
        ? withStale(await obtain(cell, bundle, context), bundle, context)
        : ({ state: 'unevaluated', cell } as const)
      if (cellResult.state === 'stale') for (const name of exportsOf(cellResult)) context.stale.add(name)
      if ('stored' in cellResult)
        for (const [name, value] of Object.entries(cellResult.stored?.exports ?? {})) exports.set(name, value)
      done.set(cell.label, cellResult)
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
function withStale(cellResult: CellResult, { needs }: Bundle, { stale, options }: Context): CellResult {
  const need = needs.find((name) => stale.has(name))
  if (need === undefined || !('stored' in cellResult) || !cellResult.stored) return cellResult
  const { cell, stored } = cellResult
  return { state: 'stale', cell, key: stored.key, stored, needs: need, ...awaited(options) }
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

interface Context {
  readonly tree: ReportTree
  readonly bundled: BundledReport
  readonly options: RunCellsOptions
  /** Of the cells that have ended. */
  readonly exports: ReadonlyMap<string, Json>
  readonly done: ReadonlyMap<string, CellResult>
  /** Exports of stale cells. */
  readonly stale: ReadonlySet<string>
}

async function obtain(cell: Cell, bundle: Bundle, context: Context): Promise<CellResult> {
  const { tree, bundled, options, exports, done } = context
  const { store, executor, listener } = options
  const needs = bundle.needs.find((name) => !exports.has(name))
  if (needs !== undefined) {
    const owner = bundled.owners.get(needs)!
    if (done.get(owner)?.state !== 'stale' || !options.isAwaited)
      return { state: 'skipped', cell, needs, owner }
    return { state: 'stale', cell, key: '', stored: options.accepted(cell.label), needs, isAwaited: true }
  }
  const prepared = prepareCell(cell, bundle, exports, tree)
  const { key, parts } = prepared
  const stored = store.read(key)
  if (stored && (executor ? hasJobs(stored, store) : !hasOldJobs(stored, store)))
    return { state: 'reused', cell, stored }
  if (!executor) {
    const failure = options.failures?.(cell, key)
    if (failure) return { state: 'failed', cell, failure }
    return { state: 'stale', cell, key, stored: options.accepted(cell.label), ...awaited(options) }
  }
  listener({ type: 'cell-started', cell, parts })
  return runCell(prepared, tree, {
    store,
    executor,
    signal: options.signal,
    job: (request) => options.jobs.run(request),
    log: (label, text) => listener({ type: 'logged', label, text }),
  })
}

function awaited({ isAwaited }: Awaiting): { isAwaited?: true } {
  return isAwaited ? { isAwaited } : {}
}

// If nothing may run, a job may be missing, but may not have read files that have changed since.
function hasOldJobs({ provenance }: StoredResult, store: ResultStore): boolean {
  return (provenance.jobs ?? []).some((job) => !store.read(job) && store.find?.(job) !== undefined)
}
