import type { Cell, Digest, Failure, StoredResult } from '../model/types.ts'

/** How one cell came out. */
export type CellResult =
  | { readonly state: 'reused'; readonly cell: Cell; readonly stored: StoredResult }
  | {
      readonly state: 'ran'
      readonly cell: Cell
      readonly stored: StoredResult
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
      readonly stored: StoredResult | undefined
      /** An export of a cell that is stale itself, on which this one rests. */
      readonly needs?: string
      /** What is shown, and what can be done; the usual words unless given. */
      readonly reason?: string
    }
  /** It needs a cell that failed. */
  | { readonly state: 'skipped'; readonly cell: Cell; readonly needs: string; readonly owner: string }
  /** `eval=false`, or its own error was reported before. */
  | { readonly state: 'unevaluated'; readonly cell: Cell }
