import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { nodeText } from '../shape.ts'

// The gradient is transposed back, by the inverse order of the axes.
const op: Op = {
  type: 'Transpose',
  gradient: ({ attrs }, upstream) => {
    const order = attrs.order as number[]
    return transpose(
      upstream,
      order.map((_, axis) => order.indexOf(axis)),
    )
  },
}

/** Permutes the axes; by default it reverses them. */
export function transpose(x: Node, order: readonly number[] = [...x.shape.keys()].reverse()): Node {
  const isOrder = order.length === x.shape.length && [...x.shape.keys()].every((axis) => order.includes(axis))
  if (!isOrder) {
    throw new Error(
      `Cannot transpose ${nodeText(x)}, expected each axis from 0 to ${x.shape.length - 1} once, found [${order.join(', ')}]`,
    )
  }
  return node(op, [x], { shape: order.map((axis) => x.shape[axis]!), dtype: x.dtype, attrs: { order } })
}
