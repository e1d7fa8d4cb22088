import type { ClassImages } from '../classes/class-images.ts'
import { classImages } from '../classes/class-images.ts'
import type { LabelledImages } from '../data/dataset.ts'
import { garments } from '../data/garments.ts'

/** Images for training, and other images for scoring. */
interface NormImages {
  readonly train: ClassImages
  readonly test: ClassImages
  readonly classes: number
}

interface Wanted {
  readonly data: string
  /** Number of images from the start of the training set. */
  readonly images: number
  /** Number of images from the start of the test set. */
  readonly tested: number
  readonly signal: AbortSignal
}

/** Loads the first images of a set of garments and converts only those, to save time. */
export async function normImages({ data, images, tested, signal }: Wanted): Promise<NormImages> {
  const set = garments(data)
  const classes = set.classes.length
  const first = async (split: 'train' | 'test', count: number) =>
    classImages(head(await set.load(split, { signal }), count), classes)
  return { train: await first('train', images), test: await first('test', tested), classes }
}

function head(all: LabelledImages, count: number): LabelledImages {
  if (count > all.count)
    throw new Error(`Cannot take ${count} images, expected at most the ${all.count} that the set has`)
  const { images, labels, width, height } = all
  return {
    ...all,
    images: images.subarray(0, count * width * height),
    labels: labels.subarray(0, count),
    count,
  }
}
