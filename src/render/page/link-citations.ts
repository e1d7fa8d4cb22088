import type { Element, ElementContent } from 'hast'
import type { Reference } from './format-citations.ts'
import { h } from './hast.ts'

const address = /https?:\/\/[^\s<>]+[^\s<>.,;:)\]]|(?<=doi:\s?)10\.\d{4,9}\/[^\s<>]+[^\s<>.,;:)\]]/giu
// A number after a label is that of a page or a chapter: `p. 3`.
const labels = 'pp?|chaps?|secs?|figs?|vols?|nos?|ll?|nn?|paras?|pts?|bks?|cols?|vv?|fols?|op'
const number = new RegExp(String.raw`(?<!\d|[–-]|(?:(?<!\p{L})(?:${labels})\.?|[§¶])\s*)\d+`, 'gu')

/** Makes the list of references, with an id `ref-KEY` for each and links where an entry has an address. */
export function referenceList(references: readonly Reference[]): Element {
  const items = references.map(({ key, label, children }) => {
    const text = h('span', { className: ['weft-entry'] }, linked(children, address, linkAddress))
    const number =
      label === undefined
        ? []
        : [
            h('span', { className: ['weft-entry-label'] }, [{ type: 'text', value: label } as const]),
            { type: 'text', value: ' ' } as const,
          ]
    return h('li', { id: `ref-${key}` }, [...number, text])
  })
  return h('ul', { className: ['weft-references'] }, items)
}

function linkAddress(text: string): Element {
  const href = text.startsWith('10.') ? `https://doi.org/${text}` : text
  return h('a', { href }, [{ type: 'text', value: text }])
}

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
  if (!numbers) return keys.length === 1 ? [linkReference(keys[0]!, children)] : [...children]
  const open = new Map(keys.map((key) => [numbers.get(key) ?? '', key]))
  return linked(children, number, (text) => {
    const key = open.get(text)
    open.delete(text)
    return key === undefined ? undefined : linkReference(key, [{ type: 'text', value: text }])
  })
}

function linkReference(key: string, children: readonly ElementContent[]): Element {
  return h('a', { className: ['weft-reference'], href: `#ref-${encodeURIComponent(key)}` }, children)
}

// Replaces what a pattern finds in texts outside links by the link that is made of it, if any.
function linked(
  nodes: readonly ElementContent[],
  pattern: RegExp,
  link: (text: string) => Element | undefined,
): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'element')
      return [node.tagName === 'a' ? node : { ...node, children: linked(node.children, pattern, link) }]
    if (node.type !== 'text') return [node]
    const pieces: ElementContent[] = []
    let at = 0
    for (const { 0: found, index } of node.value.matchAll(pattern)) {
      const made = link(found)
      if (!made) continue
      pieces.push({ type: 'text', value: node.value.slice(at, index) }, made)
      at = index + found.length
    }
    pieces.push({ type: 'text', value: node.value.slice(at) })
    return pieces.filter((piece) => piece.type !== 'text' || piece.value !== '')
  })
}
