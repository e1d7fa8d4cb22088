import type { Node, Op, Operand } from '../node.ts'
import { binary } from './elementwise.ts'

// A comparison has no derivative.
const op: Op = { type: 'Greater' }

/** Computes a > b as bool; shapes broadcast. */
export function greater(a: Operand, b: Operand): Node {
  return binary(op, 'compare', a, b, 'bool')
}
