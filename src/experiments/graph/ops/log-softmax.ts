import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, nodeText } from '../shape.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce-sum.ts'
import { sub } from './sub.ts'

// With g = dL/dy: dL/dx_i = g_i - softmax(x)_i sum_j g_j, and softmax(x) = e^y.
const op: Op = {
  type: 'LogSoftmax',
  gradient: (y, upstream) => sub(upstream, mul(exp(y), reduceSum(upstream, -1, { keepDims: true }))),
}

/** Computes x - log(sum(exp(x))) along the last axis, without overflow. */
export function logSoftmax(x: Node): Node {
  assertFloat('logSoftmax', x)
  if (x.shape.length === 0) throw new Error(`Cannot logSoftmax ${nodeText(x)}, expected at least one axis`)
  return node(op, [x], { shape: x.shape })
}
