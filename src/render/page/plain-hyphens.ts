import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/**
 * Writes Unicode's own hyphens with the one that fonts have: U+2010 as the plain one, U+2011, at which no line
 * may end, as the plain one between word joiners.
 */
export function plainHyphens(tree: Root): void {
  visit(tree, 'text', (node) => {
    node.value = node.value.replaceAll('\u2010', '-').replaceAll('\u2011', '\u2060-\u2060')
  })
}
