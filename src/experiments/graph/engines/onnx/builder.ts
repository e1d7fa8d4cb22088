import type { Value } from '../../node.ts'
import type { AttributeValue, Graph, Operation, Port, Tensor } from './model.ts'
import type { Product } from './product-threads.ts'

/** Collects the operations of one graph; a nested graph shares names and constants with its outer one. */
export class Builder {
  readonly #operations: Operation[] = []
  readonly #outputs = new Set<string>()
  readonly #shared: { constants: Map<string, Tensor>; products: Product[]; count: number }

  constructor(outer?: Builder) {
    this.#shared = outer ? outer.#shared : { constants: new Map(), products: [], count: 0 }
  }

  /** Adds an operation with one output and gives the name of the output. */
  add(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = this.fresh(type)
    this.push({ type, inputs, outputs: [name], attributes })
    return name
  }

  push(operation: Operation): void {
    this.#operations.push(operation)
  }

  /** Notes the shape of a product of matrices. */
  note(product: Product): void {
    this.#shared.products.push(product)
  }

  fresh(stem: string): string {
    this.#shared.count += 1
    return `${stem}_${this.#shared.count}`
  }

  /** Gives the name of a constant scalar. */
  scalar(x: number): string {
    return this.#constant(`scalar:${Object.is(x, -0) ? '-0' : x}`, {
      type: 'float32',
      shape: [],
      data: Float32Array.of(x),
    })
  }

  /** Gives the name of a constant vector of 64-bit integers, the type of shapes and axes. */
  integers(list: readonly number[]): string {
    return this.#constant(`integers:${list.join()}`, {
      type: 'int64',
      shape: [list.length],
      data: BigInt64Array.from(list, BigInt),
    })
  }

  /** Gives the name of a row of ones, `[1, length]`: a product with it sums over rows. */
  ones(length: number): string {
    return this.#constant(`ones:${length}`, {
      type: 'float32',
      shape: [1, length],
      data: new Float32Array(length).fill(1),
    })
  }

  /** Gives the name of a new constant. */
  value({ dtype, shape, data }: Value): string {
    return this.#constant(this.fresh('value'), { type: dtype, shape, data })
  }

  /** Gives a name that is a valid output: an operation of this graph makes it, and it is no output yet. */
  output(name: string): string {
    const isMade = this.#operations.some(({ outputs }) => outputs.includes(name))
    const own = isMade && !this.#outputs.has(name) ? name : this.add('Identity', [name])
    this.#outputs.add(own)
    return own
  }

  graph(inputs: readonly Port[], outputs: readonly Port[]): Graph {
    return { operations: this.#operations, constants: [], inputs, outputs }
  }

  /** Gives the outermost graph, with the constants and products of all graphs. */
  whole(inputs: readonly Port[], outputs: readonly Port[]): Graph {
    const { constants, products } = this.#shared
    return { ...this.graph(inputs, outputs), constants: [...constants.values()], products }
  }

  #constant(key: string, tensor: Omit<Tensor, 'name'>): string {
    const { constants } = this.#shared
    const known = constants.get(key)
    if (known) return known.name
    const name = this.fresh('constant')
    constants.set(key, { ...tensor, name })
    return name
  }
}
