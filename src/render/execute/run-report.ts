import type { BundledReport } from '../bundle/bundle-report.ts'
import type { CompiledBodies } from '../bundle/compile-expression.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Bundle, Digest, Executor, Expression, Json, ReportTree, StoredResult } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'
import { type EvaluateOptions, type Expressions, evaluate } from './evaluate.ts'
import type { Listener } from './events.ts'
import { allExpressions } from './expressions.ts'
import { openJobs } from './job-runner.ts'
import { type ValueMemory, wordsOf } from './remember-values.ts'
import { reportImpureJobs } from './report-impure.ts'
import { type Awaiting, jobsOf, runCells } from './run-cells.ts'
import { aborted } from './task-process.ts'
import { openWorkers, type Workers, type WorkersOptions } from './workers.ts'

export interface RunOptions extends Omit<WorkersOptions, 'isEarly' | 'isLong'>, Awaiting {
  readonly store: ResultStore
  /** Those of a session, which outlive the run. Default: processes of this run's own, which end with it. */
  readonly workers?: Workers
  /** Cells and jobs may run; without it a missing result is stale. True unless given. */
  readonly mayRun?: boolean
  /** Jobs may run; without it one that the store lacks fails. True unless given. */
  readonly jobsMayRun?: boolean
  /** Without it values and claims have no results. True unless given. */
  readonly evaluates?: boolean
  readonly signal?: AbortSignal
  /** The last accepted result of a label. */
  accepted(label: string): StoredResult | undefined
  readonly listener: Listener
  /** Remembers compiled expressions from run to run. */
  readonly compiled?: CompiledBodies
  /** Remembers what values and claims came to, from build to build. Default: all are evaluated. */
  readonly values?: ValueMemory
}

/** Every result of a report: of its cells by label, of its expressions by id. */
export interface Results {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly expressions: Expressions
  readonly exports: ReadonlyMap<string, Json>
  /** Of the jobs that cells depend on, by key; without those that are not stored. */
  readonly jobs: ReadonlyMap<Digest, StoredResult>
  /** Of the cells without an error, by label. */
  readonly bundles: ReadonlyMap<string, Bundle>
}

const refusing: Executor = { run: async () => aborted(), close: async () => {} }

/** Runs the cells of a report and evaluates its values. */
export async function runReport(
  tree: ReportTree,
  bundled: BundledReport,
  options: RunOptions,
): Promise<Results> {
  const { store, mayRun = true, evaluates = true, signal, listener } = options
  const own = options.workers ? undefined : openOwn(tree, options)
  const workers = options.workers ?? own!
  const end = () => void own?.close()
  signal?.addEventListener('abort', end, { once: true })
  const done = new Map<Digest, StoredResult>()
  try {
    const jobs = openJobs({
      root: tree.report.root,
      store,
      executor: options.jobsMayRun === false ? refusing : workers.jobs,
      signal,
      size: workers.size,
      listener(event) {
        if (event.type === 'job-finished') done.set(event.job.key, event.job)
        listener(event)
      },
    })
    const cellResults = await runCells(tree, bundled, {
      ...options,
      executor: mayRun ? workers.cells : undefined,
      jobs,
    })
    signal?.throwIfAborted()
    const found = evaluates ? allExpressions(tree, cellResults.cells) : []
    const { cells, exports } = cellResults
    const expressions = await evaluateReport(tree, bundled, cellResults, found, {
      executor: workers.cells,
      signal,
      compiled: options.compiled,
      memory: options.values,
    })
    const jobResults = jobsOf(cells, (key) => done.get(key) ?? store.read(key))
    await reportImpureJobs(tree, cells, jobResults, jobs.bundle)
    return { cells, exports, expressions, jobs: jobResults, bundles: bundled.cells }
  } finally {
    signal?.removeEventListener('abort', end)
    await own?.close()
  }
}

/** Evaluates values and claims of a report whose cells have results. */
export async function evaluateReport(
  tree: ReportTree,
  bundled: BundledReport,
  { cells, exports }: Pick<Results, 'cells' | 'exports'>,
  found: readonly Expression[],
  options: EvaluateOptions,
): Promise<Expressions> {
  const evaluated = await evaluate(tree, bundled, exports, found, options)
  options.signal?.throwIfAborted()
  return withoutAwaited(evaluated, { cells, exports, owners: bundled.owners })
}

// A value that needs an export which is being computed for the first time is no fault.
function withoutAwaited(
  expressions: Expressions,
  { cells, exports, owners }: Pick<Results, 'cells' | 'exports'> & Pick<BundledReport, 'owners'>,
): Expressions {
  const isMissing = ([name, label]: readonly [string, string]) => {
    const owner = cells.get(label)
    return owner?.state === 'stale' && owner.isAwaited === true && !exports.has(name)
  }
  const missing = new Set([...owners].filter(isMissing).map(([name]) => name))
  if (missing.size === 0) return expressions
  return new Map(
    [...expressions].map(([id, { result, ...rest }]) => {
      const isAwaited =
        result?.ok === false && [...wordsOf([rest.expression.source])].some((word) => missing.has(word))
      return [id, { ...rest, result: isAwaited ? undefined : result }]
    }),
  )
}

// Only the first build of a report evaluates something for certain.
function openOwn({ report, expressions }: ReportTree, options: RunOptions): Workers {
  const { evaluates = true, values } = options
  const isEarly = evaluates && expressions.length > 0 && (values?.isEmpty ?? true)
  return openWorkers(report, { ...options, isEarly })
}
