/** What the weights of a network look like, biases excluded. */
export interface WeightFacts {
  /** Number of weights that were looked at. */
  readonly count: number
  /** Share of them with |w| below `smallWeight`. */
  readonly small: number
  /** Mean of |w|, and the root of the mean of w². */
  readonly meanAbsolute: number
  readonly rootMeanSquare: number
}

/**
 * A weight below this counts as zero. Gradient descent on an L1 penalty leaves weights that swing around zero by about
 * the step of the penalty instead of stopping at it, so an exact zero would find none.
 */
export const smallWeight = 1e-3

/** Describes the weights of several layers together: their sparsity and their size. */
export function weightFacts(kernels: readonly Float32Array[]): WeightFacts {
  let [count, small, absolute, squares] = [0, 0, 0, 0]
  for (const kernel of kernels) {
    count += kernel.length
    for (const weight of kernel) {
      const size = Math.abs(weight)
      if (size < smallWeight) small++
      absolute += size
      squares += weight * weight
    }
  }
  return {
    count,
    small: small / count,
    meanAbsolute: absolute / count,
    rootMeanSquare: Math.sqrt(squares / count),
  }
}
