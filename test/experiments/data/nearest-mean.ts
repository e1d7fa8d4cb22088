import type { LabelledImages } from '../../../src/experiments/data/dataset.ts'

/** Gives the share of test images that are nearest to the mean training image of their own class. */
export function nearestMean(train: LabelledImages, test: LabelledImages): number {
  const size = train.width * train.height
  const sums = Array.from({ length: 10 }, () => new Float64Array(size))
  const counts = new Array<number>(10).fill(0)
  for (const [index, label] of train.labels.entries()) {
    counts[label]!++
    for (let pixel = 0; pixel < size; pixel++) sums[label]![pixel]! += train.images[index * size + pixel]!
  }
  const means = sums.map((sum, label) => sum.map((value) => value / counts[label]!))
  let right = 0
  for (const [index, label] of test.labels.entries()) {
    const distances = means.map((mean) =>
      mean.reduce((sum, value, pixel) => sum + (value - test.images[index * size + pixel]!) ** 2, 0),
    )
    if (distances.indexOf(Math.min(...distances)) === label) right++
  }
  return right / test.count
}
