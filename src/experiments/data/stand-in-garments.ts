import { createHash } from 'node:crypto'
import { seededRandom } from '../../statistics/random.ts'
import type { Dataset, LabelledImages, LoadOptions, Split } from './dataset.ts'
import { prepared } from './prepared.ts'
import { drawGarment } from './stand-in/draw-garment.ts'
import { ankleBoot, bag, sandal, sneaker } from './stand-in/garment-things.ts'
import { coat, dress, pullover, shirt, trouser, tShirt } from './stand-in/garment-tops.ts'

/**
 * Garments drawn by code, with the classes of Fashion-MNIST: 3,000 training and 1,000 test images of 28 x 28 pixels,
 * with classes in rotation. For trials and tests: it needs no file, and results on it say nothing about Fashion-MNIST.
 */
export const standInGarments: Dataset = {
  name: 'stand-in-garments',
  title: 'drawn garments',
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  source: 'drawn by Weft',
  licence: 'MIT',
  load,
}

/** The splits to draw. The digests check that this machine draws the same as every other. */
export const splits: Record<
  Split,
  { readonly seed: number; readonly count: number; readonly sha256: string }
> = {
  train: { seed: 1, count: 3000, sha256: '85888d80586e5b7628baf3608aaf6af4f346ef0f15e81bb6a3c85def1a598e54' },
  test: { seed: 2, count: 1000, sha256: 'f22c568ed784ba61dc643d3065645ef80195b72397677278025d076891e6d61c' },
}

/** Gives the garments of a split, always the same ones. */
async function load(split: Split, options: LoadOptions = {}): Promise<LabelledImages> {
  const origin = { name: `stand-in-garments ${split}`, files: [], pathOf: () => '' }
  return prepared(origin, async () => drawn(split), options)
}

/** Draws the garments of a split. */
function drawn(split: Split): LabelledImages {
  const { seed, count, sha256 } = splits[split]
  const garments = [tShirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankleBoot]
  const random = seededRandom(seed)
  const labels = Uint8Array.from({ length: count }, (_, index) => index % garments.length)
  const images = new Uint8Array(count * 28 * 28)
  for (const [index, label] of labels.entries()) {
    images.set(drawGarment(garments[label]!, random), index * 28 * 28)
  }
  const found = createHash('sha256').update(images).digest('hex')
  if (found !== sha256) {
    throw new Error(
      `Cannot draw \`stand-in-garments\` (${split}), expected the SHA-256 ${sha256}, found ${found}`,
    )
  }
  return { images, labels, count, width: 28, height: 28 }
}
