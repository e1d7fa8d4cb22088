import type { Node } from '../../node.ts'

/** Says whether a node sums a matrix over its rows: a product with ones from the left. */
export function isSumOfRows({ op, attrs, inputs }: Node): boolean {
  return op.type === 'ReduceSum' && inputs[0]!.shape.length === 2 && (attrs.axes as number[]).join() === '0'
}
