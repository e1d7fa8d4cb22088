import { seededRandom } from '../../statistics/random.ts'
import type { LabelledImages } from './dataset.ts'

/**
 * Shuffles images with their labels in place. The permutation is that of `seededRandom(seed).shuffle`, but applied to
 * rows, because a second copy of a data set of 170 MB is too much.
 */
export function shuffleRowsInPlace(
  { images, labels, count, width, height }: LabelledImages,
  seed: number,
): void {
  const random = seededRandom(seed)
  const size = width * height
  const held = new Uint8Array(size)
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1)
    held.set(images.subarray(last * size, (last + 1) * size))
    images.copyWithin(last * size, other * size, (other + 1) * size)
    images.set(held, other * size)
    const label = labels[last]!
    labels[last] = labels[other]!
    labels[other] = label
  }
}
