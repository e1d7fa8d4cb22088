import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'

const op: Op = { type: 'Softplus', gradient: ({ inputs }, upstream) => mul(upstream, sigmoid(inputs[0]!)) }

/** Computes log(1 + exp(x)) without overflow. */
export function softplus(x: Node): Node {
  return unary(op, 'softplus', x)
}
