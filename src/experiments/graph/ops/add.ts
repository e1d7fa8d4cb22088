import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'
import { sumTo } from './reduce-sum.ts'

// The gradient passes to both inputs; where one was broadcast, it is summed back to that input's shape.
const op: Op = {
  type: 'Add',
  gradient: ({ inputs }, upstream, index) => sumTo(upstream, inputs[index]!.shape),
}

/** Computes a + b; shapes broadcast. */
export function add(a: Operand, b: Operand): Node {
  return binary(op, 'add', a, b)
}
