import type { Batches } from '../engine.ts'
import type { Node, Value } from '../node.ts'
import { withBatch } from '../shape.ts'

/** Gives one step of several. */
export function oneStep(batches: Batches, at: number): Batches {
  const { batchSize, order, first, masks, steps } = batches
  const part = (all: Uint8Array) => all.subarray((at * all.length) / steps, ((at + 1) * all.length) / steps)
  return {
    ...batches,
    steps: 1,
    first: first + at * batchSize,
    order: order?.subarray(at * batchSize, (at + 1) * batchSize),
    masks: new Map([...masks].map(([mask, all]) => [mask, part(all)])),
  }
}

/** Gives what all steps read of a placeholder with a batch, its rows in their order, or of a dropout mask. */
export function rowsOf(node: Node, { data, masks, batchSize, steps, order, first }: Batches): Value {
  const rows = steps * batchSize
  const mask = masks.get(node)
  if (mask) return { dtype: node.dtype, shape: withBatch(node.shape, rows), data: mask }
  const { dtype, shape, data: all } = data.get(node)!
  const width = shape.slice(1).reduce((product, each) => product * each, 1)
  const wanted = { dtype, shape: [rows, ...shape.slice(1)] }
  if (!order) return { ...wanted, data: all.subarray(first * width, (first + rows) * width) }
  const gathered = new (all.constructor as Float32ArrayConstructor)(rows * width)
  for (const [index, row] of order.entries())
    gathered.set(all.subarray(row * width, (row + 1) * width) as Float32Array, index * width)
  return { ...wanted, data: gathered }
}
