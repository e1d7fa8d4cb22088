import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { nodeText } from '../shape.ts'
import { matMul } from './mat-mul.ts'
import { oneHot } from './one-hot.ts'

// Each row of the table gets the sum of the gradients of its copies; no gradient flows to the indices.
const op: Op = {
  type: 'Gather',
  gradient: ({ inputs }, upstream, index) => {
    if (index === 1) return undefined
    const [x, indices] = inputs as [Node, Node]
    if (x.shape.length !== 2 || x.shape[0] === null || indices.shape.length !== 1) {
      throw new Error(
        `Cannot take the gradient of gather ${nodeText(x)} at ${nodeText(indices)}, expected a matrix of known size and a vector`,
      )
    }
    return matMul(oneHot(indices, x.shape[0]!), upstream, { transposeA: true })
  },
}

/** Takes rows of x: `[...indices.shape, ...x.shape.slice(1)]`. Indices must be int32 and within x. */
export function gather(x: Node, indices: Node): Node {
  if (indices.dtype !== 'int32' || x.shape.length === 0) {
    throw new Error(
      `Cannot gather ${nodeText(x)} at ${nodeText(indices)}, expected rows and int32 indices, found ${indices.dtype}`,
    )
  }
  return node(op, [x, indices], { shape: [...indices.shape, ...x.shape.slice(1)], dtype: x.dtype })
}
