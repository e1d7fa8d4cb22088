// TensorFlow.js' own types contain errors. If the types of `weft/keras` named them, a project that checks its libraries
// (`skipLibCheck: false`) could not import it. This folder describes the same objects, as far as reports use them.

/** The type of a tensor's elements. */
export type DType = 'float32' | 'int32' | 'bool' | 'complex64' | 'string'

/** The sizes of the axes; `null` is an unknown size, such as the batch. */
export type Shape = (number | null)[]

/** Elements, flat or in nested lists of equal lengths. */
export type TensorLike =
  | Float32Array
  | Int32Array
  | Uint8Array
  | number
  | boolean
  | number[]
  | boolean[]
  | number[][]
  | number[][][]
  | number[][][][]

/** A tensor of TensorFlow.js. It keeps its memory until it is disposed of, explicitly or by `tidy`. */
export interface Tensor {
  readonly shape: number[]
  readonly dtype: DType
  readonly rank: number
  readonly size: number
  readonly isDisposed: boolean
  /** Reads all elements, with the last axis varying fastest. */
  data(): Promise<Float32Array | Int32Array | Uint8Array>
  dataSync(): Float32Array | Int32Array | Uint8Array
  /** Reads the elements as nested lists; a scalar becomes a number. */
  array(): Promise<unknown>
  arraySync(): unknown
  clone(): Tensor
  print(verbose?: boolean): void
  toString(verbose?: boolean): string
  dispose(): void
}

/** A tensor of a model under construction: it has a shape but no elements yet. */
export interface SymbolicTensor {
  readonly name: string
  readonly shape: Shape
  readonly dtype: DType
  readonly rank: number
}
