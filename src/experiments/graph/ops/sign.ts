import type { Node, Op } from '../node.ts'
import { unary } from './elementwise.ts'

// The derivative is 0 wherever there is one.
const op: Op = { type: 'Sign' }

/** Gives -1, 0 or 1. No gradient flows. */
export function sign(x: Node): Node {
  return unary(op, 'sign', x)
}
