import type { Metadata } from 'h5wasm/node'

/** The type of numbers as they are stored. */
export interface ElementType {
  /** `float64`, `uint8`... */
  readonly name: string
  readonly bytes: 1 | 2 | 4 | 8
  readonly littleEndian: boolean
}

/** Numbers in memory; 64-bit integers and 16-bit floats are converted to one of these. */
export type Values =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array

/** HDF5's type classes, by number. */
const classes = [
  'integers',
  'floats',
  'times',
  'strings',
  'bit fields',
  'opaque bytes',
  'compound records',
  'references',
  'an enumeration',
  'lists of variable length',
  'arrays',
] as const

/** Gives the element type if it can be read, else a description of it. */
export function elementType({ type, size, signed, littleEndian }: Metadata): ElementType | string {
  const isInteger = type === 0
  const isFloat = type === 1
  if (!isInteger && !isFloat) return classes[type] ?? 'elements of an unknown class'
  const name = isFloat ? `float${8 * size}` : `${signed ? 'int' : 'uint'}${8 * size}`
  if ((size === 1 && isInteger) || size === 2 || size === 4 || size === 8) {
    return { name, bytes: size, littleEndian }
  }
  return `elements of type ${name}`
}

const views: Readonly<Record<string, new (buffer: ArrayBufferLike, at: number, length: number) => Values>> = {
  float64: Float64Array,
  float32: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
}

/**
 * Creates a function that decodes little-endian elements: to a view of the bytes if possible, else to values that are
 * valid until the next call. The bytes must begin at a multiple of the element's size.
 */
export function makeDecoder({ name, bytes }: ElementType): (elements: Uint8Array) => Values {
  const View = views[name]
  if (View) return ({ buffer, byteOffset, byteLength }) => new View(buffer, byteOffset, byteLength / bytes)
  return name === 'float16' ? decodeHalves() : decodeLongs(name === 'int64' ? BigInt64Array : BigUint64Array)
}

/** Makes what reads whole numbers of 64 bits as floats. */
function decodeLongs(View: typeof BigInt64Array | typeof BigUint64Array) {
  let values = new Float64Array(0)
  return ({ buffer, byteOffset, byteLength }: Uint8Array): Values => {
    const longs = new View(buffer as ArrayBuffer, byteOffset, byteLength / 8)
    if (values.length < longs.length) values = new Float64Array(longs.length)
    for (let index = 0; index < longs.length; index++) values[index] = Number(longs[index])
    return values
  }
}

/** Makes what reads floats of 16 bits, by a table of all of them. */
function decodeHalves() {
  const table = Float32Array.from({ length: 2 ** 16 }, (_, bits) => half(bits))
  let values = new Float32Array(0)
  return ({ buffer, byteOffset, byteLength }: Uint8Array): Values => {
    const halves = new Uint16Array(buffer, byteOffset, byteLength / 2)
    if (values.length < halves.length) values = new Float32Array(halves.length)
    for (let index = 0; index < halves.length; index++) values[index] = table[halves[index]!]!
    return values
  }
}

/** Gives the number that 16 bits represent (IEEE 754 binary16). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** Converts big-endian elements to little-endian, in place. */
export function swapBytes(elements: Buffer, { bytes }: ElementType): void {
  if (bytes === 8) elements.swap64()
  if (bytes === 4) elements.swap32()
  if (bytes === 2) elements.swap16()
}
