import type { ClassImages } from './class-images.ts'

/** A misclassified image. */
export interface Mistake {
  readonly truth: number
  readonly predicted: number
  /** Probability that the network assigned to its prediction, in [0, 1]. */
  readonly confidence: number
  /** Row-major, 0 to 255. */
  readonly pixels: number[]
}

/**
 * Computes the confusion matrix of test images and the recall of each class.
 * @param probabilities `[count, classes]`
 * @returns `confusion` `[classes][classes]`, one row per true class, and the share of each class that is recognized
 */
export function classScore(
  probabilities: Float32Array,
  { classes: truths, count }: ClassImages,
  classes: number,
): { readonly confusion: number[][]; readonly recall: number[] } {
  // 1. Counts each image at its true class (row) and its predicted class (column).
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let index = 0; index < count; index++)
    confusion[truths[index]!]![best(probabilities, index, classes)]! += 1
  // 2. The recall of a class is the share of its row that is on the diagonal.
  const recall = confusion.map(
    (row, truth) =>
      row[truth]! /
      Math.max(
        1,
        row.reduce((sum, each) => sum + each, 0),
      ),
  )
  return { confusion, recall }
}

/** Gives the mistakes made with the highest confidence, the most confident first. */
export function wrongest(probabilities: Float32Array, set: ClassImages, most: number): Mistake[] {
  const classes = probabilities.length / set.count
  const width = set.pixels.length / set.count
  // 1. Finds the images whose most probable class is not their own.
  const wrong = Array.from({ length: set.count }, (_, index) => {
    const predicted = best(probabilities, index, classes)
    return { index, predicted, confidence: probabilities[index * classes + predicted]! }
  }).filter(({ index, predicted }) => predicted !== set.classes[index])
  // 2. Sorts them by the probability of the wrong answer.
  return wrong
    .sort((a, b) => b.confidence - a.confidence || a.index - b.index)
    .slice(0, most)
    .map(({ index, predicted, confidence }) => ({
      truth: set.classes[index]!,
      predicted,
      confidence,
      pixels: Array.from(set.pixels.subarray(index * width, (index + 1) * width), (pixel) =>
        Math.round(pixel * 255),
      ),
    }))
}

/** Gives the most probable class of an image. */
function best(probabilities: Float32Array, index: number, classes: number): number {
  return argMax(probabilities.subarray(index * classes, (index + 1) * classes))
}

/** Gives the index of the largest element; of equal elements, the first. */
export function argMax(row: Float32Array): number {
  let found = 0
  for (let each = 1; each < row.length; each++) if (row[each]! > row[found]!) found = each
  return found
}
