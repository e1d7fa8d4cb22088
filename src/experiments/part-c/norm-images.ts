import type { ClassImages } from '../classes/class-images.ts'
import { classImages } from '../classes/class-images.ts'
import { garments } from '../data/garments.ts'
import { imageRows } from '../data/image-rows.ts'

/** Images for training, and others, held out, for scoring. */
interface NormImages {
  readonly train: ClassImages
  readonly validation: ClassImages
  readonly classes: number
}

interface Wanted {
  readonly data: string
  /** Number of images from the start of the training set. */
  readonly images: number
  /** Number of images from the end of the training set, held out. */
  readonly validation: number
  readonly signal: AbortSignal
}

/**
 * Loads the first and the last images of the training set of garments and converts only those, to save time. The test
 * set is not touched. Throws if the set has fewer images.
 */
export async function normImages({ data, images, validation, signal }: Wanted): Promise<NormImages> {
  const set = garments(data)
  const classes = set.classes.length
  const all = await set.load('train', { signal })
  if (images + validation > all.count) {
    throw new Error(
      `Cannot take ${images} images and hold out ${validation}, expected at most the ${all.count} that the set has`,
    )
  }
  return {
    train: classImages(imageRows(all, 0, images), classes),
    validation: classImages(imageRows(all, all.count - validation, all.count), classes),
    classes,
  }
}
