import type { Node } from '../../node.ts'
import { inOrder, missingNodes } from '../../node.ts'
import type { MatMulOptions } from '../../ops/mat-mul.ts'
import { sameShape, withBatch } from '../../shape.ts'
import type { Builder } from './builder.ts'
import type { Product } from './product-threads.ts'
import type { Factored, Lowerer, Scaled } from './rule.ts'
import { isSumOfRows } from './rule.ts'
import { rules } from './rules.ts'

interface LoweringOptions {
  readonly builder: Builder
  /** The nodes to compute. */
  readonly roots: readonly Node[]
  /** The nodes that are already available. */
  readonly given: ReadonlyMap<Node, Scaled>
  /** Number of rows that this graph sees. */
  readonly rows: number
  /** Number of rows of the whole batch, which may be more. */
  readonly batch: number
  /** Whether one thread runs the operations. */
  readonly hasOneThread?: boolean | undefined
}

/**
 * Lowers nodes to ONNX operations, each when it is first needed. A factor that is equal for all elements is kept apart
 * from the elements and ends up as the alpha of a Gemm, where it costs nothing. The sum of a product and a matrix
 * becomes one Gemm.
 */
export class Lowering implements Lowerer {
  readonly builder: Builder
  readonly rows: number
  readonly batch: number
  readonly #done: Map<Node, Scaled>
  readonly #uses = new Map<Node, number>()
  readonly #uniform = new Map<Node, number | undefined>()
  readonly #given: ReadonlyMap<Node, Scaled>
  readonly #hasOneThread: boolean

  constructor({ builder, roots, given, rows, batch, hasOneThread = false }: LoweringOptions) {
    this.builder = builder
    this.rows = rows
    this.batch = batch
    this.#hasOneThread = hasOneThread
    this.#given = given
    this.#done = new Map(given)
    for (const node of inOrder(roots)) for (const input of node.inputs) this.#use(input)
    for (const root of roots) this.#use(root)
    // Nodes are lowered in order, so that a deep graph does not cause deep recursion.
    for (const node of missingNodes(roots, given)) {
      this.uniform(node)
      if (!absorbed.includes(node.op.type)) this.scaled(node)
    }
  }

  name(node: Node): string {
    const { name, scale } = this.scaled(node)
    if (scale === 1) return name
    const product = this.builder.add('Mul', [name, this.builder.scalar(scale)])
    this.#done.set(node, { name: product, scale: 1 })
    return product
  }

  scaled(node: Node): Scaled {
    const done = this.#done.get(node)
    if (done) return done
    const rule = rules[node.op.type]
    if (!rule)
      throw new Error(`Cannot lower \`${node.op.type}\` to ONNX, expected ${Object.keys(rules).join(', ')}`)
    const lowered = rule(node, this)
    const scaled = typeof lowered === 'string' ? { name: lowered, scale: 1 } : lowered
    this.#done.set(node, scaled)
    // If a very large or small factor stays apart, elements may leave the range of float32 although the product fits.
    if (Math.abs(scaled.scale) < mostScale && Math.abs(scaled.scale) > 1 / mostScale) return scaled
    return { name: this.name(node), scale: 1 }
  }

  shape(node: Node): number[] {
    return withBatch(node.shape, this.rows)
  }

  /** Counts the elements along some axes of the whole batch. */
  size(node: Node, axes: readonly number[]): number {
    return axes.reduce((product, axis) => product * (node.shape[axis] ?? this.batch), 1)
  }

  uniform(node: Node): number | undefined {
    if (!this.#uniform.has(node)) {
      const found = this.#given.has(node) ? undefined : this.#computeUniform(node)
      this.#uniform.set(node, found !== undefined && Number.isFinite(found) ? found : undefined)
    }
    return this.#uniform.get(node)
  }

  #computeUniform({ op, inputs, attrs, value, dtype }: Node): number | undefined {
    if (op.type === 'Constant')
      return dtype === 'float32' && value!.data.every((x) => x === value!.data[0])
        ? value!.data[0]
        : undefined
    if (op.type === 'Size') return this.size(inputs[0]!, attrs.axes as number[])
    if (op.type === 'BroadcastTo' || op.type === 'Reshape') return this.uniform(inputs[0]!)
    const compute = uniformRules[op.type]
    if (!compute) return undefined
    const all = inputs.map((input) => this.uniform(input))
    return all.every((each) => each !== undefined) ? compute(all[0]!, all[1]!) : undefined
  }

  gemm(node: Node, factor = 1, plus?: { readonly node: Scaled; readonly factor: number }): Scaled {
    const { inputs, attrs } = node
    const isProduct = node.op.type === 'MatMul'
    const rows = isProduct ? 0 : this.shape(inputs[0]!)[0]!
    const a = isProduct ? this.scaled(inputs[0]!) : { name: this.builder.ones(rows), scale: 1 }
    const b = this.scaled(inputs[isProduct ? 1 : 0]!)
    const { transposeA, transposeB } = attrs as MatMulOptions
    const isCopied =
      isProduct && transposeA && this.#hasOneThread && paysToTranspose(this.shape(inputs[0]!), node.shape)
    this.builder.note(this.#productOf(node))
    const left = isCopied ? this.#transposed(a.name, this.shape(inputs[0]!)) : a.name
    const name = this.builder.add('Gemm', [left, b.name, ...(plus ? [plus.node.name] : [])], {
      alpha: { float: factor * a.scale * b.scale },
      ...(plus ? { beta: { float: plus.factor * plus.node.scale } } : {}),
      ...(isProduct && transposeA && !isCopied ? { transA: { int: 1 } } : {}),
      ...(isProduct && transposeB ? { transB: { int: 1 } } : {}),
    })
    // A sum over rows has the shape [1, features] here.
    if (node.shape.length === 2) return { name, scale: 1 }
    return { name: this.builder.add('Reshape', [name, this.builder.integers(this.shape(node))]), scale: 1 }
  }

  #productOf(node: Node): Product {
    const input = this.shape(node.inputs[0]!)
    const columns = node.shape.at(-1)!
    if (node.op.type !== 'MatMul') return { rows: 1, columns, depth: input[0]!, isTransposed: false }
    const isTransposed = (node.attrs as MatMulOptions).transposeA ?? false
    const depth = input[isTransposed ? 0 : 1]!
    return { rows: this.shape(node)[0]!, columns, depth, isTransposed }
  }

  // onnxruntime would make a Transpose of a matrix part of the product again.
  #transposed(name: string, [rows, columns]: readonly number[]): string {
    const { builder } = this
    const one = builder.add('Reshape', [name, builder.integers([1, rows!, columns!])])
    const transposed = builder.add('Transpose', [one], { perm: { ints: [0, 2, 1] } })
    return builder.add('Reshape', [transposed, builder.integers([columns!, rows!])])
  }

  product(node: Node): Factored | undefined {
    if (this.#uses.get(node)! > 1 || this.#done.has(node)) return undefined
    const { op, inputs } = node
    if (op.type === 'MatMul' || isSumOfRows(node)) return { node, factor: 1 }
    if (op.type === 'Neg') return times(this.product(inputs[0]!), -1)
    if (op.type !== 'Mul' && op.type !== 'Div') return undefined
    const right = this.uniform(inputs[1]!)
    if (right && sameShape(inputs[0]!.shape, node.shape))
      return times(this.product(inputs[0]!), op.type === 'Mul' ? right : 1 / right)
    const left = op.type === 'Mul' ? this.uniform(inputs[0]!) : undefined
    if (left === undefined || !sameShape(inputs[1]!.shape, node.shape)) return undefined
    return times(this.product(inputs[1]!), left)
  }

  #use(node: Node): void {
    this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1)
  }
}

const mostScale = 1e12

/**
 * Says whether a product whose left factor is transposed is faster if that factor is copied first. onnxruntime's own
 * product transposes it once for each 128 columns of the result, in pieces. The bits are the same: only for up to 64
 * columns does it add up longer pieces of a factor that is not transposed.
 */
export function paysToTranspose(
  [rows, columns]: readonly number[],
  [, outputs]: readonly (number | null)[],
): boolean {
  // Measured on x64: elements beyond whole blocks of 16 are copied one by one.
  const least = columns! % 16 === 0 ? 128 : 256
  return process.arch === 'x64' && rows! >= 64 && columns! >= 16 && outputs! > least
}

// These become part of the operation that uses them, if possible.
const absorbed = ['MatMul', 'ReduceSum', 'Neg', 'Mul', 'Div', 'Reshape', 'BroadcastTo', 'Constant', 'Size']

const uniformRules: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Neg: (a) => -a,
  Sqrt: Math.sqrt,
}

/** Multiplies what a factor was taken out of. */
function times(product: Factored | undefined, factor: number): Factored | undefined {
  return product && { node: product.node, factor: product.factor * factor }
}
