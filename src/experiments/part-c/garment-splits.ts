import type { ClassImages } from '../classes/class-images.ts'
import { classImages } from '../classes/class-images.ts'
import { garments } from '../data/garments.ts'
import { imageRows } from '../data/image-rows.ts'

/** The images for training, validation and testing, with the names of the classes. */
interface GarmentSplits {
  readonly train: ClassImages
  readonly validation: ClassImages
  readonly test: ClassImages
  readonly classes: readonly string[]
}

/**
 * Loads a set of garments: the first `images` of its training set, the last `validation` of it, held out, and its
 * test set. Converts only these images to floats. Throws if the training set has fewer images.
 */
export async function garmentSplits(
  data: string,
  { images, validation }: { readonly images: number; readonly validation: number },
  signal: AbortSignal,
): Promise<GarmentSplits> {
  const set = garments(data)
  const all = await set.load('train', { signal })
  if (images + validation > all.count) {
    throw new Error(
      `Cannot split \`${data}\`, expected at most ${all.count} images in all, found ${images} to train on and ${validation} to hold out`,
    )
  }
  const classes = set.classes.length
  return {
    train: classImages(imageRows(all, 0, images), classes),
    validation: classImages(imageRows(all, all.count - validation, all.count), classes),
    test: classImages(await set.load('test', { signal }), classes),
    classes: set.classes,
  }
}
