import type { DType, Node, Op } from '../node.ts'
import { node } from '../node.ts'

// A conversion passes no gradient on.
const op: Op = { type: 'Cast' }

/** Converts elements to another dtype: false and true become 0 and 1, fractions are truncated. No gradient flows. */
export function cast(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : node(op, [x], { shape: x.shape, dtype })
}
