import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'
import { sumTo } from './reduce-sum.ts'

const op: Op = {
  type: 'Add',
  gradient: ({ inputs }, upstream, index) => sumTo(upstream, inputs[index]!.shape),
}

/** Computes a + b; shapes broadcast. */
export function add(a: Operand, b: Operand): Node {
  return binary(op, 'add', a, b)
}
