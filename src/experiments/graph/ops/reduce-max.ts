import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, axesOf, reducedShape } from '../shape.ts'
import { cast } from './cast.ts'
import { div } from './div.ts'
import { equal } from './equal.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce-sum.ts'
import { reshape } from './reshape.ts'

const op: Op = {
  type: 'ReduceMax',
  // If several elements are the largest, they share the gradient equally.
  gradient: (y, upstream) => {
    const [x] = y.inputs as [Node]
    const axes = y.attrs.axes as number[]
    const kept = reducedShape(x.shape, axes, true)
    const isGreatest = cast(equal(x, reshape(y, kept)), 'float32')
    const shared = div(isGreatest, reduceSum(isGreatest, axes, { keepDims: true }))
    return mul(shared, reshape(upstream, kept))
  },
}

/** Gives the largest element over some axes, or over all; NaN if one of them is NaN. float32. */
export function reduceMax(
  x: Node,
  axis?: number | readonly number[],
  { keepDims = false }: { readonly keepDims?: boolean } = {},
): Node {
  assertFloat('reduceMax', x)
  const axes = axesOf('reduceMax', x, axis)
  return node(op, [x], { shape: reducedShape(x.shape, axes, keepDims), attrs: { axes, keepDims } })
}
