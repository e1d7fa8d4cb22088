import type { Operand } from '../node.ts'
import { mul } from '../ops/mul.ts'
import { sub } from '../ops/sub.ts'
import type { Optimizer } from './optimizer.ts'
import { optimizer } from './optimizer.ts'

/** Plain gradient descent: w <- w - learningRate g. */
export function gradientDescent({ learningRate }: { readonly learningRate: Operand }): Optimizer {
  return optimizer('gradientDescent', (pairs) =>
    pairs.map(([variable, gradient]) => [variable, sub(variable, mul(gradient, learningRate))]),
  )
}
