import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'

// With y = sigmoid(x): dy/dx = y (1 - y).
const op: Op = {
  type: 'Sigmoid',
  gradient: (y, upstream) => mul(upstream, mul(y, sub(1, y))),
}

/** Computes 1 / (1 + exp(-x)). */
export function sigmoid(x: Node): Node {
  return unary(op, 'sigmoid', x)
}
