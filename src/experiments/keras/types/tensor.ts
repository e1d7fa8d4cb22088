// TensorFlow.js' own types contain errors. A project that checks its libraries (`skipLibCheck: false`) could therefore
// not import `weft/keras` if its types named them. This folder describes the same objects, as far as reports use them.

/** What an element of a tensor may be. */
export type DType = 'float32' | 'int32' | 'bool' | 'complex64' | 'string'

/** The sizes of the axes; `null` is an open one, such as the batch. */
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

/** A tensor of TensorFlow.js. It keeps its memory until it is disposed of, by hand or by `tidy`. */
export interface Tensor {
  readonly shape: number[]
  readonly dtype: DType
  readonly rank: number
  readonly size: number
  readonly isDisposed: boolean
  /** Reads all elements, the last axis first. */
  data(): Promise<Float32Array | Int32Array | Uint8Array>
  dataSync(): Float32Array | Int32Array | Uint8Array
  /** Reads the elements as nested lists; a scalar is a number. */
  array(): Promise<unknown>
  arraySync(): unknown
  clone(): Tensor
  print(verbose?: boolean): void
  toString(verbose?: boolean): string
  dispose(): void
}

/** A tensor of a model that is being built: it has a shape and no elements yet. */
export interface SymbolicTensor {
  readonly name: string
  readonly shape: Shape
  readonly dtype: DType
  readonly rank: number
}
