import type { LoadOptions, Split } from './dataset.ts'

/** The meaning of the pixels of a file: `low` is black (0), `high` is white (255). */
export interface Normalisation {
  /** `none` if the pixels are no whole grey levels, scaled and shifted; they then stay 32-bit floats as stored. */
  readonly name: 'bytes' | 'unit' | 'centred' | 'signed' | 'linear' | 'none'
  readonly low: number
  readonly high: number
  /** For text and messages: `bytes, 0 to 255`, `centred, -0.5 to 0.5`. */
  readonly text: string
}

/** The rows of one of the two datasets, unpacked. */
export interface H5Rows {
  /** `[count, 784]`, 0 = black, 255 = white; or 32-bit floats as stored, if normalisation is `none` or on request. */
  readonly images: Uint8Array | Float32Array
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array
  readonly count: number
  readonly width: 28
  readonly height: 28
}

/** Facts about one dataset of a file. */
export interface H5Facts {
  /** `trainData` or `testData`. */
  readonly dataset: string
  readonly split: Split
  readonly shape: readonly [rows: number, columns: number]
  /** `float64`, `float32`, `float16`, `uint8`, `int16`... */
  readonly type: string
  readonly littleEndian: boolean
  /** `contiguous`, `compact`, `chunked 1000 x 785`. */
  readonly layout: string
  /** Names of filters: `gzip 4`, `shuffle`. */
  readonly filters: readonly string[]
  /** Position of the first element in the file, in bytes, if the elements are one contiguous, unencoded block. */
  readonly offset?: number
}

export interface H5Options extends LoadOptions {
  /** Type of the pixels. By default `uint8` if the normalisation allows it, else `float32`; `uint8` refuses others. */
  readonly as?: 'uint8' | 'float32'
  /** The datasets to read; both by default. */
  readonly splits?: readonly Split[]
}

export interface H5Data {
  /** Path of the HDF5 file: the given one, or the unpacked one. */
  readonly path: string
  readonly normalisation: Normalisation
  readonly facts: Readonly<Partial<Record<Split, H5Facts>>>
  readonly rows: Readonly<Partial<Record<Split, H5Rows>>>
}

/** Facts about one dataset after a pass over all its rows. */
export interface H5SetInspection {
  readonly facts: H5Facts
  /** How often each of the labels 0 to 9 occurs. */
  readonly labelCounts: readonly number[]
  /** Smallest and largest pixel, as stored. */
  readonly range: { readonly min: number; readonly max: number }
}

/** Facts about a file after a pass over all its rows. */
export interface H5Inspection {
  /** Path of the HDF5 file: the given one, or the unpacked one. */
  readonly path: string
  readonly bytes: number
  readonly normalisation: Normalisation
  /** In the order `trainData`, `testData`. */
  readonly sets: readonly H5SetInspection[]
}
