import type { Node, Op, Value } from '../node.ts'
import { node } from '../node.ts'

const op: Op = { type: 'Variable' }

/**
 * Gives a node that keeps its elements between runs; a session starts with `initial`. Training changes only trainable
 * variables. The name is used for saving.
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

// Compares types by name, because an engine may have its own copy of this module.
export function isVariable(x: Node): boolean {
  return x.op.type === op.type
}

/** Says whether training changes a variable: a trainable one of float32. */
export function isTrainable(x: Node): boolean {
  return isVariable(x) && x.attrs.trainable === true && x.dtype === 'float32'
}
