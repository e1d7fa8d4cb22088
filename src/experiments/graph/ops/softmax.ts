import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, nodeText } from '../shape.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce-sum.ts'
import { sub } from './sub.ts'

// With y = softmax(x) and g = dL/dy: dL/dx_i = y_i (g_i - sum_j g_j y_j).
const op: Op = {
  type: 'Softmax',
  gradient: (y, upstream) => mul(y, sub(upstream, reduceSum(mul(upstream, y), -1, { keepDims: true }))),
}

/** Computes exp(x) / sum(exp(x)) along the last axis. */
export function softmax(x: Node): Node {
  assertFloat('softmax', x)
  if (x.shape.length === 0) throw new Error(`Cannot softmax ${nodeText(x)}, expected at least one axis`)
  return node(op, [x], { shape: x.shape })
}
