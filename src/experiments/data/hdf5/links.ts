import type { Cursor } from './bytes.ts'
import {
  cursor,
  readBytes,
  skip,
  takeAddress,
  takeLength,
  takeNumber,
  takeSignature,
  UnexpectedBytes,
} from './bytes.ts'
import { messageTypes, readMessages } from './object-header.ts'
import type { Superblock } from './superblock.ts'

/**
 * Finds the address of the object header of `name` in the root group, through a symbol table (in old files) or link
 * messages (in new ones). Gives `undefined` if it is linked in another way.
 */
export function findObject(fd: number, file: Superblock, name: string): number | undefined {
  for (const { type, body } of readMessages(fd, file, file.root)) {
    if (type === messageTypes.link) {
      const link = takeLink(body)
      if (link?.name === name) return link.address
    }
    if (type === messageTypes.symbolTable) {
      const found = findSymbol(fd, file, { tree: takeAddress(body), heap: takeAddress(body), name })
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** Takes a hard link; gives `undefined` if the link is soft or points to another file. */
function takeLink(body: Cursor): { name: string; address: number } | undefined {
  if (takeNumber(body, 1) !== 1) throw new UnexpectedBytes('another version of link')
  const flags = takeNumber(body, 1)
  const kind = flags & 0x08 ? takeNumber(body, 1) : 0
  skip(body, (flags & 0x04 ? 8 : 0) + (flags & 0x10 ? 1 : 0))
  const length = takeNumber(body, 2 ** (flags & 3))
  const name = body.bytes.toString('utf8', body.at, body.at + length)
  skip(body, length)
  return kind === 0 ? { name, address: takeAddress(body) } : undefined
}

interface Search {
  readonly tree: number
  readonly heap: number
  readonly name: string
}

/** Searches a group's B-tree of version 1 (specification, III.A.1). */
function findSymbol(fd: number, file: Superblock, search: Search, depth = 0): number | undefined {
  const { address, length } = file.sizes
  const head = cursor(readBytes(fd, file.base + search.tree, 8), file.sizes)
  takeSignature(head, 'TREE')
  if (takeNumber(head, 1) !== 0 || depth > 20) throw new UnexpectedBytes('no tree of a group')
  const level = takeNumber(head, 1)
  const count = takeNumber(head, 2)
  const from = cursor(
    readBytes(fd, file.base + search.tree + 8 + 2 * address, count * (address + length)),
    file.sizes,
  )
  for (let index = 0; index < count; index++) {
    skip(from, length) // the key
    const child = takeAddress(from)
    const found =
      level > 0
        ? findSymbol(fd, file, { ...search, tree: child }, depth + 1)
        : findInNode(fd, file, { ...search, tree: child })
    if (found !== undefined) return found
  }
  return undefined
}

/** Finds a name in a node of symbols, and gives the address of its object. */
function findInNode(fd: number, file: Superblock, { tree, heap, name }: Search): number | undefined {
  const head = cursor(readBytes(fd, file.base + tree, 8), file.sizes)
  takeSignature(head, 'SNOD')
  skip(head, 2)
  const count = takeNumber(head, 2)
  const entryBytes = 2 * file.sizes.address + 24
  const from = cursor(readBytes(fd, file.base + tree + 8, count * entryBytes), file.sizes)
  const names = readHeap(fd, file, heap)
  for (let index = 0; index < count; index++) {
    from.at = index * entryBytes
    const start = takeAddress(from)
    const object = takeAddress(from)
    const kind = takeNumber(from, 4)
    // 2 marks a soft link.
    if (names.toString('utf8', start, names.indexOf(0, start)) === name)
      return kind === 2 ? undefined : object
  }
  return undefined
}

/** Reads the bytes of a local heap: names, each followed by a zero. */
function readHeap(fd: number, file: Superblock, address: number): Buffer {
  const { sizes, base } = file
  const head = cursor(readBytes(fd, base + address, 8 + 2 * sizes.length + sizes.address), sizes)
  takeSignature(head, 'HEAP')
  skip(head, 4)
  const length = takeLength(head)
  skip(head, sizes.length)
  return readBytes(fd, base + takeAddress(head), length)
}
