/** A point that was measured. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Computes the slope of the line of least squares. The x may not all be equal. */
export function leastSquares(points: readonly Point[]): number {
  const mean = (value: (point: Point) => number) =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)]
  return mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2)
}

/** Computes the median of the slopes of all pairs of points with different x. */
export function medianSlope(points: readonly Point[]): number {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter((other) => other.x !== one.x)
      .map((other) => (other.y - one.y) / (other.x - one.x)),
  )
  slopes.sort((one, other) => one - other)
  const middle = slopes.length >> 1
  return slopes.length % 2 === 1 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2
}
