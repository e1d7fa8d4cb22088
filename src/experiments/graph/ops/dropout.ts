import { fillWithBits } from '../../../statistics/random.ts'
import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, nodeText } from '../shape.ts'
import { cast } from './cast.ts'
import { mul } from './mul.ts'

const op: Op = { type: 'DropoutMask' }

/**
 * Sets a share of the elements to 0 and scales the others by 1 / (1 - rate), so that the mean stays the same (N.
 * Srivastava et al., "Dropout", JMLR 15, 2014, with the scaling during training). Each step draws a new mask by the
 * seed. Leave it out of a graph for inference, because a graph is static.
 */
export function dropout(x: Node, { rate, seed }: { readonly rate: number; readonly seed: number }): Node {
  assertFloat('dropout', x)
  if (!(rate >= 0 && rate < 1))
    throw new Error(`Cannot dropout ${nodeText(x)}, expected a rate in [0, 1), found ${rate}`)
  if (rate === 0) return x
  if (x.shape[0] !== null) throw new Error(`Cannot dropout ${nodeText(x)}, expected a batch, [null, ...]`)
  const mask = node(op, [], { shape: x.shape, dtype: 'uint8', attrs: { rate, seed } })
  return mul(mul(x, cast(mask, 'float32')), 1 / (1 - rate))
}

/** Says whether a node draws the mask of a Dropout layer. */
export function isMask(x: Node): boolean {
  return x.op.type === op.type
}

// Separate from the streams that draw weights and row orders with the same seed.
const maskStream = 2 ** 33
const mostMasks = 2 ** 10

/**
 * Draws the mask of one step: `length` bytes, 0 with the probability `rate`, else 1. The mask depends on the seed, the
 * step and its place among the masks of a graph, so that all engines use the same and two layers drop different units.
 */
export function drawMask({ attrs }: Node, step: number, mask: Uint8Array, place = 0): void {
  const stream = maskStream + step * mostMasks + place
  fillWithBits(mask, attrs.rate as number, { seed: attrs.seed as number, stream })
}
