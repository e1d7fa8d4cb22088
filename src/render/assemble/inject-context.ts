import type { Directives } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import type { VFile } from 'vfile'
import type { Drawn, ReportTree, Tabled, Target } from '../model/types.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import type { Results } from './value-node.ts'

/** What is known where results are put into a chapter, and what is gathered on the way. */
export interface Context {
  readonly file: VFile
  readonly tree: ReportTree
  readonly results: Results
  readonly drawn: Drawn[]
  readonly tabled: Tabled[]
  readonly targets: readonly Target[]
  readonly drawings?: Drawings
  /** Filled when all else is in its place. */
  readonly registers: { readonly node: Directives; readonly parent: Parent; readonly context: Context }[]
  /** As they stand on the page, by their ids. */
  readonly claims: Map<string, Parent>
}

/** Puts other nodes in the place of one; changes its parent in place. */
export function replace(parent: Parent, node: Node, nodes: readonly Node[]): void {
  parent.children.splice(parent.children.indexOf(node), 1, ...nodes)
}
