import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, axesOf, reducedShape } from '../shape.ts'

// An index has no derivative.
const op: Op = { type: 'ArgMax' }

/** Gives the index of the largest element along one axis as int32; of equal elements, the first. */
export function argMax(x: Node, axis = -1): Node {
  assertFloat('argMax', x)
  const axes = axesOf('argMax', x, axis)
  return node(op, [x], {
    shape: reducedShape(x.shape, axes, false),
    dtype: 'int32',
    attrs: { axis: axes[0]! },
  })
}
