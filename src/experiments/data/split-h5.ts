import { cleanLetters, keepRowsInPlace } from './clean-letters.ts'
import type { LabelledImages, Split } from './dataset.ts'
import type { H5Data } from './hdf5-types.ts'
import type { Letters } from './letters.ts'
import { shuffleRowsInPlace } from './shuffle-rows.ts'
import { perSplit } from './split-by-font.ts'

/**
 * Makes three clean splits from the rows of a file: its test rows are the test set; of its training rows, shuffled with
 * seed 1, the first 5 %, at most 10,000, are the validation set. All splits are shuffled, so that any prefix is mixed.
 * The result uses the memory of `data`, which the caller must not use any more.
 * @throws if a dataset is missing or its pixels are not whole grey levels
 */
export function splitH5(data: H5Data): Letters {
  // 1. Take the pixels as grey levels, however they are stored.
  const [whole, test] = [greyRows(data, 'train'), greyRows(data, 'test')]
  // 2. Shuffle, so that the first rows are a mixed sample.
  shuffleRowsInPlace(whole, 1)
  shuffleRowsInPlace(test, 2)
  // 3. Hold the first 5 % of the training rows for validation.
  const held = Math.max(1, Math.min(10_000, Math.floor(whole.count * 0.05)))
  const parts = { train: part(whole, held, whole.count), validation: part(whole, 0, held), test }
  // 4. Leave out images without contrast, copies and contradictions.
  const { cleaning, rows } = cleanLetters(parts)
  return {
    splits: perSplit((split) => keepRowsInPlace(parts[split], rows[split])),
    cleaning,
    fonts: null,
    rule:
      'The test rows are those of the file; the validation rows are 5 % of its training rows, at most 10,000, drawn' +
      ' by a seeded shuffle. The file does not name the fonts, so letters of one font may be on both sides.',
    pixels: data.normalisation.text,
  }
}

/** Gives the rows of `trainData` or `testData` as bytes, or an error that says why they cannot be. */
function greyRows({ path, normalisation, rows }: H5Data, split: Split): LabelledImages {
  const found = rows[split]
  if (!found) {
    throw new Error(`Cannot use \`${path}\`, expected rows in the dataset \`${split}Data\`, found none`)
  }
  const { images } = found
  if (normalisation.name === 'none' || !(images instanceof Uint8Array)) {
    throw new Error(
      `Cannot use \`${path}\` as letters, expected pixels that are whole grey levels, scaled and shifted, found ${normalisation.text}: ` +
        'only images of one byte a pixel are trained on',
    )
  }
  return { ...found, images }
}

/** Gives a view of some rows. */
function part({ images, labels, width, height }: LabelledImages, from: number, to: number): LabelledImages {
  const size = width * height
  return {
    images: images.subarray(from * size, to * size),
    labels: labels.subarray(from, to),
    count: to - from,
    width,
    height,
  }
}
