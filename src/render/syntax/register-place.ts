import type { Directives } from 'mdast-util-directive'
import type { Node } from 'unist'
import type { VFile } from 'vfile'
import { isDirective } from './directives.ts'
import type { Place } from './place.ts'

/** Says whether a node asks for a register that is filled here; the list of references is made by citations. */
export function isRegister(node: Node): node is Directives {
  return isDirective(node) && node.name === 'register' && node.attributes?.of !== 'references'
}

/** Gives what a register asks for, and where it stands. */
export function placeOf(node: Directives, file: VFile): Place {
  const given = Object.entries(node.attributes ?? {})
  const attributes = Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
  return { file, position: node.position, attributes, form: node.type }
}
