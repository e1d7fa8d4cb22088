import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { sumTo } from './reduce-sum.ts'

const op: Op = {
  type: 'Div',
  // d(a/b)/da = 1/b, d(a/b)/db = -(a/b)/b
  gradient: (quotient, upstream, index) => {
    const { inputs } = quotient
    const scaled = div(upstream, inputs[1]!)
    return sumTo(index === 0 ? scaled : neg(mul(scaled, quotient)), inputs[index]!.shape)
  },
}

/** Computes a / b element by element; shapes broadcast. */
export function div(a: Operand, b: Operand): Node {
  return binary(op, 'div', a, b)
}
