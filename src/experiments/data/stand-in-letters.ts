import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { seededRandom } from '../../statistics/random.ts'
import type { Dataset, LabelledImages, LoadOptions, Split } from './dataset.ts'
import { parseIdx } from './idx.ts'
import { prepared } from './prepared.ts'
import { pathOfStandIn, readStandIn } from './stand-in-file.ts'

/**
 * Letters A to J in 54 families of open fonts, white on black, rotated, sheared, with varying brightness and noise:
 * 3,280 training and 1,040 test images of 28 x 28 pixels, with letters in rotation; no family is in both splits. For
 * trials and tests instead of notMNIST: results on it say nothing about notMNIST.
 * They were drawn once by stand-in/generate-letters.ts; stand-in/LICENSES.md lists the families and their notices.
 */
export const standInLetters: Dataset = {
  name: 'stand-in-letters',
  title: 'drawn letters',
  classes: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'],
  source: 'drawn by Weft from 54 families of open fonts',
  licence: 'fonts under the SIL Open Font License 1.1',
  load,
}

/** The file of the letters, without noise. */
export const file = {
  name: 'letters.idx.gz',
  bytes: 559586,
  sha256: 'ae5bf60037084248ba3b9dd1a8e98c6d7675667fc9ee1dc39ddbf39e1ec7d223',
}

const splits: Record<Split, { readonly first: number; readonly count: number; readonly seed: number }> = {
  train: { first: 0, count: 3280, seed: 1 },
  test: { first: 3280, count: 1040, seed: 2 },
}

/** Gives the drawn letters of a split, with noise. */
async function load(split: Split, options: LoadOptions = {}): Promise<LabelledImages> {
  const origin = { name: `stand-in-letters ${split}`, files: [file], pathOf: pathOfStandIn }
  return prepared(origin, () => unpack(split, options), options)
}

/** Unpacks the drawn letters of a split, and adds noise to them. */
async function unpack(split: Split, options: LoadOptions): Promise<LabelledImages> {
  const { values } = parseIdx(await promisify(gunzip)(await readStandIn(file, options)), 3, file.name)
  const { first, count, seed } = splits[split]
  return {
    images: makeNoisy(values.subarray(first * 28 * 28, (first + count) * 28 * 28), seed),
    labels: Uint8Array.from({ length: count }, (_, index) => index % 10),
    count,
    width: 28,
    height: 28,
  }
}

/** Adds noise here, because a file with noise could not be compressed. */
function makeNoisy(clean: Uint8Array, seed: number): Uint8Array {
  const random = seededRandom(seed)
  const noisy = new Uint8Array(clean.length)
  for (let start = 0; start < clean.length; start += 28 * 28) {
    const [ink, noise] = [random.uniform(0.5, 1), random.uniform(0, 60)]
    for (let pixel = start; pixel < start + 28 * 28; pixel++) {
      const level = Math.round(clean[pixel]! * ink + noise * random.uniform(-1, 1))
      noisy[pixel] = Math.max(0, Math.min(255, level))
    }
  }
  return noisy
}
