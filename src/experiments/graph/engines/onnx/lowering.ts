import type { Node } from '../../node.ts'
import { inOrder, missingNodes } from '../../node.ts'
import type { MatMulOptions } from '../../ops/mat-mul.ts'
import { sameShape, withBatch } from '../../shape.ts'
import type { Builder } from './builder.ts'
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

  constructor({ builder, roots, given, rows, batch }: LoweringOptions) {
    this.builder = builder
    this.rows = rows
    this.batch = batch
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
    const name = this.builder.add('Gemm', [a.name, b.name, ...(plus ? [plus.node.name] : [])], {
      alpha: { float: factor * a.scale * b.scale },
      ...(plus ? { beta: { float: plus.factor * plus.node.scale } } : {}),
      ...(isProduct && transposeA ? { transA: { int: 1 } } : {}),
      ...(isProduct && transposeB ? { transB: { int: 1 } } : {}),
    })
    // A sum over rows has the shape [1, features] here.
    if (node.shape.length === 2) return { name, scale: 1 }
    return { name: this.builder.add('Reshape', [name, this.builder.integers(this.shape(node))]), scale: 1 }
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
