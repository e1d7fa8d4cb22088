import type { Data, Node } from 'unist'

/** What a node of a report's tree stands for: a cell by its label, or an expression by its number. */
export interface Mark {
  readonly cell?: string
  readonly expression?: number
}

/** Gives the mark that `parse` left on a node. */
export function markOf(node: Node): Mark | undefined {
  return (node.data as (Data & { weft?: Mark }) | undefined)?.weft
}

/** Leaves a mark on a node. */
export function setMark(node: Node, mark: Mark): void {
  node.data = { ...node.data, weft: mark } as Data
}
