/** A point that was measured. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What textbooks print of a set of points: means, the correlation, and the line of least squares. */
export interface Summary {
  readonly points: number
  readonly meanX: number
  readonly meanY: number
  readonly correlation: number
  readonly slope: number
  readonly intercept: number
}

/** Computes the mean of numbers; NaN of none. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}

/** Computes the summary of points. Their x may not all be equal: no line fits them then. */
export function summaryOf(points: readonly Point[]): Summary {
  const meanX = mean(points.map(({ x }) => x))
  const meanY = mean(points.map(({ y }) => y))
  const sum = (term: (point: Point) => number) => points.reduce((total, each) => total + term(each), 0)
  const xx = sum(({ x }) => (x - meanX) ** 2)
  const yy = sum(({ y }) => (y - meanY) ** 2)
  const xy = sum(({ x, y }) => (x - meanX) * (y - meanY))
  const slope = xy / xx
  return {
    points: points.length,
    meanX,
    meanY,
    correlation: xy / Math.sqrt(xx * yy),
    slope,
    intercept: meanY - slope * meanX,
  }
}
