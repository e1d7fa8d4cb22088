import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'

// de^x/dx = e^x, the output itself.
const op: Op = { type: 'Exp', gradient: (y, upstream) => mul(upstream, y) }

/** Computes e to the power of x. */
export function exp(x: Node): Node {
  return unary(op, 'exp', x)
}
