import type { Node, Op } from '../node.ts'
import { cast } from './cast.ts'
import { unary } from './elementwise.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'

// The gradient passes where the output is positive, and nowhere else.
const op: Op = {
  type: 'Relu',
  gradient: (y, upstream) => mul(upstream, cast(greater(y, 0), 'float32')),
}

/** Computes max(x, 0). Its derivative at 0 is defined as 0. */
export function relu(x: Node): Node {
  return unary(op, 'relu', x)
}
