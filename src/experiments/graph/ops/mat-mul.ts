import type { Node, Op } from '../node.ts'
import { node } from '../node.ts'
import { assertFloat, nodeText } from '../shape.ts'

export interface MatMulOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

const op: Op = {
  type: 'MatMul',
  // With C = op(A) op(B) and G = dL/dC: dL/dop(A) = G op(B)^T, dL/dop(B) = op(A)^T G.
  gradient: ({ inputs, attrs }, upstream, index) => {
    const [a, b] = inputs as [Node, Node]
    const { transposeA = false, transposeB = false } = attrs as MatMulOptions
    if (index === 0) {
      return transposeA
        ? matMul(b, upstream, { transposeA: transposeB, transposeB: true })
        : matMul(upstream, b, { transposeB: !transposeB })
    }
    return transposeB
      ? matMul(upstream, a, { transposeA: true, transposeB: transposeA })
      : matMul(a, upstream, { transposeA: !transposeA })
  },
}

/** Computes the product of two matrices, `[m, k]` and `[k, n]` after the given transpositions: `[m, n]`. */
export function matMul(
  a: Node,
  b: Node,
  { transposeA = false, transposeB = false }: MatMulOptions = {},
): Node {
  assertFloat('matMul', a, b)
  const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape
  const [l, n] = transposeB ? [b.shape[1], b.shape[0]] : b.shape
  if (a.shape.length !== 2 || b.shape.length !== 2 || k !== l) {
    const turned = [transposeA && 'the first transposed', transposeB && 'the second transposed'].filter(
      Boolean,
    )
    const how = turned.length > 0 ? ` (${turned.join(', ')})` : ''
    throw new Error(
      `Cannot matMul ${nodeText(a)} and ${nodeText(b)}${how}, expected matrices [m, k] and [k, n]`,
    )
  }
  return node(op, [a, b], { shape: [m!, n!], attrs: { transposeA, transposeB } })
}
