import type { Node } from 'unist'
import { isDirective } from './directives.ts'

const example = "`:given[40 epochs]{from='the assignment'}`"

/**
 * Turns `:given[40 epochs]{from='the assignment'}` into an element that shows its text and names its source; changes
 * the node in place. Returns what is wrong with one without a source, whose text still shows; returns undefined for
 * any other node.
 */
export function takeGiven(node: Node): string | undefined {
  if (!isDirective(node) || node.name !== 'given') return undefined
  const source = node.attributes?.from?.trim().replace(/\s+/g, ' ') ?? ''
  const isInline = node.type === 'textDirective'
  const properties =
    source === ''
      ? { className: `${givenClass} weft-missing` }
      : { className: givenClass, title: `given: ${source}` }
  Object.assign(node, {
    type: 'weftElement',
    data: { hName: isInline ? 'span' : 'div', hProperties: properties },
  })
  if (!isInline) return `Unexpected given as a block, expected ${example} in a line`
  if (source === '') return `Unexpected given without its source, expected ${example}`
  return node.children.length > 0 ? undefined : `Unexpected given of nothing, expected ${example}`
}

const givenClass = 'weft-given'

/** Checks whether a node is the element of a `:given`. */
export function isGiven(node: Node): boolean {
  const { hProperties } = (node.data ?? {}) as { readonly hProperties?: { readonly className?: unknown } }
  return typeof hProperties?.className === 'string' && hProperties.className.startsWith(givenClass)
}
