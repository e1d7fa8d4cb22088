import type { Node } from 'unist'
import { isDirective } from './directives.ts'

const example = "`:given[40 epochs]{from='the assignment'}`"

/**
 * Turns `:given[40 epochs]{from='the assignment'}` into an element that shows its text and names the source of what
 * is typed in it; changes the node in place. Gives what is wrong with one that names none, whose text is shown all the
 * same, and undefined for any other node.
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

/** Says whether a node shows what is given. */
export function isGiven(node: Node): boolean {
  const { hProperties } = (node.data ?? {}) as { readonly hProperties?: { readonly className?: unknown } }
  return typeof hProperties?.className === 'string' && hProperties.className.startsWith(givenClass)
}
