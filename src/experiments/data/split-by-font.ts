import { seededRandom } from '../../statistics/random.ts'
import { cleanLetters, keepRowsInPlace, letterSplits } from './clean-letters.ts'
import type { LabelledImages } from './dataset.ts'
import type { LetterSplit, Letters } from './letters.ts'

/** Letters with known fonts, and the facts that the set states about them. */
interface FontLetters extends Pick<Letters, 'rule' | 'pixels'> {
  readonly images: LabelledImages
  /** The font of each image. */
  readonly fonts: readonly string[]
  /** Must give the same split for all fonts of a family. */
  splitOf(font: string): LetterSplit
}

/**
 * Splits letters by font and cleans the splits. The rows of each split are in the order of a shuffle of the whole set
 * with seed 1, so that any prefix is mixed and can be used as a smaller training set.
 */
export function splitByFont({ images, fonts, splitOf, rule, pixels }: FontLetters): Letters {
  const splits = fonts.map(onceEach(splitOf))
  const order = seededRandom(1).shuffle([...fonts.keys()])
  const rows = perSplit((split) => order.filter((row) => splits[row] === split))
  const parts = perSplit((split) => takeRows(images, rows[split]))
  const { cleaning, rows: kept } = cleanLetters(parts)
  const fontsOf = (split: LetterSplit) => Array.from(kept[split], (index) => fonts[rows[split][index]!])
  return {
    cleaning,
    fonts: perSplit((split) => new Set(fontsOf(split)).size),
    splits: perSplit((split) => keepRowsInPlace(parts[split], kept[split])),
    rule,
    pixels,
  }
}

/** Makes a record with a value for each split. */
export function perSplit<T>(make: (split: LetterSplit) => T): Record<LetterSplit, T> {
  const [train, validation, test] = letterSplits.map(make)
  return { train: train!, validation: validation!, test: test! }
}

/** Copies some images, in the given order. */
function takeRows(
  { images, labels, width, height }: LabelledImages,
  rows: readonly number[],
): LabelledImages {
  const size = width * height
  const taken = new Uint8Array(rows.length * size)
  rows.forEach((from, to) => {
    taken.set(images.subarray(from * size, (from + 1) * size), to * size)
  })
  return {
    images: taken,
    labels: Uint8Array.from(rows, (row) => labels[row]!),
    count: rows.length,
    width,
    height,
  }
}

/** Asks for the split of each font only once. */
function onceEach(splitOf: (font: string) => LetterSplit): (font: string) => LetterSplit {
  const known = new Map<string, LetterSplit>()
  return (font) => {
    const split = known.get(font) ?? splitOf(font)
    known.set(font, split)
    return split
  }
}
