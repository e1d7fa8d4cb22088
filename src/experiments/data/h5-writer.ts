import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { H5Normalisation, H5Storage, H5Stored, H5Type } from './h5-header.ts'
import { chunkTree, h5Header, h5Normalisations, h5Types, headerBytes, mostChunks } from './h5-header.ts'
import type { LetterBatches, LetterRows } from './letter-rows.ts'
import { pixelsOfLetter } from './letter-rows.ts'

/** The layout of a file, and the callbacks for stopping and progress. */
export interface H5WriteOptions {
  readonly type?: H5Type
  /** Normalisation of the pixels; labels stay whole numbers. `uint8` can hold only `bytes`. */
  readonly normalisation?: H5Normalisation
  /** Rows per chunk; by default the elements form one contiguous block. */
  readonly chunkRows?: number
  /** The gzip level for chunks, 1 to 9. */
  readonly gzip?: number
  readonly signal?: AbortSignal
  /** Receives the number of rows written so far, after each block. */
  readonly progress?: (rows: number) => void
}

/** Number of rows written. */
interface H5Written {
  readonly train: number
  readonly test: number
}

const columns = pixelsOfLetter + 1

/**
 * Writes a data.h5 in the course's layout: `trainData` and `testData`, `[rows, 785]`, the label in the last column.
 * It never holds more than one block of rows. It writes the head last, so that an incomplete file is no HDF5 file.
 * @throws if the file exists, a label is no digit, a set has no rows, or there are too many chunks
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
    // A file shorter than its head says would count as truncated.
    await file.truncate(train.end)
    await file.write(h5Header([train.stored, test.stored], train.end), 0, headerBytes, 0)
    await file.sync()
    return { train: train.stored.shape[0], test: test.stored.shape[0] }
  } finally {
    await file.close()
  }
}

/** Counts the chunks of both sets together, because only the total is known: a little stricter than the format. */
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
  /** Rows of other datasets, which count towards progress. */
  readonly before: number
  readonly options: H5WriteOptions
}

/** Writes the rows of a dataset from the address `start` on, and gives where they are. */
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

/** Divides batches into blocks of rows in the format of the file; fills up the last chunk with zeros. */
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

/** Puts the pixels of an image and its label into a row of a block. */
function writeRow(
  block: Float64Array | Float32Array | Uint8Array,
  start: number,
  { images, first, levels, label }: Row,
): void {
  for (let pixel = 0; pixel < pixelsOfLetter; pixel++) block[start + pixel] = levels[images[first + pixel]!]!
  block[start + pixelsOfLetter] = label
}

/** Writes all bytes, however many calls that takes. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** Gives the next address that is a multiple of 8. */
function aligned(address: number): number {
  return Math.ceil(address / 8) * 8
}
