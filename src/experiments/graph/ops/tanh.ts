import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { square } from './square.ts'
import { sub } from './sub.ts'

// With y = tanh(x): dy/dx = 1 - y y.
const op: Op = {
  type: 'Tanh',
  gradient: (y, upstream) => mul(upstream, sub(1, square(y))),
}

/** Computes the hyperbolic tangent. */
export function tanh(x: Node): Node {
  return unary(op, 'tanh', x)
}
