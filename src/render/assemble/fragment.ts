import type { InlineCode, PhrasingContent, Root, RootContent } from 'mdast'
import type { TextDirective } from 'mdast-util-directive'
import type { Parent } from 'unist'
import { visit } from 'unist-util-visit'
import { fail } from '../model/messages.ts'
import type { Expression } from '../model/types.ts'
import { markOf } from '../syntax/marks.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { type Context, replace } from './inject-context.ts'
import { claimNode, valueNode } from './value-node.ts'

/** What Markdown outside the chapters belongs to: a cell, a listing or a register, where it stands. */
export type Owner = Pick<Expression, 'file' | 'position'>

/** Parses Markdown that belongs to a cell, a listing or a register, with its values in their places. */
export function fragment(markdown: string, owner: Owner, context: Context): RootContent[] {
  const onProblem = (reason: string) => fail(context.file, 'number-has-source', reason, owner.position)
  const tree: Root = { type: 'root', children: parseFragment(markdown, owner.position, onProblem) }
  const inline: { node: InlineCode; source: string; parent: Parent }[] = []
  visit(tree, 'inlineCode', (node: InlineCode, _index, parent) => {
    const source = markOf(node)?.value
    if (source !== undefined) inline.push({ node, source, parent: parent as Parent })
  })
  for (const { node, source, parent } of inline) {
    const number = context.expressions.findIndex((one) => one.source === source && isAt(one, owner))
    replace(parent, node, [expressionNode(node, number, context)])
  }
  return tree.children
}

// The trees are copies of those in which the expressions were found.
function isAt({ file, position }: Expression, owner: Owner): boolean {
  return file === owner.file && position.start.offset === owner.position.start.offset
}

/** Shows a value or a claim by its number among the expressions, which its element has as `data-value`. */
export function expressionNode(
  node: InlineCode | TextDirective,
  number: number,
  { file, expressions, results, claims }: Context,
): PhrasingContent {
  const expression = expressions[number]!
  const result = results.values.get(number)
  if (node.type !== 'textDirective')
    return numbered(valueNode(node, expression, result, results, file), number)
  const claim = numbered(claimNode(node, expression, result, results, file), number)
  claims.set(number, claim as Parent)
  return claim
}

function numbered(node: PhrasingContent, number: number): PhrasingContent {
  const { hProperties, ...data } = node.data as { readonly hProperties: object }
  return { ...node, data: { ...data, hProperties: { ...hProperties, dataValue: number } } } as PhrasingContent
}
