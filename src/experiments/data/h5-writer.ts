import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { H5Normalisation, H5Storage, H5Stored, H5Type } from './h5-header.ts'
import { chunkTree, h5Header, h5Normalisations, h5Types, headerBytes, mostChunks } from './h5-header.ts'
import type { LetterBatches, LetterRows } from './letter-rows.ts'
import { pixelsOfLetter } from './letter-rows.ts'

/** How a file is laid out and who is told of it. */
export interface H5WriteOptions {
  readonly type?: H5Type
  /** Of the pixels; labels stay whole numbers. `bytes` is the only one that `uint8` can hold. */
  readonly normalisation?: H5Normalisation
  /** Rows of a chunk; the elements lie in one piece unless given. */
  readonly chunkRows?: number
  /** The level of gzip, 1 to 9, of chunks. */
  readonly gzip?: number
  readonly signal?: AbortSignal
  /** Told after each block how many rows are written. */
  readonly progress?: (rows: number) => void
}

/** How many rows were written. */
interface H5Written {
  readonly train: number
  readonly test: number
}

const columns = pixelsOfLetter + 1

/**
 * Writes a data.h5 of the course's layout: `trainData` and `testData`, `[rows, 785]`, the label in the last column.
 * At no time it holds more than a block of rows. The head is written last: what is cut short is no HDF5 file.
 * @throws where the file is there already, a label is no digit, a set has no rows, or chunks are too many
 */
export async function writeH5(
  path: string,
  rows: LetterRows,
  options: H5WriteOptions = {},
): Promise<H5Written> {
  checkChunks(rows.rows, options)
  const file = await open(path, 'wx')
  try {
    const test = await writeDataset('testData', rows.test, { file, start: headerBytes, before: 0, options })
    const train = await writeDataset('trainData', rows.train, {
      file,
      start: test.end,
      before: test.stored.shape[0],
      options,
    })
    // A file that is shorter than its head says is taken for a cut one.
    await file.truncate(train.end)
    await file.write(h5Header([train.stored, test.stored], train.end), 0, headerBytes, 0)
    await file.sync()
    return { train: train.stored.shape[0], test: test.stored.shape[0] }
  } finally {
    await file.close()
  }
}

/** Both sets are counted together, since only that is known: a little stricter than the format. */
function checkChunks(rows: number, { chunkRows = Number.POSITIVE_INFINITY }: H5WriteOptions): void {
  const chunks = Math.ceil(rows / chunkRows)
  if (chunks <= mostChunks) return
  const [most, found] = [mostChunks, chunks].map((number) => number.toLocaleString('en-US'))
  const least = Math.ceil(rows / mostChunks)
  throw new Error(
    `Cannot write chunks of ${chunkRows} rows, expected at most ${most} chunks, found ${found}: use --chunked ${least} or more`,
  )
}

interface Target {
  readonly file: FileHandle
  readonly start: number
  /** Rows of other datasets, which progress counts, too. */
  readonly before: number
  readonly options: H5WriteOptions
}

async function writeDataset(
  name: string,
  batches: LetterBatches,
  { file, start, before, options }: Target,
): Promise<{ stored: H5Stored; end: number }> {
  const { type = 'float64', chunkRows, gzip, signal, progress } = options
  const chunks: { address: number; bytes: number }[] = []
  let end = start
  let count = 0
  for await (const { bytes, rows } of blocksOf(batches, options)) {
    signal?.throwIfAborted()
    const packed = gzip === undefined ? bytes : await promisify(deflate)(bytes, { level: gzip })
    await writeAll(file, packed, end)
    chunks.push({ address: end, bytes: packed.byteLength })
    end += packed.byteLength
    count += rows
    progress?.(before + count)
  }
  if (count === 0) throw new Error(`Cannot write \`${name}\`, expected rows, found none`)
  const shape = [count, columns] as const
  const address = start
  if (chunkRows === undefined) {
    return { stored: { name, shape, type, storage: { kind: 'contiguous', address } }, end: aligned(end) }
  }
  const tree = aligned(end)
  const storage: H5Storage = {
    kind: 'chunked',
    tree,
    rows: chunkRows,
    chunks: chunks.length,
    gzip: gzip ?? null,
  }
  const stored = { name, shape, type, storage }
  const leaf = chunkTree(chunks, stored)
  await writeAll(file, leaf, tree)
  return { stored, end: aligned(tree + leaf.byteLength) }
}

/** Cuts batches into blocks of rows as they stand in the file; a last chunk is filled up with zeros. */
async function* blocksOf(
  batches: LetterBatches,
  { type = 'float64', normalisation = 'bytes', chunkRows }: H5WriteOptions,
): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  const blockRows = chunkRows ?? 1000
  const levels = Float64Array.from({ length: 256 }, (_, level) => h5Normalisations[normalisation](level))
  const block = new h5Types[type].array(blockRows * columns)
  const bytes = new Uint8Array(block.buffer)
  let rows = 0
  for await (const { images, labels } of batches) {
    for (let index = 0; index < labels.length; index++) {
      const label = labels[index]!
      if (label > 9) throw new Error(`Cannot write the label ${label}, expected 0 to 9`)
      writeRow(block, rows * columns, { images, first: index * pixelsOfLetter, levels, label })
      rows += 1
      if (rows < blockRows) continue
      yield { bytes, rows }
      rows = 0
    }
  }
  if (rows === 0) return
  block.fill(0, rows * columns)
  yield {
    bytes: chunkRows === undefined ? bytes.subarray(0, rows * columns * h5Types[type].bytes) : bytes,
    rows,
  }
}

interface Row {
  readonly images: Uint8Array
  readonly first: number
  readonly levels: Float64Array
  readonly label: number
}

function writeRow(
  block: Float64Array | Float32Array | Uint8Array,
  start: number,
  { images, first, levels, label }: Row,
): void {
  for (let pixel = 0; pixel < pixelsOfLetter; pixel++) block[start + pixel] = levels[images[first + pixel]!]!
  block[start + pixelsOfLetter] = label
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

function aligned(address: number): number {
  return Math.ceil(address / 8) * 8
}
