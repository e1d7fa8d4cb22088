import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'
import { neg } from './neg.ts'
import { sumTo } from './reduce-sum.ts'

// d(a - b)/da = 1 and d(a - b)/db = -1, summed over broadcast axes.
const op: Op = {
  type: 'Sub',
  gradient: ({ inputs }, upstream, index) =>
    sumTo(index === 0 ? upstream : neg(upstream), inputs[index]!.shape),
}

/** Computes a - b; shapes broadcast. */
export function sub(a: Operand, b: Operand): Node {
  return binary(op, 'sub', a, b)
}
