import type { ResultStore } from '../cache/result-store.ts'
import type { CellResult } from '../execute/cell-result.ts'
import { type PreparedCell, type RunCellOptions, runCell } from '../execute/run-cell.ts'
import type { Digest, Executor, Host, Reads, ReportTree } from '../model/types.ts'
import type { Asker, WaveJobs } from './wave-jobs.ts'

/** What became of a cell: its result, or the jobs that it lacks; undefined if it was stopped, or its sources changed. */
export type CellEnd =
  | Extract<CellResult, { state: 'ran' | 'failed' }>
  | { readonly state: 'asks'; readonly lastMs: number; readonly jobs: number }
  | undefined

/** A cell that runs. */
export interface RunningCell {
  readonly prepared: PreparedCell
  readonly asked: ReadonlySet<Digest>
  readonly end: Promise<CellEnd>
  stop(): void
}

interface RunningOptions {
  readonly store: Pick<ResultStore, 'read' | 'write'>
  readonly executor: Executor
  readonly jobs: WaveJobs
  readonly mayTakeLong: boolean
  readonly log: Host['log']
  /** Called when the cell gets its slot. */
  started(): void
  /** Called some time after the cell has asked for a job that nobody computed before. */
  asksForOthers(asked: ReadonlySet<Digest>): void
}

// The jobs of a sweep are asked for at once, but each by a message of its own.
const togetherMs = 50
const othersMs = 300

/** Starts a cell. */
export function startCell(prepared: PreparedCell, tree: ReportTree, options: RunningOptions): RunningCell {
  const { cell, bundle } = prepared
  const stop = new AbortController()
  const asked = new Set<Digest>()
  const lacking: number[] = []
  let reads: Reads = {}
  const end = new Promise<CellEnd>((resolve) => {
    const leave = (why: CellEnd) => {
      resolve(why)
      stop.abort()
    }
    const lastMs = () => lacking.reduce((sum, ms) => sum + ms, 0)
    const ask = later(togetherMs, stop.signal, () =>
      leave({ state: 'asks', lastMs: lastMs(), jobs: lacking.length }),
    )
    const asker: Asker = {
      label: cell.label,
      bundle,
      signal: stop.signal,
      mayTakeLong: options.mayTakeLong,
      asked,
      lacks(ms) {
        lacking.push(ms)
        ask()
      },
      began: later(othersMs, stop.signal, () => options.asksForOthers(asked)),
      failed: (failure) => {
        reads = { ...reads, ...failure.reads }
      },
      outdated: () => leave(undefined),
    }
    const job: RunCellOptions['job'] = (request) => options.jobs.run(request, asker)
    runCell(prepared, tree, { ...options, signal: stop.signal, job }).then(
      (result) => leave(stop.signal.aborted ? undefined : withReads(result, reads)),
      ({ message }: Error) => leave({ state: 'failed', cell, failure: { kind: 'error', message } }),
    )
  })
  return { prepared, asked, end, stop: () => stop.abort() }
}

// What a job read in vain decides whether its cell fails, too.
function withReads(
  result: Extract<CellResult, { state: 'ran' | 'failed' }>,
  reads: Reads,
): Extract<CellResult, { state: 'ran' | 'failed' }> {
  if (result.state === 'ran') return result
  return { ...result, failure: { ...result.failure, reads: { ...reads, ...result.failure.reads } } }
}

// Calls a function some time after its last call, unless the signal fires before.
function later(ms: number, signal: AbortSignal, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  return () => {
    clearTimeout(timer)
    if (!signal.aborted) timer = setTimeout(call, ms)
  }
}
