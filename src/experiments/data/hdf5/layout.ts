import { nowhere, takeAddress, takeLength, takeNumber } from './bytes.ts'
import { findObject } from './links.ts'
import { messageTypes, readMessages } from './object-header.ts'
import type { Superblock } from './superblock.ts'

/** How the elements of a dataset lie in its file. */
export interface Layout {
  readonly kind: 'compact' | 'contiguous' | 'chunked' | 'virtual'
  /** Of a contiguous one: where its elements begin, counted from the first byte of the file... */
  readonly offset?: number
  /** ...and how many bytes they take. */
  readonly bytes?: number
}

const kinds = ['compact', 'contiguous', 'chunked', 'virtual'] as const

/**
 * Finds how the dataset `name` of the root group lies in its file, which h5wasm does not tell. Gives
 * `undefined` for anything unusual (many links, soft links, external files, formats before HDF5 1.6):
 * then h5wasm reads it.
 */
export function findLayout(fd: number, file: Superblock, name: string): Layout | undefined {
  try {
    const address = findObject(fd, file, name)
    return address === undefined ? undefined : readLayout(fd, file, address)
  } catch {
    return undefined
  }
}

function readLayout(fd: number, file: Superblock, address: number): Layout | undefined {
  const messages = readMessages(fd, file, address)
  if (messages.some(({ type }) => type === messageTypes.externalFiles)) return undefined
  const body = messages.find(({ type }) => type === messageTypes.layout)?.body
  if (!body || takeNumber(body, 1) < 3) return undefined
  const kind = kinds[takeNumber(body, 1)]
  if (kind !== 'contiguous') return kind && { kind }
  const start = takeAddress(body)
  // Nothing was ever written: every element is the fill value.
  if (start === nowhere) return { kind }
  return { kind, offset: file.base + start, bytes: takeLength(body) }
}
