import type { Node, Op } from '../node.ts'
import { div } from './div.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'

// With y = sqrt(x): dy/dx = 1 / (2 y).
const op: Op = { type: 'Sqrt', gradient: (y, upstream) => div(upstream, mul(y, 2)) }

/** Computes the square root; its derivative at 0 is infinite. */
export function sqrt(x: Node): Node {
  return unary(op, 'sqrt', x)
}
