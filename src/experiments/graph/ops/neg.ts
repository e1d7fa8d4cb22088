import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'

// d(-x)/dx = -1.
const op: Op = { type: 'Neg', gradient: (_, upstream) => neg(upstream) }

/** Computes -x. */
export function neg(x: Node): Node {
  return unary(op, 'neg', x)
}
