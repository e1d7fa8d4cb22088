import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { nodeText } from '../shape.ts'

// Indices have no derivative.
const op: Op = { type: 'OneHot' }

/** Gives a row of `depth` zeros with a 1 at each index: float32, `[...shape, depth]`. Other indices give zeros. */
export function oneHot(indices: Node, depth: number): Node {
  if (indices.dtype !== 'int32') {
    throw new Error(
      `Cannot oneHot ${nodeText(indices)}, expected int32, found ${indices.dtype}: cast it first`,
    )
  }
  if (!Number.isInteger(depth) || depth < 1)
    throw new Error(`Cannot oneHot ${nodeText(indices)}, expected a whole depth above 0, found ${depth}`)
  return node(op, [indices], { shape: [...indices.shape, depth], attrs: { depth } })
}
