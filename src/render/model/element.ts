import type { RootContent } from 'mdast'
import type { Node, Parent } from 'unist'
import { visit } from 'unist-util-visit'
import type { Position } from './types.ts'

/** Makes an mdast node that remark-rehype turns into the HTML element of that name. */
export function element(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  children: readonly unknown[],
): RootContent {
  return {
    type: 'weftElement',
    children,
    data: { hName: name, hProperties: properties },
  } as unknown as RootContent
}

/** Joins the text, code and formulas below a node. */
export function textBelow(node: Node): string {
  if ('children' in node) return (node as Parent).children.map(textBelow).join('')
  return 'value' in node ? String(node.value) : ''
}

/**
 * Gives nodes that a cell made the cell's place, all the way down, so that what is wrong with them is said there:
 * the places of a caption's own Markdown would be those in the caption.
 */
export function withPosition<T extends Node>(nodes: readonly T[], position: Position): T[] {
  const copies = structuredClone(nodes) as T[]
  for (const copy of copies)
    visit(copy as Node, (node: Node) => {
      node.position = position
    })
  return copies
}
