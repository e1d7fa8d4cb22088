import type { Program } from '../pipeline/stages.ts'
import type { CellState } from './protocol.ts'

/** Runs in the background what a report lacks. */
export interface Wave {
  /** Runs what this program lacks, stops what it no longer wants. Unchanged work goes on. Never waits. */
  update(program: Program): void
  /** Runs a cell that asks, or one that failed, again. */
  run(label: string): void
  readonly states: ReadonlyMap<string, CellState>
  close(): Promise<void>
}

export interface WaveHooks {
  onState(label: string, state: CellState): void
  onResult(labels: readonly string[]): void
}
