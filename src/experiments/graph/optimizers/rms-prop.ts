import { zeros } from '../initializers.ts'
import type { Operand } from '../node.ts'
import { add } from '../ops/add.ts'
import { div } from '../ops/div.ts'
import { mul } from '../ops/mul.ts'
import { sqrt } from '../ops/sqrt.ts'
import { square } from '../ops/square.ts'
import { sub } from '../ops/sub.ts'
import { variable } from '../ops/variable.ts'
import type { Optimizer } from './optimizer.ts'
import { optimizer } from './optimizer.ts'

/**
 * RMSProp: s <- decay s + (1 - decay) g g, w <- w - learningRate g / sqrt(s + epsilon) (T. Tieleman, G. Hinton,
 * lecture 6.5 of "Neural networks for machine learning", 2012; epsilon inside the root, as in TensorFlow).
 */
export function rmsProp({
  learningRate,
  decay = 0.9,
  epsilon = 1e-7,
}: {
  readonly learningRate: Operand
  readonly decay?: number
  readonly epsilon?: number
}): Optimizer {
  return optimizer('rmsProp', (pairs) =>
    pairs.flatMap(([weights, gradient]) => {
      const squares = variable(`${weights.name}/squares`, zeros(weights.shape as number[]), {
        trainable: false,
      })
      const next = add(mul(squares, decay), mul(square(gradient), 1 - decay))
      const direction = div(gradient, sqrt(add(next, epsilon)))
      return [
        [squares, next],
        [weights, sub(weights, mul(direction, learningRate))],
      ] as const
    }),
  )
}
