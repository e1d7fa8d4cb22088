import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { axesOf } from '../shape.ts'
import { constant } from './constant.ts'

// A number of elements does not depend on their values.
const op: Op = { type: 'Size' }

/** Counts the elements along some axes: a float32 scalar, which is constant unless one of the axes is the batch. */
export function size(x: Node, axis?: number | readonly number[]): Node {
  const axes = axesOf('size', x, axis)
  if (axes.every((each) => x.shape[each] !== null))
    return constant(axes.reduce((product, each) => product * x.shape[each]!, 1))
  return node(op, [x], { shape: [], attrs: { axes } })
}
