import { zeros } from '../initializers.ts'
import type { Operand } from '../node.ts'
import { add } from '../ops/add.ts'
import { mul } from '../ops/mul.ts'
import { sub } from '../ops/sub.ts'
import { variable } from '../ops/variable.ts'
import type { Optimizer } from './optimizer.ts'
import { optimizer } from './optimizer.ts'

/**
 * Gradient descent with momentum: v <- momentum v + g, w <- w - learningRate v (B. Polyak, "Some methods of speeding
 * up the convergence of iteration methods", 1964; this form is I. Sutskever et al., ICML 2013, eq. 1 and 2, except for
 * the place of the learning rate). With `nesterov`: w <- w - learningRate (g + momentum v).
 */
export function momentum({
  learningRate,
  momentum = 0.9,
  nesterov = false,
}: {
  readonly learningRate: Operand
  readonly momentum?: number
  readonly nesterov?: boolean
}): Optimizer {
  return optimizer('momentum', (pairs) =>
    pairs.flatMap(([weights, gradient]) => {
      const velocity = variable(`${weights.name}/velocity`, zeros(weights.shape as number[]), {
        trainable: false,
      })
      const next = add(mul(velocity, momentum), gradient)
      const direction = nesterov ? add(gradient, mul(next, momentum)) : next
      return [
        [velocity, next],
        [weights, sub(weights, mul(direction, learningRate))],
      ] as const
    }),
  )
}
