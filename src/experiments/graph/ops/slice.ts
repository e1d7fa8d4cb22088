import type { Node, Op, Shape } from '../node.ts'
import { node } from '../node.ts'
import { nodeText, sameShape } from '../shape.ts'

// The gradient of what was cut away is zero.
const sliceOp: Op = {
  type: 'Slice',
  gradient: ({ inputs, attrs }, upstream) => pad(upstream, attrs.begin as number[], inputs[0]!.shape),
}

// The gradient of the zeros around it is dropped.
const padOp: Op = {
  type: 'Pad',
  gradient: ({ inputs, attrs }, upstream) => slice(upstream, attrs.begin as number[], inputs[0]!.shape),
}

/**
 * Takes `size[axis]` elements from `begin[axis]` along each axis; null or -1 takes all the rest.
 * No gradient flows through a slice of the batch, which has a size of its own.
 */
export function slice(x: Node, begin: readonly number[], size: Shape): Node {
  // 1. The shape of the result: what is asked for, or the rest of the axis.
  const shape = x.shape.map((dimension, axis) => {
    const from = begin[axis] ?? 0
    const wanted = size[axis] ?? -1
    if (dimension === null) return wanted === -1 && from === 0 ? null : wanted
    return wanted === -1 ? dimension - from : wanted
  })
  // 2. Checks that it lies inside of the input, as far as the size of the batch is known.
  const fits = shape.every((wanted, axis) => {
    const from = begin[axis] ?? 0
    const dimension = x.shape[axis]
    if (wanted === null) return true
    return (
      Number.isInteger(from) && from >= 0 && wanted > 0 && (dimension === null || from + wanted <= dimension!)
    )
  })
  if (!fits || begin.length > x.shape.length || size.length > x.shape.length) {
    throw new Error(
      `Cannot slice ${nodeText(x)}, expected begin and size inside of it, found [${begin.join(', ')}] and [${size.map(String).join(', ')}]`,
    )
  }
  if (sameShape(shape, x.shape)) return x
  const full = shape.map((_, axis) => begin[axis] ?? 0)
  return node(sliceOp, [x], { shape, dtype: x.dtype, attrs: { begin: full } })
}

/** Checks a slice of the batch against the size of the batch, which is known only when the graph runs. */
export function assertInBatch({ inputs, attrs, shape }: Node, batch: number): void {
  const [x] = inputs as [Node]
  const end = (attrs.begin as number[])[0]! + (shape[0] ?? batch)
  if (x.shape[0] !== null || end <= batch) return
  throw new Error(`Cannot slice ${nodeText(x)}, expected ${end} rows or more, found ${batch}`)
}

/** Places x in zeros of the given shape, at `begin`. */
function pad(x: Node, begin: readonly number[], shape: Shape): Node {
  if (shape.some((dimension, axis) => dimension === null && x.shape[axis] !== null)) {
    throw new Error(
      `Cannot take the gradient of a slice of the batch, ${nodeText(x)}: expected all of the batch, or no variable before it`,
    )
  }
  return node(padOp, [x], { shape, dtype: x.dtype, attrs: { begin } })
}
