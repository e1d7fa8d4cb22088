import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

// d log(1 + e^x)/dx = sigmoid(x).
const op: Op = { type: 'Softplus', gradient: ({ inputs }, upstream) => mul(upstream, sigmoid(inputs[0]!)) }

/** Computes log(1 + exp(x)) without overflow. */
export function softplus(x: Node): Node {
  return unary(op, 'softplus', x)
}
