import type { Node } from '../node.ts'
import { node } from '../node.ts'

/**
 * Gives `result` with its own gradient rule, which replaces that of the nodes it is built from: the gradient of the
 * loss by `by` is `rule(upstream)`, and no other gradient flows.
 */
export function withGradient(result: Node, by: Node, rule: (upstream: Node) => Node): Node {
  const op = {
    type: 'Identity',
    gradient: (_: Node, upstream: Node, index: number) => (index === 1 ? rule(upstream) : undefined),
  }
  return node(op, [result, by], { shape: result.shape, dtype: result.dtype })
}
