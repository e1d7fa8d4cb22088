import type { Value } from '../../node.ts'
import type { Attribute, Operation } from './saved-model.ts'

/** Collects the operations of one program, which may hold a loop. */
export class Builder {
  readonly operations: Operation[] = []
  readonly #constants = new Map<string, string>()
  #count = 0
  #inside: string | undefined

  /** Adds an operation and gives the name of its first output. */
  add(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name = `${op}_${++this.#count}`,
  ): string {
    this.operations.push({ name, op, inputs, attributes })
    return name
  }

  /** From here on, constants belong to the body of a loop, where `pivot` is computed in each turn. */
  enter(pivot: string): void {
    this.#constants.clear()
    this.#inside = pivot
  }

  /** From here on, operations come after the loop. */
  leave(): void {
    this.#constants.clear()
    this.#inside = undefined
  }

  /** Gives the name of a constant scalar. */
  scalar(x: number, dtype: 'float32' | 'int32' = 'float32'): string {
    const data = dtype === 'float32' ? Float32Array.of(x) : Int32Array.of(x)
    return this.#constant(`${dtype}:${Object.is(x, -0) ? '-0' : x}`, { dtype, shape: [], data })
  }

  /** Gives the name of a constant vector of integers, the type of shapes and axes. */
  integers(list: readonly number[]): string {
    const data = Int32Array.from(list)
    return this.#constant(`integers:${list.join()}`, { dtype: 'int32', shape: [list.length], data })
  }

  /** Gives the name of a constant matrix of integers. */
  pairs(list: readonly (readonly [number, number])[]): string {
    const data = Int32Array.from(list.flat())
    return this.#constant(`pairs:${list.join(';')}`, { dtype: 'int32', shape: [list.length, 2], data })
  }

  /** Gives the name of a new constant. */
  value(value: Value): string {
    return this.#constant(`value:${++this.#count}`, value)
  }

  #constant(key: string, { dtype, shape, data }: Value): string {
    const known = this.#constants.get(key)
    if (known) return known
    // A constant without an input would be computed outside the loop, where the body cannot use it.
    const waits = this.#inside === undefined ? [] : [`^${this.#inside}`]
    const name = this.add('Const', waits, {
      dtype: { type: dtype },
      value: { tensor: { dtype, shape, data } },
    })
    this.#constants.set(key, name)
    return name
  }
}
