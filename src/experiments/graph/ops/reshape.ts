import type { Node, Op, Shape } from '../node.ts'
import { node } from '../node.ts'
import { nodeText, sameShape, shapeText } from '../shape.ts'

// The gradient has the same elements in the shape of the input.
const op: Op = {
  type: 'Reshape',
  gradient: ({ inputs }, upstream) => reshape(upstream, inputs[0]!.shape),
}

/** Gives the same elements, row-major, in another shape. The batch stays unknown if it is null in both shapes. */
export function reshape(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x
  const isShape = shape.every(
    (dimension) => dimension === null || (Number.isInteger(dimension) && dimension > 0),
  )
  if (!isShape || known(x.shape) !== known(shape) || unknown(x.shape) !== unknown(shape))
    throw new Error(
      `Cannot reshape ${nodeText(x)} to ${shapeText(shape)}, expected a shape of as many elements`,
    )
  return node(op, [x], { shape, dtype: x.dtype })
}

/** Counts the elements of a shape, a batch of unknown size as one row. */
function known(shape: Shape): number {
  return shape.reduce<number>((product, dimension) => product * (dimension ?? 1), 1)
}

/** Counts the dimensions of unknown size. */
function unknown(shape: Shape): number {
  return shape.filter((dimension) => dimension === null).length
}
