import type { DType, Node } from '../../node.ts'
import type { MatMulOptions } from '../../ops/mat-mul.ts'
import { assertInBatch } from '../../ops/slice.ts'
import { withBatch } from '../../shape.ts'
import type { Builder } from './builder.ts'
import type { Attribute } from './saved-model.ts'

/** What a rule writes with. */
export interface Lowerer {
  readonly builder: Builder
  /** Number of rows in a batch. */
  readonly batch: number
  /** Gives the name of a node's value. */
  name(node: Node): string
}

/** Writes a node in TensorFlow's operations and gives the name of its value. */
type Rule = (node: Node, to: Lowerer) => string

/** The rule that writes each operation. */
export const rules: Readonly<Record<string, Rule>> = {
  Constant: ({ value }, { builder }) =>
    value!.shape.length === 0 && value!.dtype === 'float32'
      ? builder.scalar(value!.data[0]!)
      : builder.value(value!),
  Size: ({ inputs, attrs }, { builder, batch }) =>
    builder.scalar(
      (attrs.axes as number[]).reduce((product, axis) => product * (inputs[0]!.shape[axis] ?? batch), 1),
    ),
  Identity: ({ inputs }, to) => to.name(inputs[0]!),

  MatMul(node, to) {
    const { transposeA = false, transposeB = false } = node.attrs as MatMulOptions
    return typed('MatMul', node, to, {
      transpose_a: { bool: transposeA },
      transpose_b: { bool: transposeB },
    })
  },
  Add: (node, to) => addBias(node, to) ?? typed('AddV2', node, to),
  Sub: (node, to) => typed('Sub', node, to),
  Mul: (node, to) => maskGradient(node, to) ?? typed('Mul', node, to),
  Div: (node, to) => typed('RealDiv', node, to),
  Neg: (node, to) => typed('Neg', node, to),
  Square: (node, to) => typed('Square', node, to),
  Abs: (node, to) => typed('Abs', node, to),
  Sign: (node, to) => typed('Sign', node, to),
  Exp: (node, to) => typed('Exp', node, to),
  Log: (node, to) => typed('Log', node, to),
  Sqrt: (node, to) => typed('Sqrt', node, to),
  Relu: (node, to) => typed('Relu', node, to),
  Sigmoid: (node, to) => typed('Sigmoid', node, to),
  Tanh: (node, to) => typed('Tanh', node, to),
  Softplus: (node, to) => typed('Softplus', node, to),
  Softmax: (node, to) => typed('Softmax', node, to),
  LogSoftmax: (node, to) => typed('LogSoftmax', node, to),

  Greater: (node, to) => compare('Greater', node, to),
  Equal: (node, to) => compare('Equal', node, to),
  Cast: (node, to) => cast(to.name(node.inputs[0]!), node.inputs[0]!.dtype, node.dtype, to),
  OneHot: ({ inputs, attrs }, to) =>
    to.builder.add(
      'OneHot',
      [
        to.name(inputs[0]!),
        to.builder.scalar(attrs.depth as number, 'int32'),
        to.builder.scalar(1),
        to.builder.scalar(0),
      ],
      { T: { type: 'float32' }, TI: { type: 'int32' } },
    ),

  ReduceSum: (node, to) => reduce('Sum', node, to),
  ReduceMean: (node, to) => reduce('Mean', node, to),
  ReduceMax: (node, to) => reduce('Max', node, to),
  ArgMax: ({ inputs, attrs }, to) =>
    to.builder.add('ArgMax', [to.name(inputs[0]!), to.builder.scalar(attrs.axis as number, 'int32')], {
      T: { type: 'float32' },
      Tidx: { type: 'int32' },
      output_type: { type: 'int32' },
    }),

  Reshape: (node, to) =>
    moved('Reshape', node, to, [to.builder.integers(withBatch(node.shape, to.batch))], {
      Tshape: { type: 'int32' },
    }),
  BroadcastTo: (node, to) =>
    moved('BroadcastTo', node, to, [to.builder.integers(withBatch(node.shape, to.batch))], {
      Tidx: { type: 'int32' },
    }),
  Transpose: (node, to) =>
    moved('Transpose', node, to, [to.builder.integers(node.attrs.order as number[])], {
      Tperm: { type: 'int32' },
    }),
  Gather: ({ inputs, dtype }, to) =>
    to.builder.add('GatherV2', [...inputs.map((input) => to.name(input)), to.builder.scalar(0, 'int32')], {
      Tparams: { type: dtype },
      Tindices: { type: 'int32' },
      Taxis: { type: 'int32' },
    }),
  Slice(node, to) {
    assertInBatch(node, to.batch)
    const places = [node.attrs.begin as number[], withBatch(node.shape, to.batch)]
    return moved(
      'Slice',
      node,
      to,
      places.map((list) => to.builder.integers(list)),
      { Index: { type: 'int32' } },
    )
  },
  Pad(node, to) {
    const inner = withBatch(node.inputs[0]!.shape, to.batch)
    const whole = withBatch(node.shape, to.batch)
    const around = (node.attrs.begin as number[]).map(
      (before, axis) => [before, whole[axis]! - before - inner[axis]!] as const,
    )
    return moved('Pad', node, to, [to.builder.pairs(around)], { Tpaddings: { type: 'int32' } })
  },
  Concat: ({ inputs, attrs, dtype }, to) =>
    to.builder.add(
      'ConcatV2',
      [...inputs.map((input) => to.name(input)), to.builder.scalar(attrs.axis as number, 'int32')],
      { N: { int: inputs.length }, T: { type: dtype }, Tidx: { type: 'int32' } },
    ),
}

/** Writes an operation whose inputs and output have one type. */
function typed(
  op: string,
  { inputs, dtype }: Node,
  to: Lowerer,
  attributes: Readonly<Record<string, Attribute>> = {},
): string {
  return to.builder.add(
    op,
    inputs.map((input) => to.name(input)),
    { T: { type: dtype }, ...attributes },
  )
}

/** Writes an operation that moves the elements of its one input. */
function moved(
  op: string,
  { inputs, dtype }: Node,
  to: Lowerer,
  how: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
): string {
  return to.builder.add(op, [to.name(inputs[0]!), ...how], { T: { type: dtype }, ...attributes })
}

function reduce(op: string, node: Node, to: Lowerer): string {
  const axes = node.attrs.axes as number[]
  const keeps = node.attrs.keepDims as boolean
  const x = to.name(node.inputs[0]!)
  if (axes.length === 0) return x
  // The sum over rows, which the gradient of each bias is, has an operation of its own that uses all threads.
  if (op === 'Sum' && !keeps && node.inputs[0]!.shape.length === 2 && axes.join() === '0')
    return to.builder.add('BiasAddGrad', [x], { T: { type: 'float32' } })
  return to.builder.add(op, [x, to.builder.integers(axes)], {
    T: { type: 'float32' },
    Tidx: { type: 'int32' },
    keep_dims: { bool: keeps },
  })
}

// TensorFlow fuses a product with this addition, and with a ReLU after it.
function addBias({ inputs }: Node, to: Lowerer): string | undefined {
  const [x, bias] = inputs as [Node, Node]
  if (x.op.type !== 'MatMul' || bias.shape.length !== 1 || bias.shape[0] !== x.shape[1]) return undefined
  return to.builder.add('BiasAdd', [to.name(x), to.name(bias)], { T: { type: 'float32' } })
}

// Three passes over the elements become one.
function maskGradient({ inputs }: Node, to: Lowerer): string | undefined {
  const [upstream, mask] = inputs as [Node, Node]
  const comparison = mask.op.type === 'Cast' ? mask.inputs[0]! : undefined
  if (comparison?.op.type !== 'Greater') return undefined
  const [y, zero] = comparison.inputs as [Node, Node]
  const isRelu = y.op.type === 'Relu' && zero.op.type === 'Constant' && zero.value!.data[0] === 0
  if (!isRelu || zero.shape.length > 0 || upstream.shape.length !== y.shape.length) return undefined
  if (!upstream.shape.every((size, axis) => size === y.shape[axis])) return undefined
  return to.builder.add('ReluGrad', [to.name(upstream), to.name(y)], { T: { type: 'float32' } })
}

function compare(op: string, { inputs }: Node, to: Lowerer): string {
  const names = inputs.map((input) => to.name(input))
  const isOrdered = op === 'Greater' && inputs[0]!.dtype === 'bool'
  const both = isOrdered ? names.map((name) => cast(name, 'bool', 'int32', to)) : names
  return to.builder.add(op, both, { T: { type: isOrdered ? 'int32' : inputs[0]!.dtype } })
}

function cast(x: string, from: DType, dtype: DType, to: Lowerer): string {
  return to.builder.add('Cast', [x], { SrcT: { type: from }, DstT: { type: dtype } })
}
