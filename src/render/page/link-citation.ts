import type { Element, ElementContent } from 'hast'
import { h } from './hast.ts'

// A number after a label is that of a page or a chapter: `p. 3`.
const labels = 'pp?|chaps?|secs?|figs?|vols?|nos?|ll?|nn?|paras?|pts?|bks?|cols?|vv?|fols?|op'
const number = new RegExp(String.raw`(?<!\d|[–-]|(?:(?<!\p{L})(?:${labels})\.?|[§¶])\s*)\d+`, 'gu')

/**
 * Links a citation to its entries in the list of references: each number of a numeric style, else the whole of a
 * citation of one key.
 *
 * @param numbers Number of each key in the list; undefined for a style without them.
 */
export function linkCitation(
  children: readonly ElementContent[],
  keys: readonly string[],
  numbers: ReadonlyMap<string, string> | undefined,
): ElementContent[] {
  if (!numbers) return keys.length === 1 ? [link(keys[0]!, children)] : [...children]
  const open = new Map(keys.map((key) => [numbers.get(key) ?? '', key]))
  return children.flatMap((child) => linkNumbers(child, open))
}

function linkNumbers(node: ElementContent, open: Map<string, string>): ElementContent[] {
  if (node.type === 'element') {
    const children = node.children.flatMap((child) => linkNumbers(child, open))
    return [{ ...node, children }]
  }
  if (node.type !== 'text') return [node]
  const pieces: ElementContent[] = []
  let at = 0
  for (const match of node.value.matchAll(number)) {
    const key = open.get(match[0])
    if (key === undefined) continue
    open.delete(match[0])
    pieces.push({ type: 'text', value: node.value.slice(at, match.index) })
    pieces.push(link(key, [{ type: 'text', value: match[0] }]))
    at = match.index + match[0].length
  }
  pieces.push({ type: 'text', value: node.value.slice(at) })
  return pieces.filter((piece) => piece.type !== 'text' || piece.value !== '')
}

function link(key: string, children: readonly ElementContent[]): Element {
  return h('a', { className: ['weft-reference'], href: `#ref-${encodeURIComponent(key)}` }, [...children])
}
