import type { InlineCode, PhrasingContent, Root, RootContent } from 'mdast'
import type { Directives, TextDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import type { Expressed } from '../execute/evaluate.ts'
import { type Owner, shownBy } from '../execute/output-expressions.ts'
import { fail } from '../model/messages.ts'
import type { Drawn, ReportTree, Tabled, Target } from '../model/types.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import { markOf } from '../syntax/marks.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import type { Results } from './value-node.ts'
import { claimNode, valueNode } from './value-node.ts'

/** What `inject` knows while it puts results into a chapter, and what it collects on the way. */
export interface Context {
  readonly file: VFile
  readonly tree: ReportTree
  readonly results: Results
  readonly drawn: Drawn[]
  readonly tabled: Tabled[]
  readonly targets: readonly Target[]
  readonly drawings?: Drawings
  /** Filled after everything else is in its place. */
  readonly registers: { readonly node: Directives; readonly parent: Parent; readonly context: Context }[]
  /** Claims as the page shows them, by id. */
  readonly claims: Map<string, Parent>
}

/** Replaces a node with other nodes; changes its parent in place. */
export function replace(parent: Parent, node: Node, nodes: readonly Node[]): void {
  parent.children.splice(parent.children.indexOf(node), 1, ...nodes)
}

/** Parses the Markdown of a cell, a listing or a register, and puts its values in their places. */
export function fragment(markdown: string, owner: Owner, context: Context): RootContent[] {
  const onProblem = (reason: string) => fail(context.file, 'number-has-source', reason, owner.position)
  const tree: Root = { type: 'root', children: parseFragment(markdown, owner.position, onProblem) }
  const inline: { node: InlineCode; source: string; parent: Parent }[] = []
  visit(tree, 'inlineCode', (node: InlineCode, _index, parent) => {
    const source = markOf(node)?.value
    if (source !== undefined) inline.push({ node, source, parent: parent as Parent })
  })
  for (const { node, source, parent } of inline)
    replace(parent, node, [
      expressionNode(node, shownBy(owner, source, context.results.expressions)!, context),
    ])
  return tree.children
}

/** Shows a value or a claim; its element has the id as `data-value`. */
export function expressionNode(
  node: InlineCode | TextDirective,
  { expression, result }: Expressed,
  { file, results, claims }: Context,
): PhrasingContent {
  const { id } = expression
  if (node.type !== 'textDirective') return named(valueNode(node, expression, result, results, file), id)
  const claim = named(claimNode(node, expression, result, results, file), id)
  claims.set(id, claim as Parent)
  return claim
}

function named(node: PhrasingContent, id: string): PhrasingContent {
  const { hProperties, ...data } = node.data as { readonly hProperties: object }
  return { ...node, data: { ...data, hProperties: { ...hProperties, dataValue: id } } } as PhrasingContent
}
