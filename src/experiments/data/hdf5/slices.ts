import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { H5Dataset } from './dataset.ts'
import { columnCount, elsewhere, linksTo } from './dataset.ts'
import type { Values } from './element-type.ts'
import { makeDecoder, swapBytes } from './element-type.ts'
import { unusable } from './h5-error.ts'
import type { Wasm } from './wasm.ts'
import { quietly, WasmError } from './wasm.ts'

/** Callbacks for stopping a pass over rows and for its progress. */
export interface Watch {
  readonly signal?: AbortSignal
  /** Receives the number of rows of each slice, for all datasets. */
  readonly tell?: (rows: number) => void
}

/** Some whole rows of a dataset; `values` is valid until the next slice is requested. */
export interface Slice {
  /** Number of the first row. */
  readonly first: number
  readonly rows: number
  /** `[rows, 785]`, possibly followed by unused values. */
  readonly values: Values
}

const sliceBytes = 4 * 2 ** 20

/**
 * Gives the rows of a dataset in order, a few megabytes at a time. It reads directly from the file if the elements are
 * contiguous and unencoded and a trial agrees with h5wasm; otherwise it reads whole chunks with h5wasm.
 * @throws H5Error `can-be-unpacked`, `is-whole`
 */
export async function* slices(dataset: H5Dataset, { signal, tell }: Watch = {}): AsyncGenerator<Slice> {
  const isStraight = dataset.facts.offset !== undefined && (await hasSameEnds(dataset))
  for await (const slice of isStraight ? readStraight(dataset, signal) : readByWasm(dataset, signal)) {
    yield slice
    tell?.(slice.rows)
  }
}

/** Compares the first and last row in the file with those from h5wasm. */
async function hasSameEnds(dataset: H5Dataset): Promise<boolean> {
  const rowBytes = columnCount * dataset.type.bytes
  const buffer = Buffer.from(new ArrayBuffer(rowBytes))
  for (const row of [0, dataset.rows - 1]) {
    await fill(dataset, buffer, row)
    const isSame = withMemory(dataset, 1, (memory) =>
      memory.read(row, 1).every((byte, at) => byte === buffer[at]),
    )
    if (!isSame) return false
  }
  return true
}

/** Reads each block while the previous one is in use. */
async function* readStraight(dataset: H5Dataset, signal?: AbortSignal): AsyncGenerator<Slice> {
  const rowBytes = columnCount * dataset.type.bytes
  const step = Math.min(dataset.rows, Math.floor(sliceBytes / rowBytes))
  const decode = makeDecoder(dataset.type)
  let current = Buffer.from(new ArrayBuffer(step * rowBytes))
  let next = Buffer.from(new ArrayBuffer(step * rowBytes))
  let reading = fill(dataset, current, 0)
  for (let first = 0; first < dataset.rows; first += step) {
    signal?.throwIfAborted()
    await reading
    const rows = Math.min(step, dataset.rows - first)
    const after = first + rows
    const rest = Math.min(step, dataset.rows - after)
    if (rest > 0) reading = fill(dataset, next.subarray(0, rest * rowBytes), after)
    // If the consumer throws, nothing awaits this read, so do not let its rejection count as unhandled.
    reading.catch(() => undefined)
    try {
      yield { first, rows, values: decode(current.subarray(0, rows * rowBytes)) }
    } finally {
      await reading.catch(() => undefined)
    }
    ;[current, next] = [next, current]
  }
}

/** Fills `buffer` with rows, little-endian, starting at `row`. */
async function fill({ file, facts, type }: H5Dataset, buffer: Buffer, row: number): Promise<void> {
  const start = (facts.offset ?? 0) + row * columnCount * type.bytes
  for (let filled = 0; filled < buffer.length; ) {
    const rest = buffer.length - filled
    const { bytesRead } = await file.handle.read(buffer, filled, rest, start + filled)
    if (bytesRead === 0) {
      const expected = `${start + buffer.length} bytes or more`
      throw unusable(file.name, 'is-whole', { expected, found: `${start + filled}: truncated` })
    }
    filled += bytesRead
  }
  if (!type.littleEndian) swapBytes(buffer, type)
}

/** Reads a dataset slice by slice by the HDF5 library. */
async function* readByWasm(dataset: H5Dataset, signal?: AbortSignal): AsyncGenerator<Slice> {
  const { rows: total, chunkRows, type } = dataset
  const step = Math.min(total, wholeChunks(chunkRows, columnCount * type.bytes))
  const decode = makeDecoder(type)
  // Copy out of h5wasm's memory, because that moves if another reader makes it grow.
  const bytes = Buffer.from(new ArrayBuffer(step * columnCount * type.bytes))
  for (let first = 0; first < total; first += step) {
    // h5wasm blocks the event loop; let other work run here.
    await setImmediate()
    signal?.throwIfAborted()
    const rows = Math.min(step, total - first)
    withMemory(dataset, rows, (memory) => bytes.set(memory.read(first, rows)))
    yield { first, rows, values: decode(bytes.subarray(0, rows * columnCount * type.bytes)) }
  }
}

/** h5wasm forgets an unpacked chunk after each slice, so a slice has all rows of its chunks... */
function wholeChunks(chunkRows: number, rowBytes: number): number {
  const wanted = Math.max(1, Math.floor(sliceBytes / rowBytes))
  // ...unless chunks are so large that they would not fit in memory.
  const most = Math.max(1, Math.floor((16 * sliceBytes) / rowBytes))
  return chunkRows > most ? most : Math.max(1, Math.floor(wanted / chunkRows)) * chunkRows
}

interface Memory {
  /** Gives the bytes of rows, little-endian, in h5wasm's own memory; they are valid until the next call. */
  read(first: number, rows: number): Uint8Array
}

/** Runs `work` with memory for `rows` rows in h5wasm. */
function withMemory<T>(dataset: H5Dataset, rows: number, work: (memory: Memory) => T): T {
  const { wasm } = dataset.file
  const pointer = wasm._malloc(rows * columnCount * dataset.type.bytes)
  try {
    return work({ read: (first, count) => readRows(wasm, dataset, { pointer, first, count }) })
  } finally {
    wasm._free(pointer)
  }
}

interface Range {
  readonly pointer: number
  readonly first: number
  readonly count: number
}

/** Reads some rows. */
function readRows(
  wasm: Wasm,
  { file, facts, type, plugins }: H5Dataset,
  { pointer, first, count }: Range,
): Uint8Array {
  try {
    if (pointer === 0) throw new Error('out of memory')
    quietly(
      wasm,
      () =>
        wasm.get_dataset_data(
          file.id,
          facts.dataset,
          [BigInt(count), BigInt(columnCount)],
          [BigInt(first), 0n],
          [1n, 1n],
          BigInt(pointer),
        ),
      // HDF5 loads a plugin when it first needs it.
      (path) => plugins !== undefined && (path === plugins || dirname(path) === plugins),
    )
  } catch (cause) {
    if (cause instanceof WasmError && cause.wanted)
      throw elsewhere(file, facts.dataset, linksTo([cause.wanted]))
    const expected = `rows ${first} to ${first + count - 1} of \`${facts.dataset}\``
    const found = `damage: ${(cause as Error).message}`
    throw unusable(file.name, 'can-be-unpacked', { expected, found, cause })
  }
  // Look up the view only now, because the memory may have grown.
  return wasm.HEAPU8.subarray(pointer, pointer + count * columnCount * type.bytes)
}
