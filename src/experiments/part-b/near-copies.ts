import type { LabelledImages } from '../data/dataset.ts'

interface NearCopies {
  /** Number of test images that were compared. */
  readonly compared: number
  /** Number of those that have an almost equal training image of their class. */
  readonly found: number
}

/**
 * Counts the test images for which some training image of the same class differs by less than `levels`: the mean
 * absolute difference of their pixels in grey levels from 0 to 255. Checks the first `most` test images, in their
 * shuffled order.
 */
export function nearCopies(
  test: LabelledImages,
  train: LabelledImages,
  { levels, most }: { readonly levels: number; readonly most: number },
): NearCopies {
  const size = test.width * test.height
  const compared = Math.min(most, test.count)
  let found = 0
  for (let index = 0; index < compared; index++) {
    const image = test.images.subarray(index * size, (index + 1) * size)
    const isNear = (other: number) =>
      train.labels[other] === test.labels[index] &&
      differsLess(image, train.images.subarray(other * size, (other + 1) * size), levels * size)
    for (let other = 0; other < train.count; other++) {
      if (!isNear(other)) continue
      found++
      break
    }
  }
  return { compared, found }
}

/** Returns whether the absolute differences add up to less than `limit`; stops as soon as they do not. */
function differsLess(a: Uint8Array, b: Uint8Array, limit: number): boolean {
  let sum = 0
  for (let index = 0; index < a.length; index++) {
    sum += Math.abs(a[index]! - b[index]!)
    if (sum >= limit) return false
  }
  return true
}
