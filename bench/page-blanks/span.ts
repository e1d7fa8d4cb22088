/** From and to, in points. */
export type Span = readonly [from: number, to: number]

/** A change of coordinates as PDF has it. */
export type Matrix = readonly [number, number, number, number, number, number]

/** Gives the change that is `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [p, q, r, s, t, u] = inner
  return [
    ...[a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s],
    ...[a * t + c * u + e, b * t + d * u + f],
  ] as unknown as Matrix
}

/** Gives the heights that a box (least x, least y, largest x, largest y) has on its page. */
export function spanOf([, b, , d, , f]: Matrix, [left, low, right, high]: readonly number[]): Span {
  const corners = [left!, right!].flatMap((x) => [low!, high!].map((y) => b * x + d * y + f))
  return [Math.min(...corners), Math.max(...corners)]
}
