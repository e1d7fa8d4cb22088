/** The contents of an IDX file: unsigned bytes in row-major order. */
export interface Idx {
  readonly shape: readonly number[]
  readonly values: Uint8Array
}

/** The other types of elements that the format knows, by their number in the magic number. */
const otherTypes: Readonly<Record<number, string>> = {
  9: 'signed bytes',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
}

/**
 * Reads an IDX file of unsigned bytes: magic 0x00000800 + rank, one big-endian 32-bit size per dimension, values
 * (Y. LeCun, "The MNIST database of handwritten digits", section "File formats"). `values` is a view of `bytes`.
 * @param rank 1 for labels, 3 for images `[count, height, width]`
 * @param name the name of the file in errors
 * @throws on other types of elements, naming them, on another magic number, or if the length does not match the dimensions
 */
export function parseIdx(bytes: Uint8Array, rank: number, name: string): Idx {
  const header = 4 + 4 * rank
  const magic = 0x00000800 + rank
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const foundMagic = bytes.byteLength >= 4 ? view.getUint32(0) : undefined
  const type = foundMagic !== undefined && foundMagic < 0x10000 ? otherTypes[foundMagic >> 8] : undefined
  if (type !== undefined) {
    throw new Error(
      `Cannot read \`${name}\`, expected unsigned bytes (${hex(magic)}), found ${type} (${hex(foundMagic)}): write it anew with unsigned bytes, 0 to 255`,
    )
  }
  if (foundMagic !== magic) {
    throw new Error(
      `Cannot read \`${name}\`, expected the magic number ${hex(magic)}, found ${hex(foundMagic)}`,
    )
  }
  if (bytes.byteLength < header) {
    throw new Error(
      `Cannot read \`${name}\`, expected a header of ${header} bytes, found ${bytes.byteLength}: truncated`,
    )
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = shape.reduce((product, dimension) => product * dimension, 1)
  const values = bytes.subarray(header)
  if (values.byteLength !== size) {
    const wrong = values.byteLength < size ? 'truncated' : 'too long'
    throw new Error(
      `Cannot read \`${name}\`, expected ${size} values for the shape [${shape.join(', ')}], found ${values.byteLength}: ${wrong}`,
    )
  }
  return { shape, values }
}

/** Writes the first four bytes of a file in hexadecimal digits, or says that it has fewer. */
function hex(magic: number | undefined): string {
  return magic === undefined ? 'less than 4 bytes' : `0x${magic.toString(16).padStart(8, '0')}`
}
