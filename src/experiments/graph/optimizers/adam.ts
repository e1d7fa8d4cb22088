import { filled, zeros } from '../initializers.ts'
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

/** Where Adam adds epsilon; `adam` has both formulas. */
export type EpsilonMode = 'corrected' | 'uncorrected'

/**
 * Adam (D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1):
 * m <- beta1 m + (1 - beta1) g, v <- beta2 v + (1 - beta2) g g, and with the bias corrections m' = m / (1 - beta1^t)
 * and v' = v / (1 - beta2^t): w <- w - learningRate m' / (sqrt(v') + epsilon). `biasCorrection: false` leaves out both
 * corrections, to show their effect.
 *
 * `epsilonMode: 'uncorrected'` adds epsilon to the root before its correction, as TensorFlow and Keras do ("epsilon
 * hat" in section 2): w <- w - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). That is the
 * formula above with epsilon / sqrt(1 - beta2^t) for epsilon: with the default beta2, 32 times as much in the first
 * step, 3 times in step 100, and the same after some thousand steps. PyTorch and TensorFlow.js have the formula above.
 *
 * The variables `/m` and `/v` hold m / (1 - beta1) and v / (1 - beta2), which gives the same results with two products
 * fewer per weight.
 */
export function adam({
  learningRate = 0.001,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  epsilonMode = 'corrected',
  biasCorrection = true,
}: {
  readonly learningRate?: Operand
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
  readonly epsilonMode?: EpsilonMode
  readonly biasCorrection?: boolean
} = {}): Optimizer {
  if (epsilonMode !== 'corrected' && epsilonMode !== 'uncorrected')
    throw new Error(`Unexpected epsilonMode ${String(epsilonMode)}, expected corrected or uncorrected`)
  return optimizer('adam', (pairs) => {
    // beta^t, computed with one product per step.
    const power1 = variable('adam/beta1Power', filled([], beta1), { trainable: false })
    const power2 = variable('adam/beta2Power', filled([], beta2), { trainable: false })
    const first = biasCorrection ? div(1 - beta1, sub(1, power1)) : 1 - beta1
    const second = biasCorrection ? div(1 - beta2, sub(1, power2)) : 1 - beta2
    // With M = m / (1 - beta1), V = v / (1 - beta2): learningRate first M / (sqrt(second) sqrt(V) + epsilon).
    const root = typeof second === 'number' ? Math.sqrt(second) : sqrt(second)
    const rate = div(mul(first, learningRate), root)
    const floor = div(epsilon, epsilonMode === 'corrected' ? root : Math.sqrt(1 - beta2))
    const updates = pairs.flatMap(([weights, gradient]) => {
      const shape = weights.shape as number[]
      const mean = variable(`${weights.name}/m`, zeros(shape), { trainable: false })
      const variance = variable(`${weights.name}/v`, zeros(shape), { trainable: false })
      const nextMean = add(mul(mean, beta1), gradient)
      const nextVariance = add(mul(variance, beta2), square(gradient))
      const direction = div(nextMean, add(sqrt(nextVariance), floor))
      return [
        [mean, nextMean],
        [variance, nextVariance],
        [weights, sub(weights, mul(direction, rate))],
      ] as const
    })
    if (!biasCorrection) return updates
    return [...updates, [power1, mul(power1, beta1)], [power2, mul(power2, beta2)]]
  })
}
