import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Data, DType, Value } from '../../node.ts'

/** Gives the dtype by which tfjs keeps a node's: it has no bytes, which become int32. */
export function tfjsType(dtype: DType): 'float32' | 'int32' | 'bool' {
  return dtype === 'uint8' ? 'int32' : dtype
}

/** Uploads elements. */
export function toTensor({ dtype, shape, data }: Value): Tensor {
  const elements = dtype === 'uint8' ? Int32Array.from(data) : data
  return tf.tensor(elements, [...shape], tfjsType(dtype))
}

/** Gives downloaded elements in the array of a dtype. */
export function toData(data: ArrayLike<number>, dtype: DType): Data {
  if (dtype === 'float32') return Float32Array.from(data)
  return dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data)
}
