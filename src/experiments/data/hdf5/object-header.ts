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
import type { Superblock } from './superblock.ts'

/** A header message of an object: its type, and a cursor over its bytes. */
interface Message {
  readonly type: number
  readonly body: Cursor
}

export const messageTypes = {
  linkInfo: 0x02,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  continuation: 0x10,
  symbolTable: 0x11,
} as const

/** Reads all messages of the object header at `address`, of version 1 or 2 (specification, IV.A.1). */
export function readMessages(fd: number, file: Superblock, address: number): Message[] {
  const start = cursor(readBytes(fd, file.base + address, 16), file.sizes)
  return start.bytes.readUInt8(0) === 1
    ? readFirstVersion(fd, file, address, start)
    : readSecondVersion(fd, file, address)
}

/** Reads the messages of a header of version 1. */
function readFirstVersion(fd: number, file: Superblock, address: number, start: Cursor): Message[] {
  const length = start.bytes.readUInt32LE(8)
  const takeHead = (from: Cursor) => {
    const head = { type: takeNumber(from, 2), size: takeNumber(from, 2) }
    skip(from, 4)
    return head
  }
  return follow(fd, file, { address: address + 16, length }, { bytes: 8, take: takeHead })
}

/** Reads the messages of a header of version 2. */
function readSecondVersion(fd: number, file: Superblock, address: number): Message[] {
  // The longest possible head: signature, version, flags, four times, two limits, a size of 8 bytes.
  const head = cursor(readBytes(fd, file.base + address, 34), file.sizes)
  takeSignature(head, 'OHDR')
  if (takeNumber(head, 1) !== 2) throw new UnexpectedBytes('another version of object header')
  const flags = takeNumber(head, 1)
  skip(head, (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0))
  const length = takeNumber(head, 2 ** (flags & 3))
  const rest = flags & 0x04 ? 3 : 1
  const takeHead = (from: Cursor) => {
    const head = { type: takeNumber(from, 1), size: takeNumber(from, 2) }
    skip(from, rest)
    return head
  }
  return follow(fd, file, { address: address + head.at, length }, { bytes: 3 + rest, take: takeHead })
}

interface Block {
  readonly address: number
  readonly length: number
}

/** The fields before the bytes of each message. */
interface Head {
  readonly bytes: number
  readonly take: (from: Cursor) => { type: number; size: number }
}

/** Reads the messages of a block, then those of its continuation blocks. */
function follow(fd: number, file: Superblock, first: Block, head: Head): Message[] {
  const messages: Message[] = []
  const blocks = [first]
  for (let index = 0; index < blocks.length; index++) {
    if (index > 1000) throw new UnexpectedBytes('a header without an end')
    const { address, length } = blocks[index]!
    const bytes = readBytes(fd, file.base + address, length)
    const isMarked = index > 0 && bytes.toString('latin1', 0, 4) === 'OCHK'
    const from = cursor(isMarked ? bytes.subarray(4, -4) : bytes, file.sizes)
    // A rest at the end that is too small for a message is a gap.
    while (from.at + head.bytes <= from.bytes.length) {
      const { type, size } = head.take(from)
      const body = cursor(from.bytes.subarray(from.at, from.at + size), file.sizes)
      if (body.bytes.length < size) throw new UnexpectedBytes('a message is cut')
      skip(from, size)
      if (type !== messageTypes.continuation) messages.push({ type, body })
      else blocks.push({ address: takeAddress(body), length: takeLength(body) })
    }
  }
  return messages
}
