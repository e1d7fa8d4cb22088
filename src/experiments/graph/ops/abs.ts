import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sign } from './sign.ts'

// d|x|/dx = sign(x).
const op: Op = { type: 'Abs', gradient: ({ inputs }, upstream) => mul(upstream, sign(inputs[0]!)) }

/** Computes |x|. Its derivative at 0 is defined as 0. */
export function abs(x: Node): Node {
  return unary(op, 'abs', x)
}
