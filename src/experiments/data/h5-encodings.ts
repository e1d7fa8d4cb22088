/** Types of elements that are written, with what holds them in memory. */
export const h5Types = {
  float64: { bytes: 8, array: Float64Array },
  float32: { bytes: 4, array: Float32Array },
  uint8: { bytes: 1, array: Uint8Array },
} as const
export type H5Type = keyof typeof h5Types

/** Where the grey levels 0 to 255 go: level -> pixel. */
export const h5Normalisations = {
  unit: (level: number) => level / 255,
  centred: (level: number) => (level - 127.5) / 255,
  signed: (level: number) => (level - 127.5) / 127.5,
  bytes: (level: number) => level,
} as const
export type H5Normalisation = keyof typeof h5Normalisations
