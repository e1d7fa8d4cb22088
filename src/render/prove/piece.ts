import type { FootnoteDefinition, Nodes } from 'mdast'
import type { Results } from '../assemble/fragment.ts'
import type { FilledRegister } from '../assemble/settle-registers.ts'
import type { Owner } from '../execute/expressions.ts'
import type { Position, ReportTree, Target } from '../model/types.ts'
import type { Words } from '../model/words.ts'
import { blockEnd } from './printed-text.ts'

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
  | { readonly kind: 'value'; readonly text: string; readonly id: string; readonly spot: Spot }
  /** Where the prose of a claim begins and ends. */
  | { readonly kind: 'open' | 'close'; readonly spot: Spot }
  /** A text that is found as one block. */
  | {
      readonly kind: 'block'
      readonly what: 'caption' | 'prose'
      readonly text: string
      /** Whether others may stand beside it, in the same line of the print. */
      readonly isBeside?: boolean
      /** Id of the plain output that it is. */
      readonly output?: string
      /** Whether it is the caption of a figure or table, which may stand elsewhere in print. */
      readonly isFloat?: boolean
      /** Whether it begins with a number that no other has. */
      readonly isNumbered?: boolean
      readonly spot: Spot
    }
  | { readonly kind: 'grid'; readonly grid: Grid; readonly isFloat?: boolean; readonly spot: Spot }
  | { readonly kind: 'equation'; readonly text: string; readonly spot: Spot }
  /** Front matter and contents end here. */
  | { readonly kind: 'body' }
  /** What stands on its other side may be anywhere. */
  | { readonly kind: 'stop' }

/** The piece that parts what stands before it from what comes after. */
export const stop: Piece = { kind: 'stop' }

/** Marks what belongs to a figure or table. */
export function floating(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) =>
    piece.kind === 'grid' || (piece.kind === 'block' && piece.what === 'caption')
      ? { ...piece, isFloat: true }
      : piece,
  )
}

/** Something that the print does not show as it should. */
export interface Fault {
  readonly spot: Spot
  readonly reason: string
}

/** Joins what pieces say in one line, with marks; a stop is a gap in it. */
export function lineOf(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === 'text' || piece.kind === 'value') return piece.text
      return piece.kind === 'open' || piece.kind === 'close' ? '' : '\uE000'
    })
    .join('')
    .replace(new RegExp(`[${blockEnd} ]+$`, 'u'), '')
}

/** What the report shows, besides its sources. */
export interface Shown {
  readonly tree: ReportTree
  readonly results: Results
  readonly targets: readonly Target[]
  readonly registers: readonly FilledRegister[]
}

/** What is known where a chapter is read; notes are gathered on the way, to be read at its end. */
export interface Reading extends Shown {
  readonly file: string
  readonly source: string
  /** The page's own words in the language of the place. */
  readonly words: Words
  /** Whether its words run from right to left: a reader of the print may give them in another order. */
  readonly isFromRight: boolean
  /** Whether it stands in columns, where lines of others stand beside it. */
  readonly isBeside?: boolean
  /** Whose Markdown it is, outside the chapters. */
  readonly owner?: Owner
  readonly definitions: Map<string, FootnoteDefinition>
  readonly noted: Set<string>
  /** Reads any node: what a cell shows is Markdown again. */
  read(node: Nodes, reading: Reading): Piece[]
}
