import type { Cell, Digest, Failure, StoredResult } from '../model/types.ts'

/** The outcome of one cell. */
export type CellResult =
  | { readonly state: 'reused'; readonly cell: Cell; readonly stored: StoredResult }
  | {
      readonly state: 'ran'
      readonly cell: Cell
      readonly stored: StoredResult
      /** Includes the time of the jobs that it waited for. */
      readonly elapsedMs: number
      readonly jobs: number
    }
  | { readonly state: 'failed'; readonly cell: Cell; readonly failure: Failure }
  /** Its result is missing and nothing may run; `stored` is the accepted one of its label, if there is one. */
  | {
      readonly state: 'stale'
      readonly cell: Cell
      readonly key: Digest
      readonly stored: StoredResult | undefined
      /** The export of a stale cell that this one depends on. */
      readonly needs?: string
      /** Says what is shown, and what can be done; the usual message unless given. */
      readonly reason?: string
      /** Its result is being computed, so that this is no fault. */
      readonly isAwaited?: boolean
    }
  /** It needs a cell that failed. */
  | { readonly state: 'skipped'; readonly cell: Cell; readonly needs: string; readonly owner: string }
  /** `eval=false`, or its own error has already been reported. */
  | { readonly state: 'unevaluated'; readonly cell: Cell }
