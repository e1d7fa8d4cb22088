import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'
import { sumTo } from './reduce-sum.ts'

// d(a b)/da = b and d(a b)/db = a, summed over broadcast axes.
const op: Op = {
  type: 'Mul',
  gradient: ({ inputs }, upstream, index) => sumTo(mul(upstream, inputs[1 - index]!), inputs[index]!.shape),
}

/** Computes a b element by element; shapes broadcast. */
export function mul(a: Operand, b: Operand): Node {
  return binary(op, 'mul', a, b)
}
