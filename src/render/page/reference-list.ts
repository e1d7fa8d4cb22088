import type { Element, ElementContent } from 'hast'
import type { Reference } from './format-citations.ts'
import { h } from './hast.ts'

const address = /https?:\/\/[^\s<>]+[^\s<>.,;:)\]]|(?<=doi:\s?)10\.\d{4,9}\/[^\s<>]+[^\s<>.,;:)\]]/giu

/** Makes the list of references, with an id `ref-KEY` for each and links where an entry has an address. */
export function referenceList(references: readonly Reference[]): Element {
  const items = references.map(({ key, label, children }) => {
    const text = h('span', { className: ['weft-entry'] }, children.flatMap(withLinks))
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

function withLinks(node: ElementContent): ElementContent[] {
  if (node.type === 'element')
    return [node.tagName === 'a' ? node : { ...node, children: node.children.flatMap(withLinks) }]
  if (node.type !== 'text') return [node]
  const pieces: ElementContent[] = []
  let at = 0
  for (const match of node.value.matchAll(address)) {
    const href = match[0].startsWith('10.') ? `https://doi.org/${match[0]}` : match[0]
    pieces.push({ type: 'text', value: node.value.slice(at, match.index) })
    pieces.push(h('a', { href }, [{ type: 'text', value: match[0] }]))
    at = match.index + match[0].length
  }
  pieces.push({ type: 'text', value: node.value.slice(at) })
  return pieces.filter((piece) => piece.type !== 'text' || piece.value !== '')
}
