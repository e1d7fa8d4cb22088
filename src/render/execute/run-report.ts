import { availableParallelism } from 'node:os'
import type { Cell, Frozen, Json, Progress, ReportTree } from '../types.ts'
import { bundleReport } from './bundle-report.ts'
import type { Evaluated } from './evaluate.ts'
import { evaluate } from './evaluate.ts'
import { openExecutor } from './executor.ts'
import type { Freezer } from './freezer.ts'
import { openJobs } from './job-runner.ts'
import type { Parts } from './key.ts'
import type { SettledCell } from './settle.ts'
import { settle } from './settle.ts'

/** What is told while a report runs. */
export interface RunEvents {
  startedCell(cell: Cell, parts: Parts): void
  settledCell(settled: SettledCell): void
  startedJob(name: string): void
  finishedJob(job: Frozen, how: 'ran' | 'defrosted'): void
  progressed(step: Progress): void
  logged(label: string, text: string): void
}

export interface RunOptions {
  readonly freezer: Freezer
  /** Where code is laid for running. */
  readonly runFolder: string
  /** Cells and jobs may run; without it a missing result is stale. */
  readonly mayRun: boolean
  readonly signal?: AbortSignal
  /** Of it only PATH, HOME and WEFT_* reach the cells. */
  readonly env: NodeJS.ProcessEnv
  /** Heap of one cell, in MiB. */
  readonly heapMb?: number
  /** The last accepted result of a label. */
  accepted(label: string): Frozen | undefined
  readonly events: RunEvents
}

/** Every result of a report: of its cells by label, of its expressions by number. */
export interface Results {
  readonly cells: ReadonlyMap<string, SettledCell>
  readonly values: ReadonlyMap<number, Evaluated>
  readonly exports: ReadonlyMap<string, Json>
}

const moreCells = 4

/** Bundles a report, settles its cells and evaluates its values, in processes of its own that end with it. */
export async function runReport(tree: ReportTree, options: RunOptions): Promise<Results> {
  const { freezer, mayRun, signal, events } = options
  const bundled = await bundleReport(tree)
  // Cells and jobs have slots apart: a cell that waits for a job must not hold the job's.
  const workers = openWorkers(tree, options)
  try {
    const jobs = openJobs({
      root: tree.report.root,
      freezer,
      executor: workers.jobs,
      signal,
      onStart: events.startedJob,
      onProgress: events.progressed,
      onLog: events.logged,
      onDone: events.finishedJob,
    })
    const settled = await settle(tree, bundled, {
      freezer,
      executor: mayRun ? workers.cells : undefined,
      jobs,
      signal,
      accepted: options.accepted,
      onStart: events.startedCell,
      onSettled: events.settledCell,
      onLog: events.logged,
    })
    signal?.throwIfAborted()
    const values = await evaluate(tree, bundled, settled.exports, workers.cells)
    signal?.throwIfAborted()
    return { cells: settled.cells, exports: settled.exports, values }
  } finally {
    await Promise.all([workers.cells.close(), workers.jobs.close()])
  }
}

function openWorkers({ report }: ReportTree, { env, heapMb, runFolder }: RunOptions) {
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
  return {
    cells: openExecutor({ ...common, slots: Math.min(moreCells, availableParallelism()) }),
    jobs: openExecutor({ ...common, slots: 1 }),
  }
}
