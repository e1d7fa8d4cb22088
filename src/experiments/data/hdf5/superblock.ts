import type { FieldSizes } from './bytes.ts'
import { cursor, readBytes, skip, takeAddress, takeNumber, UnexpectedBytes } from './bytes.ts'

/** The extent of an HDF5 file, and the address of its root group. */
export interface Superblock {
  readonly version: number
  readonly sizes: FieldSizes
  /** Added to every address, because other bytes may precede the HDF5 part. */
  readonly base: number
  /** Minimal size of the whole file. */
  readonly end: number
  /** Address of the root group's object header. */
  readonly root: number
}

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')

/**
 * Finds where HDF5 begins: at 0, or at 512, 1024, 2048... after a block of user data (HDF5 File Format Specification
 * 3.0, II.A).
 */
export function findSignature(fd: number, fileBytes: number): number | undefined {
  for (let at = 0; at + signature.length <= fileBytes; at = at === 0 ? 512 : at * 2) {
    if (readBytes(fd, at, signature.length).equals(signature)) return at
  }
  return undefined
}

/** Reads a superblock of version 0 to 3 at position `at`. */
export function readSuperblock(fd: number, at: number, fileBytes: number): Superblock {
  const bytes = readBytes(fd, at, Math.min(128, fileBytes - at))
  const version = bytes.readUInt8(8)
  if (version > 3) throw new UnexpectedBytes(`superblock of version ${version}`)
  return version < 2 ? readOld(bytes, version) : readNew(bytes, version)
}

/** Reads a superblock of versions 0 and 1. */
function readOld(bytes: Buffer, version: number): Superblock {
  const sizes = { address: bytes.readUInt8(13), length: bytes.readUInt8(14) }
  const from = cursor(bytes, sizes, version === 0 ? 24 : 28)
  const base = takeAddress(from)
  skip(from, sizes.address) // address of the free space
  const end = takeAddress(from)
  skip(from, sizes.address) // address of the driver information
  skip(from, sizes.address) // address of the root group's name
  return { version, sizes, base, end, root: takeAddress(from) }
}

/** Reads a superblock of versions 2 and 3. */
function readNew(bytes: Buffer, version: number): Superblock {
  const sizes = { address: bytes.readUInt8(9), length: bytes.readUInt8(10) }
  const from = cursor(bytes, sizes, 12)
  const base = takeAddress(from)
  skip(from, sizes.address) // address of the extension
  const end = takeAddress(from)
  const root = takeNumber(from, sizes.address)
  return { version, sizes, base, end, root }
}
