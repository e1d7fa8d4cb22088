import type { Node } from '../../node.ts'
import { assertInBatch } from '../../ops/slice.ts'
import { sameShape } from '../../shape.ts'
import { elementTypes } from './model.ts'
import type { Lowerer, Rule, Scaled } from './rule.ts'
import { isSumOfRows } from './rule.ts'

/** The rule that writes each operation in ONNX. */
export const rules: Readonly<Record<string, Rule>> = {
  Constant: (node, { builder }) =>
    node.shape.length === 0 && node.dtype === 'float32'
      ? builder.scalar(node.value!.data[0]!)
      : builder.value(node.value!),
  Size: (node, to) => to.builder.scalar(to.uniform(node)!),
  Identity: (node, to) => to.scaled(node.inputs[0]!),

  MatMul: (node, to) => to.gemm(node),
  Add: (node, to) => sum(node, to, 1),
  Sub: (node, to) => sum(node, to, -1),
  Mul: product,
  Div: quotient,
  Neg: (node, to) => scale(to.scaled(node.inputs[0]!), -1),
  Square(node, to) {
    const x = to.name(node.inputs[0]!)
    return to.builder.add('Mul', [x, x])
  },
  Abs(node, to) {
    const x = to.scaled(node.inputs[0]!)
    return { name: to.builder.add('Abs', [x.name]), scale: Math.abs(x.scale) }
  },
  Sign: plain('Sign'),
  Exp: plain('Exp'),
  Log: plain('Log'),
  Sqrt: plain('Sqrt'),
  Relu: plain('Relu'),
  Sigmoid: plain('Sigmoid'),
  Tanh: plain('Tanh'),
  Softplus: plain('Softplus'),
  Softmax: (node, to) => to.builder.add('Softmax', [to.name(node.inputs[0]!)], { axis: { int: -1 } }),
  LogSoftmax: (node, to) => to.builder.add('LogSoftmax', [to.name(node.inputs[0]!)], { axis: { int: -1 } }),

  Greater: compare('Greater'),
  Equal: compare('Equal'),
  Cast: (node, to) =>
    to.builder.add('Cast', [to.name(node.inputs[0]!)], { to: { int: elementTypes[node.dtype] } }),
  OneHot(node, to) {
    const { builder } = to
    const [indices] = node.inputs as [Node]
    const depth = node.attrs.depth as number
    const column = builder.add('Reshape', [to.name(indices), builder.integers([...to.shape(indices), 1])])
    const classes = builder.value({
      dtype: 'int32',
      shape: [depth],
      data: Int32Array.from({ length: depth }, (_, k) => k),
    })
    return builder.add('Cast', [builder.add('Equal', [column, classes])], {
      to: { int: elementTypes.float32 },
    })
  },

  ReduceSum: (node, to) => (isSumOfRows(node) ? to.gemm(node) : reduce(node, to, 1)),
  ReduceMean: (node, to) =>
    reduce(node, to, 1 / axesOf(node).reduce((n, axis) => n * to.shape(node.inputs[0]!)[axis]!, 1)),
  ReduceMax: (node, to) => (axesOf(node).length === 0 ? to.scaled(node.inputs[0]!) : greatest(node, to)),
  ArgMax: (node, to) =>
    to.builder.add(
      'Cast',
      [
        to.builder.add('ArgMax', [to.name(node.inputs[0]!)], {
          axis: { int: node.attrs.axis as number },
          keepdims: { int: 0 },
        }),
      ],
      { to: { int: elementTypes.int32 } },
    ),

  Reshape: moved((node, to, x) => to.builder.add('Reshape', [x, to.builder.integers(to.shape(node))])),
  BroadcastTo: moved((node, to, x) => to.builder.add('Expand', [x, to.builder.integers(to.shape(node))])),
  Transpose: moved((node, to, x) =>
    to.builder.add('Transpose', [x], { perm: { ints: node.attrs.order as number[] } }),
  ),
  Gather: moved((node, to, x) =>
    to.builder.add('Gather', [x, to.name(node.inputs[1]!)], { axis: { int: 0 } }),
  ),
  Slice: moved((node, to, x) => {
    assertInBatch(node, to.rows)
    const begin = node.attrs.begin as number[]
    const shape = to.shape(node)
    const end = begin.map((from, axis) => from + shape[axis]!)
    return to.builder.add('Slice', [x, to.builder.integers(begin), to.builder.integers(end)])
  }),
  Pad: moved((node, to, x) => {
    const before = node.attrs.begin as number[]
    const inner = to.shape(node.inputs[0]!)
    const after = to.shape(node).map((size, axis) => size - before[axis]! - inner[axis]!)
    return to.builder.add('Pad', [x, to.builder.integers([...before, ...after])])
  }),
  Concat: (node, to) =>
    to.builder.add(
      'Concat',
      node.inputs.map((input) => to.name(input)),
      { axis: { int: node.attrs.axis as number } },
    ),
}

/** Makes the rule of an operation with one input that ONNX has under a name. */
function plain(type: string): Rule {
  return (node, to) => to.builder.add(type, [to.name(node.inputs[0]!)])
}

// An operation that only moves elements keeps their scale.
function moved(write: (node: Node, to: Lowerer, x: string) => string): Rule {
  return (node, to) => {
    const x = to.scaled(node.inputs[0]!)
    return { name: write(node, to, x.name), scale: x.scale }
  }
}

/** Multiplies a value by a factor that is written later. */
function scale(x: Scaled, factor: number): Scaled {
  return { name: x.name, scale: x.scale * factor }
}

/** Gives the axes of a reduction. */
function axesOf(node: Node): number[] {
  return node.attrs.axes as number[]
}

/** Sums over axes, with a factor. */
function reduce(node: Node, to: Lowerer, factor: number): Scaled {
  const x = scale(to.scaled(node.inputs[0]!), factor)
  const axes = axesOf(node)
  if (axes.length === 0) return x
  const name = to.builder.add('ReduceSum', [x.name, to.builder.integers(axes)], {
    keepdims: { int: node.attrs.keepDims ? 1 : 0 },
  })
  return { name, scale: x.scale }
}

// onnxruntime's ReduceMax skips most NaN; the largest element of a set with NaN is NaN.
function greatest(node: Node, to: Lowerer): string {
  const { builder } = to
  const x = to.name(node.inputs[0]!)
  const attributes = { axes: { ints: axesOf(node) }, keepdims: { int: node.attrs.keepDims ? 1 : 0 } }
  const gaps = builder.add('Cast', [builder.add('IsNaN', [x])], { to: { int: elementTypes.float32 } })
  const hasNaN = builder.add('Cast', [builder.add('ReduceMax', [gaps], attributes)], {
    to: { int: elementTypes.bool },
  })
  return builder.add('Where', [hasNaN, builder.scalar(Number.NaN), builder.add('ReduceMax', [x], attributes)])
}

/** Adds two values, or subtracts one. */
function sum(node: Node, to: Lowerer, sign: 1 | -1): Scaled | string {
  const [left, right] = node.inputs as [Node, Node]
  const orders = [
    { first: right, factor: sign, other: left, otherFactor: 1 },
    { first: left, factor: 1, other: right, otherFactor: sign },
  ]
  for (const { first, factor, other, otherFactor } of orders) {
    const product = to.product(first)
    if (!product || !sameShape(product.node.shape, node.shape) || other.shape.length > 2) continue
    return to.gemm(product.node, product.factor * factor, { node: to.scaled(other), factor: otherFactor })
  }
  const type = sign === 1 ? 'Add' : 'Sub'
  const [a, b] = [to.scaled(left), to.scaled(right)]
  if (a.scale === b.scale) return { name: to.builder.add(type, [a.name, b.name]), scale: a.scale }
  return to.builder.add(type, [to.name(left), to.name(right)])
}

/** Multiplies two values; a number becomes a factor. */
function product(node: Node, to: Lowerer): Scaled {
  const [left, right] = node.inputs as [Node, Node]
  for (const [x, y] of [
    [left, right],
    [right, left],
  ] as const) {
    const factor = to.uniform(x)
    if (factor !== undefined && sameShape(y.shape, node.shape)) return scale(to.scaled(y), factor)
  }
  const [a, b] = [to.scaled(narrow(left, right, node)), to.scaled(narrow(right, left, node))]
  return { name: to.builder.add('Mul', [a.name, b.name]), scale: a.scale * b.scale }
}

/** Divides two values; a number becomes a factor. */
function quotient(node: Node, to: Lowerer): Scaled {
  const [left, right] = node.inputs as [Node, Node]
  const divisor = to.uniform(right)
  if (divisor && sameShape(left.shape, node.shape)) return scale(to.scaled(left), 1 / divisor)
  const [a, b] = [to.scaled(narrow(left, right, node)), to.scaled(narrow(right, left, node))]
  if (b.scale === 0) return { name: to.builder.add('Div', [a.name, to.name(right)]), scale: a.scale }
  return { name: to.builder.add('Div', [a.name, b.name]), scale: a.scale / b.scale }
}

// Skips a BroadcastTo if the operation that uses it broadcasts by itself.
function narrow(x: Node, other: Node, node: Node): Node {
  return x.op.type === 'BroadcastTo' && sameShape(other.shape, node.shape) ? x.inputs[0]! : x
}

/** Makes the rule of a comparison. */
function compare(type: string): Rule {
  return (node, to) => {
    const names = node.inputs.map((input) => {
      const name = to.name(input)
      return input.dtype === 'uint8' || (input.dtype === 'bool' && type === 'Greater')
        ? to.builder.add('Cast', [name], { to: { int: elementTypes.int32 } })
        : name
    })
    return to.builder.add(type, names)
  }
}
