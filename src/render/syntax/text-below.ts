import type { Node, Parent } from 'unist'

/** Joins the text, code and formulas below a node. */
export function textBelow(node: Node): string {
  if ('children' in node) return (node as Parent).children.map(textBelow).join('')
  return 'value' in node ? String(node.value) : ''
}
