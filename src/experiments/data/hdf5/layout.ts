import type { Cursor } from './bytes.ts'
import {
  cursor,
  nowhere,
  readBytes,
  skip,
  takeAddress,
  takeLength,
  takeNumber,
  takeSignature,
  UnexpectedBytes,
} from './bytes.ts'

import { findObject } from './links.ts'
import { messageTypes, readMessages } from './object-header.ts'
import type { Superblock } from './superblock.ts'

/** How the elements of a dataset are stored in its file. */
export interface Layout {
  readonly kind: 'compact' | 'contiguous' | 'chunked' | 'virtual' | 'external'
  /** For a contiguous dataset: where its elements begin, counted from the first byte of the file... */
  readonly offset?: number
  /** ...and how many bytes they take. */
  readonly bytes?: number
  /** For a chunked dataset: how many chunks were written, if that can be found. */
  readonly chunks?: number
}

const kinds = ['compact', 'contiguous', 'chunked', 'virtual'] as const

/**
 * Finds how the dataset `name` of the root group is stored, which h5wasm does not report. Gives `undefined` for
 * anything unusual (many links, soft links, formats before HDF5 1.6); h5wasm then reads the dataset.
 */
export function findLayout(fd: number, file: Superblock, name: string): Layout | undefined {
  try {
    const address = findObject(fd, file, name)
    return address === undefined ? undefined : readLayout(fd, file, address)
  } catch {
    return undefined
  }
}

/** Reads where the elements of a dataset are; undefined if its form is an old or unknown one. */
function readLayout(fd: number, file: Superblock, address: number): Layout | undefined {
  const messages = readMessages(fd, file, address)
  if (messages.some(({ type }) => type === messageTypes.externalFiles)) return { kind: 'external' }
  const body = messages.find(({ type }) => type === messageTypes.layout)?.body
  const version = body ? takeNumber(body, 1) : 0
  if (!body || version < 3) return undefined
  const kind = kinds[takeNumber(body, 1)]
  if (kind === 'chunked') {
    return { kind, chunks: version === 3 ? readTree(fd, file, body) : readIndex(body) }
  }
  if (kind !== 'contiguous') return kind && { kind }
  const start = takeAddress(body)
  // Nothing was ever written, so every element is the fill value.
  if (start === nowhere) return { kind, bytes: 0 }
  return { kind, offset: file.base + start, bytes: takeLength(body) }
}

/** Counts the chunks in the tree that a layout names. */
function readTree(fd: number, file: Superblock, body: Cursor): number {
  const dimensions = takeNumber(body, 1)
  const address = takeAddress(body)
  return address === nowhere ? 0 : countChunks(fd, file, { address, dimensions })
}

/** Finds whether any of the five indices of version 4 exists (specification, IV.A.2.i). */
function readIndex(body: Cursor): number | undefined {
  const flags = takeNumber(body, 1)
  const dimensions = takeNumber(body, 1)
  skip(body, takeNumber(body, 1) * dimensions)
  const index = takeNumber(body, 1)
  const singleBytes = flags & 2 ? body.sizes.length + 4 : 0
  skip(body, [0, singleBytes, 0, 1, 5, 6][index] ?? 0)
  return takeAddress(body) === nowhere ? 0 : undefined
}

/** A tree that lists chunks: where it is, and how many dimensions their places have. */
interface ChunkTree {
  readonly address: number
  readonly dimensions: number
}

/** Counts the chunks that a B-tree of version 1 lists: those that were written (specification, III.A.1). */
function countChunks(fd: number, file: Superblock, tree: ChunkTree, depth = 0): number {
  const { address } = file.sizes
  const head = cursor(readBytes(fd, file.base + tree.address, 8), file.sizes)
  takeSignature(head, 'TREE')
  if (takeNumber(head, 1) !== 1 || depth > 20) throw new UnexpectedBytes('no tree of chunks')
  const level = takeNumber(head, 1)
  const count = takeNumber(head, 2)
  if (level === 0) return count
  const keyBytes = 8 + 8 * tree.dimensions
  const start = file.base + tree.address + 8 + 2 * address
  const from = cursor(readBytes(fd, start, count * (keyBytes + address)), file.sizes)
  let chunks = 0
  for (let index = 0; index < count; index++) {
    skip(from, keyBytes)
    chunks += countChunks(fd, file, { ...tree, address: takeAddress(from) }, depth + 1)
  }
  return chunks
}
