import type { Parts } from '../cache/key.ts'
import type { Cell, Digest, OpenedEngine, Progress, StoredResult } from '../model/types.ts'
import type { CellResult } from './cell-result.ts'

/** What happens while a report runs. Jobs are named by their keys, since several may have one label. */
export type RunEvent =
  | { readonly type: 'cell-started'; readonly cell: Cell; readonly parts: Parts }
  | { readonly type: 'cell-finished'; readonly result: CellResult }
  | { readonly type: 'job-started'; readonly label: string; readonly key: Digest }
  /** Sent by each process; up to `jobs` of them compute at once. */
  | { readonly type: 'engine-opened'; readonly engine: OpenedEngine; readonly jobs: number }
  | { readonly type: 'job-progressed'; readonly step: Progress; readonly key: Digest }
  /** Sent whether or not the job succeeded. */
  | { readonly type: 'job-ended'; readonly key: Digest }
  | {
      readonly type: 'job-finished'
      readonly job: StoredResult
      readonly how: 'ran' | 'reused'
      readonly label: string
    }
  | { readonly type: 'logged'; readonly label: string; readonly text: string }

export type Listener = (event: RunEvent) => void

/** Ignores every event. */
export const noListener: Listener = () => {}
