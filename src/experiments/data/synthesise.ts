import type { Random } from '../../statistics/random.ts'
import { seededRandom } from '../../statistics/random.ts'
import type { LabelledImages } from './dataset.ts'
import type { LetterBatch, LetterRows } from './letter-rows.ts'
import { pixelsOfLetter } from './letter-rows.ts'
import { standInLetters } from './stand-in-letters.ts'

const width = 28
const batchRows = 1000

/**
 * Draws as many rows as wanted from the stand-in letters: each is a random letter, shifted by up to two pixels, with
 * varying ink and noise. For trials of size and speed: they have only 54 families, so that results on them say nothing
 * about notMNIST. Equal seeds give equal rows.
 */
export async function synthesise(counts: {
  readonly train: number
  readonly test: number
  readonly seed: number
}): Promise<LetterRows> {
  const [train, test] = [await standInLetters.load('train'), await standInLetters.load('test')]
  return {
    test: drawn(test, counts.test, seededRandom(counts.seed, 2)),
    train: drawn(train, counts.train, seededRandom(counts.seed, 1)),
    rows: counts.train + counts.test,
  }
}

/** Draws letters in batches, each varied at random. */
function* drawn(glyphs: LabelledImages, count: number, random: Random): Generator<LetterBatch> {
  for (let done = 0; done < count; done += batchRows) {
    const rows = Math.min(batchRows, count - done)
    const images = new Uint8Array(rows * pixelsOfLetter)
    const labels = new Uint8Array(rows)
    for (let row = 0; row < rows; row++) {
      const glyph = random.below(glyphs.count)
      labels[row] = glyphs.labels[glyph]!
      drawVaried(
        glyphs.images.subarray(glyph * pixelsOfLetter, (glyph + 1) * pixelsOfLetter),
        images.subarray(row * pixelsOfLetter, (row + 1) * pixelsOfLetter),
        random,
      )
    }
    yield { images, labels }
  }
}

/** Draws a letter moved by up to two pixels, with other ink and noise. */
function drawVaried(glyph: Uint8Array, image: Uint8Array, random: Random): void {
  const [right, down] = [random.below(5) - 2, random.below(5) - 2]
  const [ink, noise] = [random.uniform(0.6, 1.2), random.uniform(0, 40)]
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [x - right, y - down]
      const isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < width
      const level = isInside ? glyph[fromY * width + fromX]! : 0
      image[y * width + x] = Math.max(
        0,
        Math.min(255, Math.round(level * ink + random.uniform(-noise, noise))),
      )
    }
  }
}
