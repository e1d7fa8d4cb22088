import { argMax } from '../classes/class-score.ts'

/** Predictions of similar confidence. */
export interface ConfidenceBin {
  /** Number of predictions in the bin. */
  readonly count: number
  /** Mean probability that the network assigns to its answer. */
  readonly confidence: number
  /** Share of correct answers. */
  readonly accuracy: number
}

export interface Calibration {
  /** From the least confident to the most; null for a bin without predictions. */
  readonly bins: readonly (ConfidenceBin | null)[]
  /** Expected calibration error: the mean distance between confidence and accuracy, weighted by the bins' counts. */
  readonly error: number
  readonly confidence: number
  readonly accuracy: number
}

/**
 * Compares the confidence of a network with its accuracy (C. Guo et al., "On calibration of modern neural networks",
 * ICML 2017, eq. 3), in bins of equal width.
 * @param probabilities `[count, classes]`
 * @param truths `[count]`
 */
export function calibration(
  probabilities: Float32Array,
  truths: Uint8Array,
  { bins = 10 }: { readonly bins?: number } = {},
): Calibration {
  const count = truths.length
  const classes = probabilities.length / count
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }))
  for (let index = 0; index < count; index++) {
    const row = probabilities.subarray(index * classes, (index + 1) * classes)
    const answer = argMax(row)
    const confidence = Math.min(1, row[answer]!)
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))]!
    bin.count++
    bin.confidence += confidence
    if (answer === truths[index]) bin.right++
  }
  const total = (of: 'confidence' | 'right') => sums.reduce((sum, bin) => sum + bin[of], 0) / count
  return {
    bins: sums.map((bin) =>
      bin.count === 0
        ? null
        : { count: bin.count, confidence: bin.confidence / bin.count, accuracy: bin.right / bin.count },
    ),
    error: sums.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / count,
    confidence: total('confidence'),
    accuracy: total('right'),
  }
}
