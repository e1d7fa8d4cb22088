import type { Node } from '../node.ts'
import { inOrder } from '../node.ts'

/** Gives what `roots` rest on and is not there yet, each after its inputs: what lies before a given node need not be. */
export function missingNodes(roots: readonly Node[], given: ReadonlyMap<Node, unknown>): Node[] {
  const needed = new Set<Node>()
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (needed.has(node) || given.has(node)) continue
    needed.add(node)
    // A size is known from the batch alone.
    if (node.op.type !== 'Size') stack.push(...node.inputs)
  }
  return inOrder(roots).filter((node) => needed.has(node))
}
