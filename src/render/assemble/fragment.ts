import type { InlineCode, PhrasingContent, Root, RootContent } from 'mdast'
import type { TextDirective } from 'mdast-util-directive'
import type { Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { Expressed } from '../execute/evaluate.ts'
import { type Owner, shownBy } from '../execute/output-expressions.ts'
import { fail } from '../model/messages.ts'
import { markOf } from '../syntax/marks.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { type Context, replace } from './inject-context.ts'
import { claimNode, valueNode } from './value-node.ts'

/** Parses Markdown that belongs to a cell, a listing or a register, with its values in their places. */
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

/** Shows a value or a claim; its element has its id as `data-value`. */
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
