import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { seededRandom } from '../../statistics/random.ts'
import type { LetterBatch, LetterRows } from './letter-rows.ts'
import { classesOfLetters, pixelsOfLetter } from './letter-rows.ts'

const batchRows = 1000
const atOnce = 32
const mostBytes = 2 ** 16

/** An image that could not be used, and the reason. */
export interface LeftOut {
  readonly path: string
  readonly reason: string
}

/** Settings for splitting a tree. */
interface PngTreeOptions {
  /** Number of images in the test set; by default a tenth of all files. */
  readonly test?: number
  readonly seed: number
}

/**
 * Finds the letters in a tree of folders `A/` to `J/` with PNG files of 28 x 28 pixels. Files are sorted by name, then
 * shuffled by the seed; the first readable ones are the test set. Unreadable files are left out and listed in `leftOut`
 * while the rows are read.
 * @throws if a folder is missing, or if there are too few files for a test set of that size
 */
export async function openPngTree(
  folder: string,
  { test, seed }: PngTreeOptions,
): Promise<LetterRows & { readonly leftOut: readonly LeftOut[] }> {
  const files = seededRandom(seed, 3).shuffle(await listImages(folder))
  const wanted = test ?? Math.floor(files.length / 10)
  if (wanted >= files.length) {
    throw new Error(
      `Cannot take ${wanted} images of \`${folder}\` as the test set, expected less than its ${files.length}`,
    )
  }
  const leftOut: LeftOut[] = []
  const readable = readImages(files, folder, leftOut)
  return {
    test: take(readable, wanted),
    train: some(take(readable, Number.POSITIVE_INFINITY), folder, leftOut),
    rows: files.length,
    leftOut,
  }
}

/** Lists the images in the folders A to J. */
async function listImages(folder: string): Promise<string[]> {
  const letters = Array.from({ length: classesOfLetters }, (_, label) => String.fromCharCode(65 + label))
  const files: string[] = []
  for (const letter of letters) {
    const entries = await readdir(join(folder, letter)).catch((cause: NodeJS.ErrnoException) => {
      throw new Error(
        `Cannot read \`${folder}\`, expected the folders A to J in it, found no \`${letter}\``,
        { cause },
      )
    })
    const images = entries.filter((name) => /\.png$/i.test(name)).sort()
    if (images.length === 0) {
      throw new Error(`Cannot use \`${join(folder, letter)}\`, expected PNG files in it, found none`)
    }
    for (const name of images) files.push(`${letter}/${name}`)
  }
  return files
}

type ReadImage = { readonly label: number; readonly pixels: Uint8Array }

/** Gives as many images as wanted, or all that remain. Images left out do not count. */
async function* take(images: AsyncGenerator<ReadImage>, wanted: number): AsyncGenerator<LetterBatch> {
  for (let left = wanted; left > 0; ) {
    const batch: ReadImage[] = []
    while (batch.length < Math.min(batchRows, left)) {
      // `for await` would end the generator, from which the next set still reads.
      const { value, done } = await images.next()
      if (done) break
      batch.push(value)
    }
    if (batch.length === 0) return
    left -= batch.length
    yield joined(batch)
  }
}

/** @throws after the last batch if there was none, with the first image that could not be read */
async function* some(
  batches: AsyncGenerator<LetterBatch>,
  folder: string,
  leftOut: readonly LeftOut[],
): AsyncGenerator<LetterBatch> {
  let isEmpty = true
  for await (const batch of batches) {
    isEmpty = false
    yield batch
  }
  const [first] = leftOut
  if (!isEmpty || !first) return
  throw new Error(
    `Cannot use \`${folder}\`, expected images left for the training set, found none: ${leftOut.length} left out,` +
      ` \`${first.path}\`: ${first.reason}`,
  )
}

/** Joins images to a batch. */
function joined(batch: readonly ReadImage[]): LetterBatch {
  const images = new Uint8Array(batch.length * pixelsOfLetter)
  for (const [row, { pixels }] of batch.entries()) images.set(pixels, row * pixelsOfLetter)
  return { images, labels: Uint8Array.from(batch, ({ label }) => label) }
}

/** Reads images, several at once, and notes those that cannot be read. */
async function* readImages(
  files: readonly string[],
  folder: string,
  leftOut: LeftOut[],
): AsyncGenerator<ReadImage> {
  for (let first = 0; first < files.length; first += atOnce) {
    const paths = files.slice(first, first + atOnce)
    const found = await Promise.all(paths.map((path) => readImage(join(folder, path))))
    for (const [index, pixels] of found.entries()) {
      const path = paths[index]!
      if (typeof pixels === 'string') leftOut.push({ path, reason: pixels })
      else yield { label: path.charCodeAt(0) - 65, pixels }
    }
  }
}

/** Gives the pixels, or the reason why there are none. */
async function readImage(path: string): Promise<Uint8Array | string> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size > mostBytes) return `expected at most ${mostBytes} bytes, found ${size}`
      return decodePng(await file.readFile())
    } finally {
      await file.close()
    }
  } catch (error) {
    return (error as Error).message
  }
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * Decodes a PNG of 28 x 28 pixels to grey levels, `[784]`: colours by their luma (ITU-R BT.601), 16 bits rounded to 8,
 * transparent pixels over black. It checks the size before it unpacks anything.
 * @throws if it is no PNG, broken, or of another size
 */
export function decodePng(bytes: Buffer): Uint8Array {
  if (bytes.length === 0) throw new Error('expected a PNG file, found an empty one')
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(signature)) {
    throw new Error('expected a PNG file, found something else')
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (width !== 28 || height !== 28) {
    throw new Error(`expected 28 x 28 pixels, found ${width} x ${height}`)
  }
  return greyOf(unpack(bytes))
}

/** Unpacks a PNG file to red, green, blue and alpha. */
function unpack(bytes: Buffer): Buffer {
  try {
    return PNG.sync.read(bytes).data
  } catch (cause) {
    throw new Error(`expected a whole PNG file, found a broken one: ${(cause as Error).message}`, { cause })
  }
}

/** Computes the brightness of each pixel, on black where it is transparent. */
function greyOf(rgba: Buffer): Uint8Array {
  const grey = new Uint8Array(pixelsOfLetter)
  for (let pixel = 0; pixel < pixelsOfLetter; pixel++) {
    const [red, green, blue, alpha] = rgba.subarray(4 * pixel, 4 * pixel + 4) as unknown as number[]
    grey[pixel] = Math.round(((0.299 * red! + 0.587 * green! + 0.114 * blue!) * alpha!) / 255)
  }
  return grey
}
