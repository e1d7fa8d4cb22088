import type { Data, Node } from 'unist'
import type { Tolerance } from '../model/types.ts'
import { visit } from '../model/visit.ts'

/** Marks a node of a report's tree as a cell or a listing by its label, or as an expression by its id. */
interface Mark {
  readonly cell?: string
  readonly listing?: string
  readonly expression?: string
  /** The expression of a value in a cell's output. */
  readonly value?: string
  /** The label of a figure or table that its author typed. */
  readonly typed?: string
  /** The labels of the figures that have one number with it, in order. */
  readonly parts?: readonly string[]
  /** Of code that is a diagram: what it shows, in words. */
  readonly diagram?: string
  /** Whether it is the caption of what its author typed. */
  readonly isCaption?: true
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

// A parsed node stays as it is, but for the marks on it.
const marked = new WeakMap<Node, readonly Node[]>()

/** Lists the nodes at and below a parsed node that are marked or are directives, in document order. */
export function markedIn(tree: Node): readonly Node[] {
  const known = marked.get(tree)
  if (known) return known
  const found: Node[] = []
  visit(tree, (node: Node) => {
    if (markOf(node) || node.type.endsWith('Directive')) found.push(node)
  })
  marked.set(tree, found)
  return found
}
