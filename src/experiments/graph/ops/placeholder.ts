import type { DType, Node, Op, Shape } from '../node.ts'
import { node } from '../node.ts'
import { shapeText } from '../shape.ts'

const op: Op = { type: 'Placeholder' }

/**
 * Gives a node whose elements are fed when the graph runs, under its name. Its first dimension may be null, which means
 * the batch.
 */
export function placeholder(name: string, shape: Shape, dtype: DType = 'float32'): Node {
  const isDimension = (dimension: unknown, axis: number) =>
    (axis === 0 && dimension === null) || (Number.isInteger(dimension) && (dimension as number) > 0)
  if (!shape.every(isDimension)) {
    throw new Error(
      `Cannot make placeholder \`${name}\`, expected whole numbers above 0, the first of them or null for the batch, found ${shapeText(shape)}`,
    )
  }
  return node(op, [], { shape, dtype, name })
}
