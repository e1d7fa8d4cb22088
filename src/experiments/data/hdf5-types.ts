import type { LoadOptions, Split } from './dataset.ts'

/** How the pixels of a file stand for grey: `low` is black (0), `high` is white (255). */
export interface Normalisation {
  /** `none` where the range is no multiple of whole grey levels: then the pixels stay 32-bit floats as they are. */
  readonly name: 'bytes' | 'unit' | 'centred' | 'signed' | 'linear' | 'none'
  readonly low: number
  readonly high: number
  /** For prose and messages: `bytes, 0 to 255`, `centred, -0.5 to 0.5`. */
  readonly text: string
}

/** The rows of one of the two datasets, unpacked. */
export interface H5Rows {
  /** `[count, 784]`, 0 = black, 255 = white; 32-bit floats as stored where the normalisation is `none` or on request. */
  readonly images: Uint8Array | Float32Array
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array
  readonly count: number
  readonly width: 28
  readonly height: 28
}

/** What is known of one dataset of a file. */
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
  /** Where the elements begin in the file, in bytes, if they lie there in one piece as they are. */
  readonly offset?: number
}

export interface H5Options extends LoadOptions {
  /** Of the pixels. Unless given, `uint8` where the normalisation allows it, else `float32`; `uint8` refuses others. */
  readonly as?: 'uint8' | 'float32'
  /** Which datasets to read; both unless given. */
  readonly splits?: readonly Split[]
}

export interface H5Data {
  /** Of the HDF5 file: the one given, or the unpacked one. */
  readonly path: string
  readonly normalisation: Normalisation
  readonly facts: Readonly<Partial<Record<Split, H5Facts>>>
  readonly rows: Readonly<Partial<Record<Split, H5Rows>>>
}

/** What is known of one dataset after a look at all its rows. */
export interface H5SetInspection {
  readonly facts: H5Facts
  /** How often each of the labels 0 to 9 occurs. */
  readonly labelCounts: readonly number[]
  /** Smallest and largest pixel, as stored. */
  readonly range: { readonly min: number; readonly max: number }
}

/** What is known of a file after a look at all its rows. */
export interface H5Inspection {
  /** Of the HDF5 file: the one given, or the unpacked one. */
  readonly path: string
  readonly bytes: number
  readonly normalisation: Normalisation
  /** In the order `trainData`, `testData`. */
  readonly sets: readonly H5SetInspection[]
}
