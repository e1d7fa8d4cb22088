import { cursor, readBytes, skip, takeAddress, takeNumber, takeSignature, UnexpectedBytes } from './bytes.ts'
import type { Superblock } from './superblock.ts'

/** A tree that lists chunks: its address, and the number of dimensions of chunk positions. */
interface ChunkTree {
  readonly address: number
  readonly dimensions: number
}

/** Counts the chunks that a B-tree of version 1 lists, which are those that were written (specification, III.A.1). */
export function countChunks(fd: number, file: Superblock, tree: ChunkTree, depth = 0): number {
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
