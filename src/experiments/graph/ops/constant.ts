import type { DType, Node, Op, Operand, Value } from '../node.ts'
import { elementsOf, node, value } from '../node.ts'

const op: Op = { type: 'Constant' }

/** Gives a node with fixed elements: a number is a scalar, a list is a vector, a `Value` has any shape. */
export function constant(elements: number | readonly number[] | Value, dtype: DType = 'float32'): Node {
  const fixed = toValue(elements, dtype)
  return node(op, [], { shape: fixed.shape, dtype: fixed.dtype, value: fixed })
}

/** Converts a number to a constant scalar of a dtype. */
export function operand(x: Operand, dtype: DType = 'float32'): Node {
  return typeof x === 'number' ? constant(x, dtype) : x
}

/** Converts numbers to a value of a dtype; a `Value` stays as it is. */
function toValue(elements: number | readonly number[] | Value, dtype: DType): Value {
  if (typeof elements === 'object' && 'data' in elements) return elements
  const list = typeof elements === 'number' ? [elements] : elements
  const shape = typeof elements === 'number' ? [] : [list.length]
  return value(elementsOf(list, dtype), shape, dtype)
}
