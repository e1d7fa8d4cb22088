import type { Node } from '../graph/index.ts'
import { add, constant, matMul, mul, slice, square, sub, value } from '../graph/index.ts'

/** A function of two variables to minimize. */
interface Surface {
  /** Builds the heights `[points, 1]` at `[points, 2]`. */
  readonly heights: (points: Node) => Node
  readonly start: readonly [number, number]
  readonly minimum: readonly [number, number]
}

/** The surfaces for optimizers, as params name them. */
export const surfaceNames = ['round', 'narrow', 'rotated', 'curved'] as const

/** One of `surfaceNames`. */
type SurfaceName = (typeof surfaceNames)[number]

/** Ratio of the curvatures of a bowl, across to along. */
export const curvatures = { round: 10, narrow: 100 } as const
const turn = Math.PI / 6

/**
 * Bowls (u^2 + k v^2) / 2 with the curvature k across: `round` and `narrow` along the axes, and `rotated`, which is
 * the narrow one turned by 30 degrees together with its start. `curved` is (1 - x)^2 + 10 (y - x^2)^2, a gentle form of
 * the valley of H. Rosenbrock, "An automatic method for finding the greatest or least value of a function", 1960.
 */
export const surfaces: Readonly<Record<SurfaceName, Surface>> = {
  round: bowl(curvatures.round, 0),
  narrow: bowl(curvatures.narrow, 0),
  rotated: bowl(curvatures.narrow, turn),
  curved: {
    heights(points) {
      const [x, y] = [column(points, 0), column(points, 1)]
      return add(square(sub(1, x)), mul(10, square(sub(y, square(x)))))
    },
    start: [-1.5, 2],
    minimum: [1, 1],
  },
}

/** Makes a bowl with a curvature across, turned by an angle in radians together with its start. */
function bowl(curvature: number, angle: number): Surface {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [u, v] = [-4, 2]
  return {
    heights(points) {
      // The columns are the axes of the bowl.
      const axes = constant(value(Float32Array.of(cos, -sin, sin, cos), [2, 2]))
      const own = matMul(points, axes)
      return mul(0.5, add(square(column(own, 0)), mul(curvature, square(column(own, 1)))))
    },
    start: [cos * u - sin * v, sin * u + cos * v],
    minimum: [0, 0],
  }
}

/** Builds one coordinate of the points, `[points, 1]`. */
function column(points: Node, index: number): Node {
  return slice(points, [0, index], [null, 1])
}
