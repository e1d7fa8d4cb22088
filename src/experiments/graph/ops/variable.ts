import type { Node, Op, Value } from '../node.ts'
import { node } from '../node.ts'

const op: Op = { type: 'Variable' }

/**
 * Gives a node that keeps its elements from run to run; a session begins with `initial`. Training changes those
 * that are trainable. Its name is the one under which it is saved.
 */
export function variable(
  name: string,
  initial: Value,
  { trainable = true }: { readonly trainable?: boolean } = {},
): Node {
  return node(op, [], {
    shape: initial.shape,
    dtype: initial.dtype,
    name,
    attrs: { trainable },
    value: initial,
  })
}

// By name: an engine may come with its own copy of this module.
export function isVariable(x: Node): boolean {
  return x.op.type === op.type
}

export function isTrainable(x: Node): boolean {
  return isVariable(x) && x.attrs.trainable === true && x.dtype === 'float32'
}
