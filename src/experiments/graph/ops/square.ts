import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'

// d(x x)/dx = 2 x.
const op: Op = { type: 'Square', gradient: ({ inputs }, upstream) => mul(upstream, mul(inputs[0]!, 2)) }

/** Computes x x. */
export function square(x: Node): Node {
  return unary(op, 'square', x)
}
