import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import type { Position } from '../model/types.ts'

/**
 * Gives nodes that a cell made the cell's place, all the way down, so that what is wrong with them is said there:
 * the places of a caption's own Markdown would be those in the caption.
 */
export function placed<T extends Node>(nodes: readonly T[], position: Position): T[] {
  const copies = structuredClone(nodes) as T[]
  for (const copy of copies)
    visit(copy as Node, (node: Node) => {
      node.position = position
    })
  return copies
}
