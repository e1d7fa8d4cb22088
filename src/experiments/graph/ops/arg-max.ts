import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, axesOf, reducedShape } from '../shape.ts'

const op: Op = { type: 'ArgMax' }

/** Gives the index of the greatest element along one axis, the first of equal ones: int32. */
export function argMax(x: Node, axis = -1): Node {
  assertFloat('argMax', x)
  const axes = axesOf('argMax', x, axis)
  return node(op, [x], {
    shape: reducedShape(x.shape, axes, false),
    dtype: 'int32',
    attrs: { axis: axes[0]! },
  })
}
