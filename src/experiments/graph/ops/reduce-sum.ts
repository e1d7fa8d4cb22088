import type { Node, Op, Shape } from '../node.ts'
import { node } from '../node.ts'
import {
  assertFloat,
  axesOf,
  broadcastShape,
  nodeText,
  reducedShape,
  sameShape,
  shapeText,
} from '../shape.ts'
import { reshape } from './reshape.ts'

// Every element that was summed gets the gradient of its sum.
const sumOp: Op = {
  type: 'ReduceSum',
  gradient: ({ inputs, attrs }, upstream) => {
    const [x] = inputs as [Node]
    const kept = reducedShape(x.shape, attrs.axes as number[], true)
    return broadcastTo(reshape(upstream, kept), x.shape)
  },
}

// The gradients of all copies of an element are summed.
const broadcastOp: Op = {
  type: 'BroadcastTo',
  gradient: ({ inputs }, upstream) => sumTo(upstream, inputs[0]!.shape),
}

/** Sums over some axes, or over all. float32. */
export function reduceSum(
  x: Node,
  axis?: number | readonly number[],
  { keepDims = false }: { readonly keepDims?: boolean } = {},
): Node {
  assertFloat('reduceSum', x)
  const axes = axesOf('reduceSum', x, axis)
  return node(sumOp, [x], { shape: reducedShape(x.shape, axes, keepDims), attrs: { axes, keepDims } })
}

/** Repeats elements along axes of size 1, and along new leading axes. */
export function broadcastTo(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x
  const target = broadcastShape(x.shape, shape)
  if (!target || !sameShape(target, shape))
    throw new Error(
      `Cannot broadcast ${nodeText(x)} to ${shapeText(shape)}, expected axes of size 1 or equal ones`,
    )
  return node(broadcastOp, [x], { shape, dtype: x.dtype })
}

/** Sums over broadcast axes, which reverses a broadcast from `shape`. */
export function sumTo(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x
  // Axes that the broadcast added at the front, and those that it stretched from size 1.
  const extra = x.shape.length - shape.length
  const axes = [...x.shape.keys()].filter(
    (axis) => axis < extra || (shape[axis - extra] === 1 && x.shape[axis] !== 1),
  )
  const summed = axes.length > 0 ? reduceSum(x, axes) : x
  return reshape(summed, shape)
}
