import type { Data, Node } from 'unist'
import type { Tolerance } from '../model/types.ts'

/** Marks a node of a report's tree as a cell or a listing by its label, or as an expression by its id. */
interface Mark {
  readonly cell?: string
  readonly listing?: string
  readonly expression?: string
  /** The expression of a value in a cell's output. */
  readonly value?: string
  /** The tolerance written at the value. */
  readonly tolerance?: Tolerance
}

/** Gives the mark that `parse` left on a node. */
export function markOf(node: Node): Mark | undefined {
  return (node.data as (Data & { weft?: Mark }) | undefined)?.weft
}

/** Puts a mark on a node. */
export function setMark(node: Node, mark: Mark): void {
  node.data = { ...node.data, weft: mark } as Data
}
