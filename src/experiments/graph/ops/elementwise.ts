import type { DType, Node, Op, Operand } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, broadcastShape, nodeText } from '../shape.ts'
import { operand } from './constant.ts'

/** Creates a node with one float32 input and the shape of that input. */
export function unary(op: Op, verb: string, x: Node): Node {
  assertFloat(verb, x)
  return node(op, [x], { shape: x.shape })
}

/** Creates a node with two inputs that broadcast; a number becomes a scalar of the other input's dtype. */
export function binary(op: Op, verb: string, a: Operand, b: Operand, dtype?: DType): Node {
  const left = operand(a, typeof b === 'number' ? undefined : b.dtype)
  const right = operand(b, left.dtype)
  const shape = broadcastShape(left.shape, right.shape)
  if (!shape) {
    throw new Error(`Cannot ${verb} ${nodeText(left)} and ${nodeText(right)}, expected shapes that broadcast`)
  }
  if (left.dtype !== right.dtype) {
    throw new Error(
      `Cannot ${verb} ${nodeText(left)} and ${nodeText(right)}, expected one dtype, found ${left.dtype} and ${right.dtype}`,
    )
  }
  if (dtype === undefined) assertFloat(verb, left, right)
  return node(op, [left, right], { shape, dtype: dtype ?? left.dtype })
}
