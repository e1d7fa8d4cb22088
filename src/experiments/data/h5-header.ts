/** Storage of a dataset's elements: one contiguous block, or chunks of whole rows that a tree lists. */
export type H5Storage =
  | { readonly kind: 'contiguous'; readonly address: number }
  | {
      readonly kind: 'chunked'
      readonly tree: number
      readonly rows: number
      readonly chunks: number
      /** The gzip level, or null for no compression. */
      readonly gzip: number | null
    }

/** A dataset whose elements are already written. */
export interface H5Stored {
  readonly name: string
  readonly shape: readonly [rows: number, columns: number]
  readonly type: H5Type
  readonly storage: H5Storage
}

/** Length of the result of `h5Header`; the elements start after it. */
export const headerBytes = 2048

/** Maximal number of chunks in one leaf of a tree, which counts them with 16 bits. */
export const mostChunks = 65_535

const nowhere = Array<number>(8).fill(0xff)
// Bytes, and whole numbers of 2, 4 and 8 bytes, the lowest byte first.
const u8 = (...values: readonly number[]) => values
const u16 = (value: number) => littleEndian(value, 2)
const u32 = (value: number) => littleEndian(value, 4)
const u64 = (value: number) => littleEndian(value, 8)
const at = { root: 128, tree: 256, heap: 832, names: 864, symbols: 1024, objects: [1408, 1664] } as const
const rootK = { leaf: 4, internal: 16 }

/**
 * Gives the head of a file with two datasets: superblock, root group and both object headers, in the earliest format of
 * the HDF5 library, which all versions can read (HDF5 File Format Specification 3.0, sections II.A, III.A, III.B,
 * III.D, IV.A).
 * @param end the length of the whole file
 * @throws if a dataset has more than `mostChunks` chunks
 */
export function h5Header(datasets: readonly [H5Stored, H5Stored], end: number): Uint8Array {
  // The library finds links by bisection.
  const sorted = [...datasets].sort((a, b) => (a.name < b.name ? -1 : 1))
  const head = new Uint8Array(headerBytes)
  head.set(superblock(datasets, end))
  head.set(objectHeader([message(0x11, [...u64(at.tree), ...u64(at.heap)])]), at.root)
  const names = namesOf(sorted.map(({ name }) => name))
  head.set(groupTree(names.offsets.at(-1)!), at.tree)
  head.set([...text('HEAP'), ...u32(0), ...u64(names.bytes.length), ...u64(1), ...u64(at.names)], at.heap)
  head.set(names.bytes, at.names)
  head.set([...text('SNOD'), ...u8(1, 0), ...u16(sorted.length)], at.symbols)
  for (const [index, dataset] of sorted.entries()) {
    const entry = [...u64(names.offsets[index]!), ...u64(at.objects[index]!)]
    head.set(entry, at.symbols + 8 + 40 * index)
    head.set(objectHeader(messagesOf(dataset)), at.objects[index]!)
  }
  return head
}

/**
 * Gives the tree of a chunked dataset: one leaf, whose capacity is in the superblock (section III.A.1).
 * @param chunks address and length of each chunk, in the order of rows
 * @throws if there are more than `mostChunks`
 */
export function chunkTree(
  chunks: readonly { readonly address: number; readonly bytes: number }[],
  dataset: H5Stored,
): Uint8Array {
  const { storage, shape, type } = dataset
  checkChunks(chunks.length)
  const rows = storage.kind === 'chunked' ? storage.rows : 0
  const key = 8 + 3 * 8
  const capacity = 2 * treeK(chunks.length)
  const tree = new Uint8Array(24 + (capacity + 1) * key + capacity * 8)
  tree.set([...text('TREE'), ...u8(1, 0), ...u16(chunks.length), ...nowhere, ...nowhere])
  for (const [index, { address, bytes }] of chunks.entries()) {
    const entry = [...u32(bytes), ...u32(0), ...u64(index * rows), ...u64(0), ...u64(0), ...u64(address)]
    tree.set(entry, 24 + index * (key + 8))
  }
  const past = [chunks.length * rows, shape[1], h5Types[type].bytes].flatMap(u64)
  tree.set([...u64(0), ...past], 24 + chunks.length * (key + 8))
  return tree
}

/** Gives the bytes at the start of a file, which say where its root group is. */
function superblock(datasets: readonly H5Stored[], end: number): number[] {
  const chunks = datasets.map(({ storage }) => (storage.kind === 'chunked' ? storage.chunks : 0))
  const isChunked = datasets.some(({ storage }) => storage.kind === 'chunked')
  // Version 1 adds the capacity of the trees of chunks.
  return [
    ...u8(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
    ...u8(isChunked ? 1 : 0, 0, 0, 0, 0, 8, 8, 0),
    ...[...u16(rootK.leaf), ...u16(rootK.internal), ...u32(0)],
    ...(isChunked ? [...u16(treeK(Math.max(...chunks))), ...u16(0)] : []),
    ...[...u64(0), ...nowhere, ...u64(end), ...nowhere],
    // The entry of the root group itself, with its tree and names cached.
    ...[...u64(0), ...u64(at.root), ...u32(1), ...u32(0), ...u64(at.tree), ...u64(at.heap)],
  ]
}

/** Throws if a dataset has more chunks than one node of a tree can hold. */
function checkChunks(chunks: number): void {
  if (chunks <= mostChunks) return
  throw new Error(`Cannot write a tree, expected at most ${mostChunks} chunks, found ${chunks}`)
}

/** Gives the capacity of the trees of chunks. */
function treeK(chunks: number): number {
  checkChunks(chunks)
  return Math.max(32, Math.ceil(chunks / 2))
}

/** Puts names one after the other, and gives where each begins. */
function namesOf(names: readonly string[]): { bytes: number[]; offsets: number[] } {
  const bytes = Array<number>(8).fill(0)
  const offsets = names.map((name) => {
    const offset = bytes.length
    bytes.push(...padded([...text(name), 0]))
    return offset
  })
  return { bytes, offsets }
}

/** Gives the tree of the root group, with one node for all names. */
function groupTree(lastName: number): Uint8Array {
  const tree = new Uint8Array(24 + (2 * rootK.internal + 1) * 8 + 2 * rootK.internal * 8)
  tree.set([...text('TREE'), ...u8(0, 0), ...u16(1), ...nowhere, ...nowhere])
  tree.set([...u64(0), ...u64(at.symbols), ...u64(lastName)], 24)
  return tree
}

/** Puts the messages of an object into its header. */
function objectHeader(messages: readonly (readonly number[])[]): number[] {
  const body = messages.flat()
  return [...u8(1, 0), ...u16(messages.length), ...u32(1), ...u32(body.length), ...u32(0), ...body]
}

/** Gives the messages that describe a dataset: shape, type, fill value, filters and layout. */
function messagesOf({ shape, type, storage }: H5Stored): number[][] {
  const isChunked = storage.kind === 'chunked'
  return [
    message(0x01, [...u8(1, 2, 0, 0), ...u32(0), ...shape.flatMap(u64)]),
    message(0x03, datatype(type), 1),
    // Allocation late or by chunk, fill value written if set, defined as zero.
    message(0x05, [...u8(2, isChunked ? 3 : 2, 2, 1), ...u32(0)], 1),
    ...(isChunked && storage.gzip !== null ? [message(0x0b, deflate(storage.gzip), 1)] : []),
    message(0x08, layout({ shape, type, storage })),
  ]
}

/** Gives the message that says where the elements are, in one block or in chunks. */
function layout({ shape, type, storage }: Pick<H5Stored, 'shape' | 'type' | 'storage'>): number[] {
  const [rows, columns] = shape
  const size = h5Types[type].bytes
  if (storage.kind === 'contiguous') {
    return [...u8(3, 1), ...(rows === 0 ? nowhere : u64(storage.address)), ...u64(rows * columns * size)]
  }
  return [...u8(3, 2, 3), ...u64(storage.tree), ...u32(storage.rows), ...u32(columns), ...u32(size)]
}

/** Little-endian type; for floats, the places of sign, exponent and mantissa by IEEE 754 (section IV.A.2.d). */
function datatype(type: H5Type): number[] {
  const size = h5Types[type].bytes
  if (type === 'uint8') return [...u8(0x10, 0, 0, 0), ...u32(size), ...u16(0), ...u16(8)]
  const [exponent, mantissa, bias] = type === 'float64' ? [11, 52, 1023] : [8, 23, 127]
  const bits = 8 * size
  return [
    ...u8(0x11, 0x20, bits - 1, 0),
    ...[...u32(size), ...u16(0), ...u16(bits), ...u8(mantissa, exponent, 0, mantissa), ...u32(bias)],
  ]
}

/** Gives the message that says that chunks are compressed. */
function deflate(level: number): number[] {
  return [
    ...u8(1, 1, 0, 0, 0, 0, 0, 0),
    ...u16(1),
    ...u16(8),
    ...u16(1),
    ...u16(1),
    ...text('deflate'),
    0,
  ].concat(u32(level), u32(0))
}

/** Gives a message with its type and length. */
function message(type: number, data: readonly number[], flags = 0): number[] {
  const body = padded(data)
  return [...u16(type), ...u16(body.length), ...u8(flags, 0, 0, 0), ...body]
}

/** Fills bytes with zeros up to a multiple of 8. */
function padded(bytes: readonly number[]): number[] {
  return [...bytes, ...Array<number>((8 - (bytes.length % 8)) % 8).fill(0)]
}

/** Gives the bytes of an ASCII text. */
function text(word: string): number[] {
  return [...Buffer.from(word, 'ascii')]
}

/** Gives the bytes of a whole number, the lowest first. */
function littleEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, byte) => Math.floor(value / 256 ** byte) % 256)
}

/** The element types that can be written, with their arrays in memory. */
export const h5Types = {
  float64: { bytes: 8, array: Float64Array },
  float32: { bytes: 4, array: Float32Array },
  uint8: { bytes: 1, array: Uint8Array },
} as const
export type H5Type = keyof typeof h5Types

/** Maps the grey levels 0 to 255 to pixels. */
export const h5Normalisations = {
  unit: (level: number) => level / 255,
  centred: (level: number) => (level - 127.5) / 255,
  signed: (level: number) => (level - 127.5) / 127.5,
  bytes: (level: number) => level,
} as const
export type H5Normalisation = keyof typeof h5Normalisations
