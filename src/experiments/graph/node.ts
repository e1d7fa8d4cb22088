/** A dimension; null is the batch, whose size is known when the graph runs. */
export type Dimension = number | null

export type Shape = readonly Dimension[]

/** What one element is. Gradients are taken of float32 alone. */
export type DType = 'float32' | 'int32' | 'uint8' | 'bool'

export type Data = Float32Array | Int32Array | Uint8Array

/** An array with its shape, row-major; a bool is a byte, 0 or 1. */
export interface Value {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Data
}

type Attribute = string | number | boolean | null | readonly Attribute[]

/** A kind of operation. How it is computed is the engine's own. */
export interface Op {
  /** By which engines know it. */
  readonly type: string
  /**
   * The chain rule: given the loss' gradient by the node, builds that by its input `index`, in the input's shape.
   * Undefined where none flows. Absent for what has no derivative.
   */
  gradient?(node: Node, upstream: Node, index: number): Node | undefined
}

/** One step of a static graph: nothing is computed when it is made. */
export interface Node {
  readonly op: Op
  readonly inputs: readonly Node[]
  readonly attrs: Readonly<Record<string, Attribute>>
  readonly shape: Shape
  readonly dtype: DType
  /** For messages. */
  readonly name: string
  /** Of a constant, or a variable's first. */
  readonly value?: Value
}

/** Where a number may stand for a constant scalar. */
export type Operand = Node | number

/** Makes a node; its name is its operation's unless given. */
export function node(
  op: Op,
  inputs: readonly Node[],
  {
    shape,
    dtype = 'float32',
    attrs = {},
    name = op.type,
    value,
  }: Pick<Node, 'shape'> & Partial<Pick<Node, 'dtype' | 'attrs' | 'name' | 'value'>>,
): Node {
  return { op, inputs, attrs, shape, dtype, name, ...(value ? { value } : {}) }
}

/** Makes a value and checks it against its shape and dtype. */
export function value(data: Data, shape: readonly number[], dtype: DType = dtypeOf(data)): Value {
  const size = shape.reduce((product, dimension) => product * dimension, 1)
  if (data.length !== size) {
    throw new Error(
      `Unexpected ${data.length} elements, expected ${size} for the shape [${shape.join(', ')}]`,
    )
  }
  const found = dtypeOf(data)
  if (found !== dtype && !(found === 'uint8' && dtype === 'bool'))
    throw new Error(`Unexpected ${data.constructor.name}, expected ${dtype} elements`)
  return { dtype, shape, data }
}

function dtypeOf(data: Data): DType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof Uint8Array) return 'uint8'
  throw new Error(
    `Unexpected ${(data as object).constructor.name}, expected Float32Array, Int32Array or Uint8Array`,
  )
}

/** Takes a flat list of numbers as elements of a dtype; what does not fit it exactly is an error. */
export function elementsOf(list: readonly unknown[], dtype: DType): Data {
  const [low, high] = ranges[dtype]
  for (const [index, each] of list.entries()) {
    const fits =
      typeof each === 'number' &&
      (dtype === 'float32' || Number.isInteger(each)) &&
      !(each < low || each > high)
    if (!fits)
      throw new Error(
        `Unexpected element ${index}, expected a flat list of ${dtype}, found ${JSON.stringify(each)}`,
      )
  }
  const numbers = list as readonly number[]
  if (dtype === 'float32') return Float32Array.from(numbers)
  return dtype === 'int32' ? Int32Array.from(numbers) : Uint8Array.from(numbers)
}

const ranges: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
}

/** Gives every node that `roots` rest on, themselves included, each after its inputs. */
export function inOrder(roots: readonly Node[]): Node[] {
  const ordered: Node[] = []
  const state = new Map<Node, 'open' | 'done'>()
  const stack = [...roots].reverse()
  while (stack.length > 0) {
    const next = stack.at(-1)!
    const isOpen = state.get(next)
    if (isOpen) {
      stack.pop()
      if (isOpen === 'open') ordered.push(next)
      state.set(next, 'done')
      continue
    }
    state.set(next, 'open')
    for (const input of next.inputs) if (!state.has(input)) stack.push(input)
  }
  return ordered
}
