/** A dimension; null means the batch, whose size is known only when the graph runs. */
export type Dimension = number | null

export type Shape = readonly Dimension[]

/** The type of an element. Only float32 has gradients. */
export type DType = 'float32' | 'int32' | 'uint8' | 'bool'

export type Data = Float32Array | Int32Array | Uint8Array

/** An array with its shape, row-major; a bool is a byte, 0 or 1. */
export interface Value {
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly data: Data
}

type Attribute = string | number | boolean | null | readonly Attribute[]

/** A kind of operation. Each engine computes it in its own way. */
export interface Op {
  /** The name by which engines know the operation. */
  readonly type: string
  /**
   * The chain rule: from the gradient of the loss by the node, builds the gradient by its input `index`, in the input's
   * shape. Gives undefined if no gradient flows to that input. Absent for operations without a derivative.
   */
  gradient?(node: Node, upstream: Node, index: number): Node | undefined
}

/** An operation in a static graph. Creating it computes nothing. */
export interface Node {
  readonly op: Op
  readonly inputs: readonly Node[]
  readonly attrs: Readonly<Record<string, Attribute>>
  readonly shape: Shape
  readonly dtype: DType
  /** Used in messages. */
  readonly name: string
  /** The value of a constant, or the initial value of a variable. */
  readonly value?: Value
}

/** A node, or a number in place of a constant scalar. */
export type Operand = Node | number

/** Creates a node; by default it has the name of its operation. */
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

/** Creates a value and checks its elements against shape and dtype. */
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

/** Gives the dtype of an array's elements; bytes count as uint8. */
function dtypeOf(data: Data): DType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof Uint8Array) return 'uint8'
  throw new Error(
    `Unexpected ${(data as object).constructor.name}, expected Float32Array, Int32Array or Uint8Array`,
  )
}

/** Converts a flat list of numbers to elements of a dtype. Throws if an element does not fit exactly. */
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

/** The smallest and the largest element of each dtype. */
const ranges: Readonly<Record<DType, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
}

/** Gives `roots` and all nodes that they depend on, each after its inputs. */
export function inOrder(roots: readonly Node[]): Node[] {
  const ordered: Node[] = []
  const state = new Map<Node, 'open' | 'done'>()
  const stack = [...roots].reverse()
  while (stack.length > 0) {
    const next = stack.at(-1)!
    // A node is met twice: first its inputs are put on the stack, and when they are done, it is.
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

/** Gives the nodes that `roots` still need, each after its inputs. The inputs of a given node are not needed. */
export function missingNodes(roots: readonly Node[], given: ReadonlyMap<Node, unknown>): Node[] {
  const needed = new Set<Node>()
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack.pop()!
    if (needed.has(node) || given.has(node)) continue
    needed.add(node)
    // The size depends on the batch alone, so its inputs are not needed.
    if (node.op.type !== 'Size') stack.push(...node.inputs)
  }
  return inOrder(roots).filter((node) => needed.has(node))
}
