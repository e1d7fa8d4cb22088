import type { Data, Node } from 'unist'
import type { Tolerance } from '../model/types.ts'

/** What a node of a report's tree stands for: a cell or a listing by its label, an expression by its id. */
interface Mark {
  readonly cell?: string
  readonly listing?: string
  readonly expression?: string
  /** The expression of a value that stands in what a cell shows. */
  readonly value?: string
  /** The rule written at it. */
  readonly tolerance?: Tolerance
}

/** Gives the mark that `parse` left on a node. */
export function markOf(node: Node): Mark | undefined {
  return (node.data as (Data & { weft?: Mark }) | undefined)?.weft
}

/** Leaves a mark on a node. */
export function setMark(node: Node, mark: Mark): void {
  node.data = { ...node.data, weft: mark } as Data
}
