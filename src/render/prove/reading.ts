import type { FootnoteDefinition, Nodes } from 'mdast'
import type { FilledRegister } from '../assemble/inject.ts'
import type { Results } from '../assemble/value-node.ts'
import type { Expression, ReportTree, Target } from '../model/types.ts'
import type { Piece } from './piece.ts'

/** What the report shows, besides its sources. */
export interface Shown {
  readonly tree: ReportTree
  readonly results: Results
  /** Those of the chapters, then those of what cells show. */
  readonly expressions: readonly Expression[]
  readonly targets: readonly Target[]
  readonly registers: readonly FilledRegister[]
}

/** What is known where a chapter is read; notes are gathered on the way, to be read at its end. */
export interface Reading extends Shown {
  readonly file: string
  readonly source: string
  /** Whose Markdown it is, outside the chapters. */
  readonly owner?: Pick<Expression, 'file' | 'position'>
  readonly definitions: Map<string, FootnoteDefinition>
  readonly noted: Set<string>
  /** Reads any node: what a cell shows is Markdown again. */
  read(node: Nodes, reading: Reading): Piece[]
}
