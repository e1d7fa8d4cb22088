import type { Node, Op } from '../node.ts'
import { div } from './div.ts'
import { unary } from './elementwise.ts'

// d log(x)/dx = 1 / x.
const op: Op = { type: 'Log', gradient: ({ inputs }, upstream) => div(upstream, inputs[0]!) }

/** Computes the natural logarithm. */
export function log(x: Node): Node {
  return unary(op, 'log', x)
}
