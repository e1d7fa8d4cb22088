import type { Batches } from '../../engine.ts'
import type { Node, Value } from '../../node.ts'

/** Gives the elements of a placeholder with a batch, or of a dropout mask, in one of several steps. */
export function batchOf(
  node: Node,
  { data, masks, batchSize, steps, order, first }: Batches,
  at: number,
): Value {
  const mask = masks.get(node)
  const width = (node.shape.slice(1) as number[]).reduce((product, each) => product * each, 1)
  const shape = [batchSize, ...(node.shape.slice(1) as number[])]
  if (mask) {
    const length = mask.length / steps
    return { dtype: node.dtype, shape, data: mask.subarray(at * length, (at + 1) * length) }
  }
  const all = data.get(node)!.data
  if (!order) {
    const from = (first + at * batchSize) * width
    return { dtype: node.dtype, shape, data: all.subarray(from, from + batchSize * width) }
  }
  const gathered = all.slice(0, batchSize * width)
  for (let row = 0; row < batchSize; row++) {
    const from = order[at * batchSize + row]! * width
    gathered.set(all.subarray(from, from + width), row * width)
  }
  return { dtype: node.dtype, shape, data: gathered }
}
