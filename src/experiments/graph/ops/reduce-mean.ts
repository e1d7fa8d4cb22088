import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, axesOf, reducedShape } from '../shape.ts'
import { div } from './div.ts'
import { broadcastTo } from './reduce-sum.ts'
import { reshape } from './reshape.ts'
import { size } from './size.ts'

// Every element gets the gradient of its mean, divided by the number of elements.
const op: Op = {
  type: 'ReduceMean',
  gradient: ({ inputs, attrs }, upstream) => {
    const [x] = inputs as [Node]
    const axes = attrs.axes as number[]
    const each = div(upstream, size(x, axes))
    return broadcastTo(reshape(each, reducedShape(x.shape, axes, true)), x.shape)
  },
}

/** Computes the mean over some axes, or over all. float32. */
export function reduceMean(
  x: Node,
  axis?: number | readonly number[],
  { keepDims = false }: { readonly keepDims?: boolean } = {},
): Node {
  assertFloat('reduceMean', x)
  const axes = axesOf('reduceMean', x, axis)
  return node(op, [x], { shape: reducedShape(x.shape, axes, keepDims), attrs: { axes, keepDims } })
}
