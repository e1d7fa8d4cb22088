import { availableParallelism } from 'node:os'
import type { BundledReport } from '../bundle/bundle-report.ts'
import type { CompiledBodies } from '../bundle/compile-expression.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Bundle, Digest, Executor, Json, ReportTree, StoredResult } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'
import { type Expressions, evaluate } from './evaluate.ts'
import type { Listener } from './events.ts'
import { aborted, openExecutor } from './executor.ts'
import { allExpressions } from './expressions.ts'
import { openJobs } from './job-runner.ts'
import { openPool } from './pool.ts'
import type { ValueMemory } from './remember-values.ts'
import { reportImpureJobs } from './report-impure.ts'
import { jobsOf, runCells } from './run-cells.ts'

export interface RunOptions {
  readonly store: ResultStore
  /** Where code is laid for running. */
  readonly runFolder: string
  /** Cells and jobs may run; without it a missing result is stale. True unless given. */
  readonly mayRun?: boolean
  /** Jobs may run; without it one that the store lacks fails. True unless given. */
  readonly jobsMayRun?: boolean
  /** Without it values and claims have no results. True unless given. */
  readonly evaluates?: boolean
  readonly signal?: AbortSignal
  /** Of it only PATH, HOME and WEFT_* reach the cells. */
  readonly env: NodeJS.ProcessEnv
  /** Heap of one cell, in MiB. */
  readonly heapMb?: number
  /** How many jobs may run at once; as many as the machine has processors unless given. */
  readonly jobs?: number
  /** Jobs run in an order drawn from this seed, not in that in which they are asked for. */
  readonly orderSeed?: number
  /** Threads of arithmetic of each job; reaches it as WEFT_THREADS. */
  readonly threads?: number
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

const moreCells = 4

const refusing: Executor = { run: async () => aborted(), close: async () => {} }

/** Runs the cells of a report and evaluates its values, in processes of its own that end with it. */
export async function runReport(
  tree: ReportTree,
  bundled: BundledReport,
  options: RunOptions,
): Promise<Results> {
  const {
    store,
    mayRun = true,
    evaluates = true,
    signal,
    listener,
    jobs: size = availableParallelism(),
  } = options
  // Cells and jobs have slots apart: a cell that waits for a job must not hold the job's.
  const workers = openWorkers(tree, options, size)
  const done = new Map<Digest, StoredResult>()
  try {
    const jobs = openJobs({
      root: tree.report.root,
      store,
      executor: options.jobsMayRun === false ? refusing : workers.jobs,
      signal,
      size,
      listener(event) {
        if (event.type === 'job-finished') done.set(event.job.key, event.job)
        listener(event)
      },
    })
    const cellResults = await runCells(tree, bundled, {
      store,
      executor: mayRun ? workers.cells : undefined,
      jobs,
      signal,
      accepted: options.accepted,
      listener,
    })
    signal?.throwIfAborted()
    const found = evaluates ? allExpressions(tree, cellResults.cells) : []
    const expressions = await evaluate(tree, bundled, cellResults.exports, found, {
      executor: workers.cells,
      compiled: options.compiled,
      memory: options.values,
    })
    signal?.throwIfAborted()
    const { cells, exports } = cellResults
    const jobResults = jobsOf(cells, (key) => done.get(key) ?? store.read(key))
    await reportImpureJobs(tree, cells, jobResults, jobs.bundle)
    return { cells, exports, expressions, jobs: jobResults, bundles: bundled.cells }
  } finally {
    await Promise.all([workers.cells.close(), workers.jobs.close()])
  }
}

function openWorkers(
  { report, expressions }: ReportTree,
  { env, heapMb, runFolder, threads, orderSeed, values, evaluates = true }: RunOptions,
  size: number,
): { readonly cells: Executor; readonly jobs: Executor } {
  const known = Object.entries(env).filter(
    ([name]) => name === 'PATH' || name === 'HOME' || name.startsWith('WEFT_'),
  )
  const common = {
    root: report.root,
    folder: report.folder,
    runFolder,
    heapMb,
    engine: 'weft/engine',
    env: { ...Object.fromEntries(known), TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  }
  // An engine may use a machine in another way where no other job does.
  const own = { WEFT_JOBS: String(size), ...(threads === undefined ? {} : { WEFT_THREADS: String(threads) }) }
  // Only the first build of a report evaluates something for certain.
  const isEarly = evaluates && expressions.length > 0 && (values?.isEmpty ?? true)
  // A cell holds its slot while it waits for its job: with fewer slots than processes, some would stand idle.
  const slots = Math.max(size, Math.min(moreCells, availableParallelism()))
  return {
    cells: openExecutor({ ...common, slots, isEarly }),
    jobs: openPool({ ...common, env: { ...common.env, ...own }, size, orderSeed }),
  }
}
