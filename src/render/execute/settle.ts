import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Freezer } from '../cache/freezer.ts'
import { freeze } from '../cache/freezer.ts'
import type { Parts } from '../cache/key.ts'
import { keyOf, partsOf } from '../cache/key.ts'
import { provenanceOf, tooLarge } from '../cache/provenance.ts'
import type {
  Bundle,
  Cell,
  Digest,
  Executor,
  Failure,
  Frozen,
  Host,
  Json,
  ReportTree,
  Task,
} from '../model/types.ts'
import type { JobRunner } from './job-runner.ts'
import { reportImpure } from './report-impure.ts'

/** How one cell came out. */
export type SettledCell =
  | { readonly state: 'defrosted'; readonly cell: Cell; readonly frozen: Frozen }
  | {
      readonly state: 'ran'
      readonly cell: Cell
      readonly frozen: Frozen
      /** With the time of the jobs that it waited for. */
      readonly elapsedMs: number
      readonly jobs: number
    }
  | { readonly state: 'failed'; readonly cell: Cell; readonly failure: Failure }
  /** Its result is missing and nothing may run; the accepted one of its label, if any. */
  | {
      readonly state: 'stale'
      readonly cell: Cell
      readonly key: Digest
      readonly frozen: Frozen | undefined
      /** An export of a cell that is stale itself, on which this one rests. */
      readonly needs?: string
      /** What is shown, and what can be done; the usual words unless given. */
      readonly reason?: string
    }
  /** It needs a cell that failed. */
  | { readonly state: 'skipped'; readonly cell: Cell; readonly needs: string; readonly owner: string }
  /** `eval=false`, or its own error was reported before. */
  | { readonly state: 'unevaluated'; readonly cell: Cell }

export interface SettleOptions {
  readonly freezer: Freezer
  /** Undefined where nothing may run. */
  readonly executor: Executor | undefined
  readonly jobs: Pick<JobRunner, 'run'>
  readonly signal?: AbortSignal
  /** The last accepted result of a label, for what cannot be computed now. */
  accepted(label: string): Frozen | undefined
  onSettled(settled: SettledCell): void
  onStart(cell: Cell, parts: Parts): void
  onLog(label: string, text: string): void
}

/** Every cell's outcome in document order, with what all of them export. */
export interface Settled {
  readonly cells: ReadonlyMap<string, SettledCell>
  readonly exports: ReadonlyMap<string, Json>
}

/**
 * Gives every cell a result: defrosts what is there, runs the rest as soon as what it needs is settled.
 * A cell that fails harms only those that need it.
 */
export async function settle(
  tree: ReportTree,
  bundled: BundledReport,
  options: SettleOptions,
): Promise<Settled> {
  const pending = new Map<string, Promise<SettledCell>>()
  const exports = new Map<string, Json>()
  const stale = new Set<string>()
  for (const cell of tree.cells) {
    const bundle = bundled.cells.get(cell.label)
    const owners = new Set(bundle?.needs.map((name) => bundled.owners.get(name)!))
    // Cells stand in document order, so that every owner is already under way.
    const before = [...owners].map((label) => pending.get(label)!)
    const result = Promise.all(before).then(async (): Promise<SettledCell> => {
      const settled = bundle
        ? withStale(await settleCell(cell, bundle, bundled, exports, tree, options), bundle, stale)
        : ({ state: 'unevaluated', cell } as const)
      if (settled.state === 'stale') for (const name of exportsOf(settled)) stale.add(name)
      if ('frozen' in settled)
        for (const [name, value] of Object.entries(settled.frozen?.exports ?? {})) exports.set(name, value)
      options.onSettled(settled)
      return settled
    })
    pending.set(cell.label, result)
  }
  // All at once: where results cannot be kept, several reject.
  const all = await Promise.all(pending.values())
  // Of `exports` the order is that in which cells came to an end.
  const ordered = all.flatMap((settled) =>
    exportsOf(settled).map((name) => [name, exports.get(name)!] as const),
  )
  for (const settled of all) reportImpurities(settled, tree, bundled)
  return { cells: new Map(all.map((settled) => [settled.cell.label, settled])), exports: new Map(ordered) }
}

// In document order, and again with each build for as long as the result is used.
function reportImpurities(
  settled: SettledCell,
  { chapters, report }: ReportTree,
  bundled: BundledReport,
): void {
  if (settled.state !== 'ran' && settled.state !== 'defrosted') return
  const { cell, frozen } = settled
  const { file } = chapters.find((chapter) => chapter.file.path === cell.file)!
  reportImpure(file, cell, bundled.cells.get(cell.label)!, frozen.provenance.impure ?? [], report.root)
}

// What rests on a stale result is stale itself, also where a result fits it.
function withStale(settled: SettledCell, { needs }: Bundle, stale: ReadonlySet<string>): SettledCell {
  const need = needs.find((name) => stale.has(name))
  if (need === undefined || !('frozen' in settled) || !settled.frozen) return settled
  const { cell, frozen } = settled
  return { state: 'stale', cell, key: frozen.key, frozen, needs: need }
}

/** Names what a cell exports, as far as it has a result. */
export function exportsOf(settled: SettledCell): string[] {
  return 'frozen' in settled ? Object.keys(settled.frozen?.exports ?? {}) : []
}

/** Gives the results of the jobs that cells rest on, by key, as far as they are kept. */
export function jobsOf(
  cells: Settled['cells'],
  read: (key: Digest) => Frozen | undefined,
): ReadonlyMap<Digest, Frozen> {
  const keys = [...cells.values()].flatMap((settled) =>
    'frozen' in settled ? (settled.frozen?.provenance.jobs ?? []) : [],
  )
  const jobs = [...new Set(keys)].flatMap((key) => read(key) ?? [])
  return new Map(jobs.map((job) => [job.key, job]))
}

async function settleCell(
  cell: Cell,
  bundle: Bundle,
  bundled: BundledReport,
  exports: ReadonlyMap<string, Json>,
  tree: ReportTree,
  options: SettleOptions,
): Promise<SettledCell> {
  const missing = bundle.needs.find((name) => !exports.has(name))
  if (missing !== undefined)
    return { state: 'skipped', cell, needs: missing, owner: bundled.owners.get(missing)! }
  const given = {
    exports: Object.fromEntries(bundle.needs.map((name) => [name, exports.get(name)!])),
    params: Object.fromEntries(bundle.params.map((name) => [name, tree.report.params[name]!])),
  }
  const parts = partsOf(bundle, given)
  const key = keyOf(parts)
  const frozen = options.freezer.read(key)
  if (frozen && (options.executor ? hasJobs(frozen, options.freezer) : !hasOldJobs(frozen, options.freezer)))
    return { state: 'defrosted', cell, frozen }
  if (!options.executor) return { state: 'stale', cell, key, frozen: options.accepted(cell.label) }
  options.onStart(cell, parts)
  const startedAt = performance.now()
  const jobs: Digest[] = []
  const host: Host = {
    async job(request) {
      const job = await options.jobs.run(request)
      if (!jobs.includes(job.key)) jobs.push(job.key)
      return job.result
    },
    progress: () => {},
    log: options.onLog,
  }
  const outcome = await options.executor.run(taskOf(cell, bundle, key, given), host, options.signal)
  if (!outcome.ok) return { state: 'failed', cell, failure: outcome.failure }
  const excess = tooLarge(outcome)
  if (excess) return { state: 'failed', cell, failure: excess }
  const { shown, exports: own, measured } = outcome
  const provenance = provenanceOf(outcome, { label: cell.label, jobs: jobs.sort(), params: given.params })
  const result = freeze({ key, parts, shown, exports: own, measured, provenance })
  options.freezer.write(result)
  return { state: 'ran', cell, frozen: result, elapsedMs: performance.now() - startedAt, jobs: jobs.length }
}

// A result without the jobs that it rests on could be neither accepted nor defended.
function hasJobs({ provenance }: Frozen, freezer: Freezer): boolean {
  return (provenance.jobs ?? []).every((job) => freezer.read(job) !== undefined)
}

// Where nothing may run a job may be missing, but not rest on what is different now.
function hasOldJobs({ provenance }: Frozen, freezer: Freezer): boolean {
  return (provenance.jobs ?? []).some((job) => !freezer.read(job) && freezer.find?.(job) !== undefined)
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
