import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { axesOf, nodeText } from '../shape.ts'
import { slice } from './slice.ts'

// Each input gets the part of the gradient that stands where it was put.
const op: Op = {
  type: 'Concat',
  gradient: ({ inputs, attrs }, upstream, index) => {
    const axis = attrs.axis as number
    const before = inputs.slice(0, index).reduce((sum, { shape }) => sum + shape[axis]!, 0)
    const { shape } = inputs[index]!
    return slice(
      upstream,
      shape.map((_, each) => (each === axis ? before : 0)),
      shape,
    )
  },
}

/** Joins nodes along one axis, where all sizes are known; all other dimensions and the dtypes must agree. */
export function concat(nodes: readonly Node[], axis = -1): Node {
  const [first] = nodes
  if (!first) throw new Error('Cannot concat nothing, expected at least one node')
  const along = axesOf('concat', first, axis)[0]!
  for (const each of nodes) {
    const fits =
      each.dtype === first.dtype &&
      each.shape.length === first.shape.length &&
      each.shape.every((dimension, at) => (at === along ? dimension !== null : dimension === first.shape[at]))
    if (!fits) {
      throw new Error(
        `Cannot concat ${nodeText(first)} and ${nodeText(each)}, expected equal dtypes and shapes but for axis ${along}, known there`,
      )
    }
  }
  const total = nodes.reduce((sum, { shape }) => sum + shape[along]!, 0)
  const shape = first.shape.map((dimension, at) => (at === along ? total : dimension))
  return node(op, nodes, { shape, dtype: first.dtype, attrs: { axis: along } })
}
