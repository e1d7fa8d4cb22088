import type { Position } from '../model/types.ts'

/** Where a message about something printed belongs. */
export interface Spot {
  /** Of a chapter, relative to the project's root. */
  readonly file: string
  readonly position: Position | undefined
}

/** A cell of a table: its text, folded or with marks. */
export interface GridCell {
  readonly text: string
  readonly spot: Spot
}

/** A table as it is read, row by row. */
export interface Grid {
  /** What a message calls it: `#tbl-digits`. */
  readonly name: string
  readonly head: readonly GridCell[]
  readonly rows: readonly (readonly GridCell[])[]
}

/** A stretch of the report in the order in which it is read. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** With its number among the expressions. */
  | { readonly kind: 'value'; readonly text: string; readonly number: number; readonly spot: Spot }
  /** Where the prose of a claim begins and ends. */
  | { readonly kind: 'open' | 'close'; readonly spot: Spot }
  /** A text that is proved as a whole. */
  | {
      readonly kind: 'whole'
      readonly what: 'caption' | 'prose'
      readonly text: string
      /** Id of the plain output that it is. */
      readonly output?: string
      readonly spot: Spot
    }
  | { readonly kind: 'grid'; readonly grid: Grid; readonly spot: Spot }
  | { readonly kind: 'equation'; readonly text: string; readonly spot: Spot }
  /** Front matter and contents end here. */
  | { readonly kind: 'body' }
  /** What stands on its other side may be anywhere. */
  | { readonly kind: 'stop' }

/** The piece that parts what stands before it from what comes after. */
export const stop: Piece = { kind: 'stop' }
