import { readSync } from 'node:fs'

/** Reads little-endian numbers one after the other, the format of HDF5's metadata. */
export interface Cursor {
  at: number
  readonly bytes: Buffer
  readonly sizes: FieldSizes
}

/** Widths of addresses (which HDF5 calls "offsets") and lengths in bytes, as the superblock gives them. */
export interface FieldSizes {
  readonly address: number
  readonly length: number
}

/** Represents the undefined address, which has all bits set. */
export const nowhere = -1

export class UnexpectedBytes extends Error {}

/** Reads `length` bytes of the file at `position`. Throws if there are fewer. */
export function readBytes(fd: number, position: number, length: number): Buffer {
  if (position < 0 || length < 0 || length > 64 * 2 ** 20) throw new UnexpectedBytes('no such block')
  const bytes = Buffer.alloc(length)
  for (let filled = 0; filled < length; ) {
    const read = readSync(fd, bytes, filled, length - filled, position + filled)
    if (read === 0) throw new UnexpectedBytes('the file ends')
    filled += read
  }
  return bytes
}

/** Begins to read bytes at a place. */
export function cursor(bytes: Buffer, sizes: FieldSizes, at = 0): Cursor {
  return { at, bytes, sizes }
}

/** Takes an unsigned number of 1 to 8 bytes. Beyond 2^53, all bits set means `nowhere`; other numbers are errors. */
export function takeNumber(from: Cursor, size: number): number {
  const { at, bytes } = from
  if (at + size > bytes.length) throw new UnexpectedBytes('the block ends')
  from.at += size
  if (size <= 6) return bytes.readUIntLE(at, size)
  const value = size === 8 ? bytes.readBigUInt64LE(at) : 2n ** 64n
  if (value === 2n ** 64n - 1n) return nowhere
  if (value > Number.MAX_SAFE_INTEGER) throw new UnexpectedBytes('a number is too large')
  return Number(value)
}

/** Takes an address; all bits set means `nowhere`. */
export function takeAddress(from: Cursor): number {
  const value = takeNumber(from, from.sizes.address)
  return from.sizes.address < 8 && value === 2 ** (8 * from.sizes.address) - 1 ? nowhere : value
}

/** Takes a length. */
export function takeLength(from: Cursor): number {
  return takeNumber(from, from.sizes.length)
}

/** Leaves bytes out. */
export function skip(from: Cursor, size: number): void {
  from.at += size
}

/** Takes `wanted`, four ASCII letters, or throws. */
export function takeSignature(from: Cursor, wanted: string): void {
  const found = from.bytes.toString('latin1', from.at, from.at + wanted.length)
  if (found !== wanted) throw new UnexpectedBytes(`expected ${wanted}, found ${found}`)
  from.at += wanted.length
}
