/** Summary of the distribution of a layer's elements. */
interface Distribution {
  readonly mean: number
  /** Standard deviation over all elements. */
  readonly std: number
  /** Quantiles at `shares`. */
  readonly quantiles: number[]
}

/** Summarizes elements. A quantile between two elements is interpolated linearly. */
export function distribution(elements: Float32Array, shares: readonly number[]): Distribution {
  if (elements.length === 0) throw new Error('Cannot sum up a distribution, expected elements, found none')
  // 1. Mean and deviation.
  const mean = elements.reduce((sum, each) => sum + each, 0) / elements.length
  const squares = elements.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  // 2. Quantiles, from the sorted elements.
  const sorted = elements.toSorted()
  return {
    mean,
    std: Math.sqrt(squares / elements.length),
    quantiles: shares.map((share) => {
      const place = share * (sorted.length - 1)
      const low = sorted[Math.floor(place)]!
      return low + (sorted[Math.ceil(place)]! - low) * (place - Math.floor(place))
    }),
  }
}
