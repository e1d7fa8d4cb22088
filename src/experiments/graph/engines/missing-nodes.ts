import type { Node } from '../node.ts'
import { inOrder } from '../node.ts'

/** Gives the nodes that `roots` still need, each after its inputs. The inputs of a given node are not needed. */
export function missingNodes(roots: readonly Node[], given: ReadonlyMap<Node, unknown>): Node[] {
  const needed = new Set<Node>()
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (needed.has(node) || given.has(node)) continue
    needed.add(node)
    // The size depends on the batch alone, so its inputs are not needed.
    if (node.op.type !== 'Size') stack.push(...node.inputs)
  }
  return inOrder(roots).filter((node) => needed.has(node))
}
