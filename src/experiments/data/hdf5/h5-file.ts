import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UnexpectedBytes } from './bytes.ts'
import { unusable } from './h5-error.ts'
import type { Superblock } from './superblock.ts'
import { findSignature, readSuperblock } from './superblock.ts'
import type { Wasm } from './wasm.ts'
import { loadWasm, quietly } from './wasm.ts'

/** An open HDF5 file, as bytes and in h5wasm. */
export interface H5File {
  /** The name in messages. */
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly handle: FileHandle
  /** `undefined` if this code does not know its version; h5wasm may still know it. */
  readonly superblock: Superblock | undefined
  readonly wasm: Wasm
  readonly id: bigint
}

/**
 * Runs `work` with the file at `path` open, and then closes it.
 * @param name the name in messages: the file that the user named
 * @throws H5Error `is-there`, `is-file`, `is-readable`, `is-not-empty`, `is-hdf5`, `is-whole`
 */
export async function withH5File<T>(
  path: string,
  name: string,
  work: (file: H5File) => Promise<T>,
): Promise<T> {
  const handle = await openHandle(path, name)
  try {
    const { bytes, superblock } = await readStart(handle, name)
    const wasm = await loadWasm()
    const id = openInWasm(wasm, path, name)
    try {
      return await work({ name, path, bytes, handle, superblock, wasm, id })
    } finally {
      quietly(wasm, () => void wasm.close_file(id))
    }
  } finally {
    await handle.close()
  }
}

/** Opens a file for reading. @throws H5Error `is-there`, `is-file`, `is-readable` */
export async function openHandle(path: string, name: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY).catch((cause) => {
    throw cannotOpen(name, cause)
  })
  if ((await handle.stat()).isFile()) return handle
  const isFolder = (await handle.stat()).isDirectory()
  await handle.close()
  throw unusable(name, 'is-file', { expected: 'a file', found: isFolder ? 'a folder' : 'something else' })
}

/** Gives the error that says why a file cannot be opened. */
function cannotOpen(name: string, cause: NodeJS.ErrnoException): Error {
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    return unusable(name, 'is-there', { expected: 'a file', found: 'none', cause })
  }
  // Windows reports EISDIR here, other systems only on reading.
  if (cause.code === 'EISDIR')
    return unusable(name, 'is-file', { expected: 'a file', found: 'a folder', cause })
  const found = cause.code === 'EACCES' ? 'one that may not be read' : `the error ${cause.code}`
  return unusable(name, 'is-readable', { expected: 'a readable file', found, cause })
}

/** Reads where the file begins, and what its superblock says. */
async function readStart(handle: FileHandle, name: string) {
  const bytes = (await handle.stat()).size
  if (bytes === 0) throw unusable(name, 'is-not-empty', { expected: 'an HDF5 file', found: 'an empty file' })
  const at = findSignature(handle.fd, bytes)
  if (at === undefined) {
    throw unusable(name, 'is-hdf5', { expected: 'an HDF5 file', found: await describeStart(handle) })
  }
  const superblock = trySuperblock(handle.fd, at, bytes)
  if (superblock && bytes < superblock.end) {
    const found = `${bytes}: truncated`
    throw unusable(name, 'is-whole', { expected: `${superblock.end} bytes`, found })
  }
  return { bytes, superblock }
}

/** Reads a superblock; undefined if the bytes are none. */
function trySuperblock(fd: number, at: number, bytes: number): Superblock | undefined {
  try {
    return readSuperblock(fd, at, bytes)
  } catch (cause) {
    if (cause instanceof UnexpectedBytes || cause instanceof RangeError) return undefined
    throw cause
  }
}

/** Describes a file that is not HDF5, from its first bytes. */
async function describeStart(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
  const start = buffer.subarray(0, bytesRead)
  if (bytesRead >= 2 && start.readUInt16BE(0) === 0x1f8b) return 'a gzip file: unpack it by `gunzip`'
  const text = start.toString('utf8').trim()
  if (/^<(!doctype|html|\?xml|head|body)/i.test(text)) return `a web page: \`${text.slice(0, 20)}\``
  if (/^[\t\n\r\x20-\x7e]+$/.test(text)) return `text: \`${text.split('\n')[0]?.slice(0, 20)}\``
  return `a file that begins with the bytes ${start
    .subarray(0, 8)
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ')}`
}

/** Opens a file in the HDF5 library. */
function openInWasm(wasm: Wasm, path: string, name: string): bigint {
  try {
    return quietly(
      wasm,
      () => wasm.open(resolve(path), 0, false, -1, -1),
      () => true,
    )
  } catch (cause) {
    const found = `a damaged one: ${(cause as Error).message}`
    throw unusable(name, 'is-whole', { expected: 'a whole HDF5 file', found, cause })
  }
}
