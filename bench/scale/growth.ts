/** What is measured at one size. */
export interface Point {
  readonly size: number
  readonly seconds: number
}

/** What one more item costs, between the two smaller sizes and between the two larger ones. */
export interface Growth {
  readonly smallMs: number
  readonly largeMs: number
  /** Whether one more item costs about as much in a large report as in a small one. */
  readonly isLinear: boolean
}

// The speed of a machine wanders, and a fixed cost ends somewhere.
const mostRatio = 1.5
const leastMs = 0.5

/** Says how a cost grows over three sizes, smallest first. */
export function growthOf([small, middle, large]: readonly [Point, Point, Point]): Growth {
  const perItem = (from: Point, to: Point) => ((to.seconds - from.seconds) * 1000) / (to.size - from.size)
  const [smallMs, largeMs] = [perItem(small, middle), perItem(middle, large)]
  return { smallMs, largeMs, isLinear: largeMs <= Math.max(mostRatio * smallMs, leastMs) }
}
