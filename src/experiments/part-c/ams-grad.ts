import type { Node, Operand, Optimizer } from '../graph/index.ts'
import { add, div, mul, relu, sqrt, square, sub, variable, zeros } from '../graph/index.ts'
import { optimizer } from '../graph/optimizers/optimizer.ts'

/**
 * AMSGrad (S. Reddi, S. Kale, S. Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2): Adam without
 * bias correction that divides by the root of the largest second moment so far.
 */
export function amsGrad({
  learningRate,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: {
  readonly learningRate: Operand
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}): Optimizer {
  return optimizer('amsGrad', (pairs) =>
    pairs.flatMap(([weights, gradient]) => {
      const state = (name: string) =>
        variable(`${weights.name}/${name}`, zeros(weights.shape as number[]), { trainable: false })
      const [mean, square2, most] = [state('m'), state('v'), state('most')]
      const nextMean = add(mul(mean, beta1), mul(gradient, 1 - beta1))
      const nextSquare = add(mul(square2, beta2), mul(square(gradient), 1 - beta2))
      const nextMost = greatest(most, nextSquare)
      const direction = div(nextMean, add(sqrt(nextMost), epsilon))
      return [
        [mean, nextMean],
        [square2, nextSquare],
        [most, nextMost],
        [weights, sub(weights, mul(direction, learningRate))],
      ] as const
    }),
  )
}

function greatest(a: Node, b: Node): Node {
  return add(a, relu(sub(b, a)))
}
