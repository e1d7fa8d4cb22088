import type { Node } from '../node.ts'
import { node } from '../node.ts'

/**
 * Gives `result` with a gradient rule of its own in place of that of the nodes it is made of: the loss' gradient
 * by `by` is `rule(upstream)`, and none flows to anything else.
 */
export function withGradient(result: Node, by: Node, rule: (upstream: Node) => Node): Node {
  const op = {
    type: 'Identity',
    gradient: (_: Node, upstream: Node, index: number) => (index === 1 ? rule(upstream) : undefined),
  }
  return node(op, [result, by], { shape: result.shape, dtype: result.dtype })
}
