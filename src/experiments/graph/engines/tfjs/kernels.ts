import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Data, DType, Node, Value } from '../../node.ts'
import type { MatMulOptions } from '../../ops/mat-mul.ts'
import { assertInBatch } from '../../ops/slice.ts'
import { withBatch } from '../../shape.ts'

type Kernel = (
  inputs: readonly Tensor[],
  node: Node,
  rows: { readonly batch: number; readonly whole: number },
) => Tensor

/** Computes each operation. */
export const kernels: Readonly<Record<string, Kernel>> = {
  Constant: (_, { value }) => toTensor(value!),
  Size: (_, { inputs, attrs }, { whole }) =>
    tf.scalar(
      (attrs.axes as number[]).reduce((product, axis) => product * (inputs[0]!.shape[axis] ?? whole), 1),
    ),
  Identity: ([x]) => x!,

  MatMul: ([a, b], { attrs }) => matMul(a as Tensor2D, b as Tensor2D, attrs),
  Add: ([a, b]) => tf.add(a!, b!),
  Sub: ([a, b]) => tf.sub(a!, b!),
  Mul: ([a, b]) => tf.mul(a!, b!),
  Div: ([a, b]) => tf.div(a!, b!),
  Neg: ([x]) => tf.neg(x!),
  Square: ([x]) => tf.square(x!),
  Abs: ([x]) => tf.abs(x!),
  // tfjs' sign and its portable backend support different dtypes. The sign of NaN is NaN.
  Sign([x]) {
    const sign = tf.sub(tf.cast(tf.greater(x!, 0), 'float32'), tf.cast(tf.less(x!, 0), 'float32'))
    return tf.where(tf.isNaN(x!), x!, sign)
  },
  Exp: ([x]) => tf.exp(x!),
  Log: ([x]) => tf.log(x!),
  Sqrt: ([x]) => tf.sqrt(x!),
  Relu: ([x]) => tf.relu(x!),
  Sigmoid: ([x]) => tf.sigmoid(x!),
  Tanh: ([x]) => tf.tanh(x!),
  // max(x, 0) + log(1 + exp(-|x|)) never overflows.
  Softplus: ([x]) => tf.add(tf.relu(x!), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x!))), 1))),
  Softmax: ([x]) => tf.softmax(x!),
  LogSoftmax([x]) {
    const shifted = tf.sub(x!, tf.max(x!, -1, true))
    return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)))
  },

  Greater: ([a, b]) => tf.greater(a!, b!),
  Equal: ([a, b]) => tf.equal(a!, b!),
  // The portable backend's cast to bool keeps only the low byte.
  Cast: ([x], { dtype }) => (dtype === 'bool' ? tf.notEqual(x!, 0) : tf.cast(x!, tfjsType(dtype))),
  OneHot: ([indices], { attrs }) => tf.cast(tf.oneHot(indices!, attrs.depth as number), 'float32'),

  ReduceSum: ([x], { attrs }) => sum(x!, attrs.axes as number[], attrs.keepDims as boolean),
  ReduceMean([x], { attrs }) {
    const axes = attrs.axes as number[]
    const count = axes.reduce((product, axis) => product * x!.shape[axis]!, 1)
    return tf.div(sum(x!, axes, attrs.keepDims as boolean), count)
  },
  ReduceMax: ([x], { attrs }) =>
    (attrs.axes as number[]).length === 0
      ? x!
      : tf.max(x!, attrs.axes as number[], attrs.keepDims as boolean),
  ArgMax: ([x], { attrs }) => tf.argMax(x!, attrs.axis as number),

  Reshape: ([x], { shape }, { batch }) => tf.reshape(x!, withBatch(shape, batch)),
  BroadcastTo: ([x], { shape }, { batch }) => tf.broadcastTo(x!, withBatch(shape, batch)),
  Transpose: ([x], { attrs }) => tf.transpose(x!, attrs.order as number[]),
  Gather: ([x, indices]) => tf.gather(x!, indices as Tensor),
  Slice([x], node, { batch }) {
    // The portable backend would read beyond the end.
    assertInBatch(node, batch)
    return tf.slice(x!, node.attrs.begin as number[], withBatch(node.shape, batch))
  },
  Pad([x], { attrs, shape }, { batch }) {
    const begin = attrs.begin as number[]
    const whole = withBatch(shape, batch)
    return tf.pad(
      x!,
      begin.map((before, axis): [number, number] => [before, whole[axis]! - before - x!.shape[axis]!]),
    )
  },
  Concat: (inputs, { attrs }) => tf.concat([...inputs], attrs.axis as number),
}

// The portable backend computes a product with a transposed matrix in a scalar loop, about 20 times slower.
function matMul(a: Tensor2D, b: Tensor2D, { transposeA, transposeB }: MatMulOptions): Tensor {
  if (tf.getBackend() !== 'wasm') return tf.matMul(a, b, transposeA, transposeB)
  return tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b)
}

// Uses a product with ones if possible, because the portable backend's sum over rows transposes first.
function sum(x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  if (axes.length === 0) return x
  if (x.rank !== 2 || axes.join() !== '0') return tf.sum(x, [...axes], keepDims)
  const row = tf.matMul(tf.ones([1, x.shape[0]!]), x as Tensor2D)
  return keepDims ? row : tf.reshape(row, [-1])
}

/** Gives the dtype that tfjs uses for a node's dtype: it has no bytes, so they become int32. */
function tfjsType(dtype: DType): 'float32' | 'int32' | 'bool' {
  return dtype === 'uint8' ? 'int32' : dtype
}

/** Uploads elements to a tensor. */
export function toTensor({ dtype, shape, data }: Value): Tensor {
  const elements = dtype === 'uint8' ? Int32Array.from(data) : data
  return tf.tensor(elements, [...shape], tfjsType(dtype))
}

/** Converts downloaded elements to the array type of a dtype. */
export function toData(data: ArrayLike<number>, dtype: DType): Data {
  if (dtype === 'float32') return Float32Array.from(data)
  return dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data)
}
