import type { Directives } from 'mdast-util-directive'
import type { Node } from 'unist'
import type { VFile } from 'vfile'
import type { Position } from '../model/types.ts'
import { isDirective } from './directives.ts'

/** One `::register{of=...}` of a report, where it stands. */
export interface Place {
  readonly file: VFile
  readonly position: Position | undefined
  /** Only a leaf, on a line of its own, can be filled. */
  readonly form: Directives['type']
  readonly attributes: Readonly<Record<string, string>>
}

/** Says whether a node asks for a register that is filled here; the list of references is made by citations. */
export function isRegister(node: Node): node is Directives {
  return isDirective(node) && node.name === 'register' && node.attributes?.of !== 'references'
}

/** Gives what a register asks for, and where it stands. */
export function placeOfRegister(node: Directives, file: VFile): Place {
  const given = Object.entries(node.attributes ?? {})
  const attributes = Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
  return { file, position: node.position, attributes, form: node.type }
}
