/** Gives the next point from the gradient of a step, counted from 1; keeps its state between calls. */
export type Rule = (point: readonly number[], gradient: readonly number[], step: number) => number[]

/** The four optimizers by their formulas in float64, with the default parameters of weft/graph. */
export const rules: Readonly<Record<string, (rate: number) => Rule>> = {
  gradientDescent: (rate) => (point, gradient) => point.map((each, at) => each - rate * gradient[at]!),
  momentum(rate) {
    let velocity = [0, 0]
    return (point, gradient) => {
      velocity = velocity.map((each, at) => 0.9 * each + gradient[at]!)
      return point.map((each, at) => each - rate * velocity[at]!)
    }
  },
  rmsProp(rate) {
    let squares = [0, 0]
    return (point, gradient) => {
      squares = squares.map((each, at) => 0.9 * each + 0.1 * gradient[at]! ** 2)
      return point.map((each, at) => each - (rate * gradient[at]!) / Math.sqrt(squares[at]! + 1e-7))
    }
  },
  adam(rate) {
    let [mean, square] = [
      [0, 0],
      [0, 0],
    ]
    return (point, gradient, step) => {
      mean = mean.map((each, at) => 0.9 * each + 0.1 * gradient[at]!)
      square = square.map((each, at) => 0.999 * each + 0.001 * gradient[at]! ** 2)
      return point.map((each, at) => {
        const corrected = [mean[at]! / (1 - 0.9 ** step), square[at]! / (1 - 0.999 ** step)] as const
        return each - (rate * corrected[0]) / (Math.sqrt(corrected[1]) + 1e-8)
      })
    }
  },
}
