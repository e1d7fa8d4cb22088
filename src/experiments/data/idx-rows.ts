import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Idx } from './idx.ts'
import { parseIdx } from './idx.ts'
import type { LetterBatch, LetterRows } from './letter-rows.ts'
import { classesOfLetters, pixelsOfLetter } from './letter-rows.ts'

/** The two files of a set of letters. */
export interface IdxPaths {
  readonly images: string
  readonly labels: string
}

const batchRows = 1000
const mostBytes = 2 ** 31 - 1

/**
 * Reads letters from idx files, gzipped or not, in the order of the files.
 * @param test separate files, or the number of rows at the end that are the test set
 * @throws if a file is no idx file of bytes, images are not 28 x 28, or labels do not match them
 */
export async function readIdxRows(train: IdxPaths, test: IdxPaths | number): Promise<LetterRows> {
  const first = await readPair(train)
  if (typeof test !== 'number') {
    const second = await readPair(test)
    return { train: batches(first), test: batches(second), rows: first.labels.length + second.labels.length }
  }
  const rows = first.labels.length
  if (test >= rows) {
    throw new Error(
      `Cannot take ${test} rows of \`${train.images}\` as the test set, expected less than its ${rows}`,
    )
  }
  return { train: batches(first, 0, rows - test), test: batches(first, rows - test), rows }
}

/**
 * Reads one idx file, gzipped or not, with little more memory than its size.
 * @param rank 1 for labels, 3 for images; by default either
 */
export async function readIdxFile(path: string, rank?: 1 | 3): Promise<Idx> {
  const bytes = await readUnpacked(path)
  const idx = parseIdx(bytes, rank ?? (bytes[3] === 1 ? 1 : 3), path)
  if (idx.values.length > 0) return idx
  const wanted = idx.shape.length === 1 ? 'labels' : 'images'
  throw new Error(`Cannot use \`${path}\`, expected ${wanted}, found a shape of [${idx.shape.join(', ')}]`)
}

/** Reads the images and the labels of a set, and checks that they fit each other. */
async function readPair({ images, labels }: IdxPaths): Promise<LetterBatch> {
  const [pixels, classes] = [await readIdxFile(images, 3), await readIdxFile(labels, 1)]
  const [count, height, width] = pixels.shape
  if (count === 28 && height === 28 && width !== 28) {
    throw new Error(
      `Cannot use \`${images}\`, expected images of 28 x 28 pixels, found a shape of [28, 28, ${width}]: transposed, write it anew as [${width}, 28, 28]`,
    )
  }
  if (height !== 28 || width !== 28) {
    throw new Error(`Cannot use \`${images}\`, expected images of 28 x 28 pixels, found ${height} x ${width}`)
  }
  if (classes.values.length !== count) {
    throw new Error(`Cannot use \`${labels}\`, expected ${count} labels, found ${classes.values.length}`)
  }
  const wrong = classes.values.findIndex((label) => label >= classesOfLetters)
  if (wrong >= 0) {
    throw new Error(
      `Cannot use \`${labels}\`, expected labels 0 to 9, found ${classes.values[wrong]} in row ${wrong}`,
    )
  }
  return { images: pixels.values, labels: classes.values }
}

/** Gives rows in batches, as views of the same memory. */
function* batches({ images, labels }: LetterBatch, from = 0, to = labels.length): Generator<LetterBatch> {
  for (let first = from; first < to; first += batchRows) {
    const end = Math.min(to, first + batchRows)
    yield {
      images: images.subarray(first * pixelsOfLetter, end * pixelsOfLetter),
      labels: labels.subarray(first, end),
    }
  }
}

/** Takes the length from the head, so that the bytes need not be joined from pieces. */
async function readUnpacked(path: string): Promise<Uint8Array> {
  let bytes = Buffer.alloc(0)
  let filled = 0
  try {
    const { stream, isGzip } = await unpackedStream(path)
    for await (const piece of stream) {
      if (filled === 0) refuseHdf5(piece, path, isGzip)
      if (filled === 0) bytes = Buffer.alloc(lengthOf(piece, path))
      // Keep bytes beyond the expected length, so that the message can report them.
      if (filled + piece.length > bytes.length) return Buffer.concat([bytes.subarray(0, filled), piece])
      filled += piece.copy(bytes, filled)
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('Z_')) throw error
    throw new Error(`Cannot read \`${path}\`, expected whole gzip data, found ${message}`, { cause: error })
  }
  return bytes.subarray(0, filled)
}

/** Throws if a file is one of HDF5, and says what to do. */
function refuseHdf5(head: Buffer, path: string, isGzip: boolean): void {
  if (head.toString('latin1', 0, 4) !== '\x89HDF') return
  const found = isGzip ? 'a gzipped HDF5 file: unpack it by `gunzip`' : 'an HDF5 file'
  throw new Error(`Cannot read \`${path}\`, expected an idx file, found ${found}`)
}

/** Computes the length of the file from the magic number and the sizes after it. */
function lengthOf(head: Buffer, path: string): number {
  const rank = head.length >= 16 && head.readUInt32BE(0) === 0x0803 ? 3 : 1
  if (head.length < 4 + 4 * rank) return head.length
  const sizes = Array.from({ length: rank }, (_, axis) => head.readUInt32BE(4 + 4 * axis))
  const length = 4 + 4 * rank + sizes.reduce((product, size) => product * size, 1)
  if (length <= mostBytes) return length
  throw new Error(
    `Cannot read \`${path}\`, expected an idx file of at most ${mostBytes} bytes, found ${length}`,
  )
}

/** Opens a file, and unpacks it on the way if it is gzipped. */
async function unpackedStream(
  path: string,
): Promise<{ stream: Readable & AsyncIterable<Buffer>; isGzip: boolean }> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  await file.close()
  const stream = createReadStream(path, { highWaterMark: 2 ** 20 })
  const isGzip = bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b
  if (!isGzip) return { stream, isGzip }
  const unpacked = createGunzip({ chunkSize: 2 ** 20 })
  stream.on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  return { stream: unpacked, isGzip }
}
