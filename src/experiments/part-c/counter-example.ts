import { z } from 'zod'
import { defineExperiment } from '../experiment.ts'
import type { Node, Operand, Optimizer, Step } from '../graph/index.ts'
import {
  adam,
  add,
  div,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  relu,
  sqrt,
  square,
  sub,
  value,
  variable,
  zeros,
} from '../graph/index.ts'
import { optimizer } from '../graph/optimizers/optimizer.ts'

/** The optimizers that are compared on the problem. */
export const contestants = ['gradientDescent', 'adam', 'amsGrad'] as const

/**
 * Runs an optimizer on the problem on which Adam fails (S. Reddi et al., "On the convergence of Adam and beyond", ICLR
 * 2018, theorem 1): minimize the mean of f_t(x), which is C x at every third step, starting with the first, and -x at
 * the others, for x in [-1, 1]. Over three steps the slopes add up to C - 2, so that x = -1 is optimal if C > 2. The
 * learning rate falls as `rate` / sqrt(t); as in the theorem, beta1 = 0 and beta2 = 1 / (1 + C^2). Gives x at the
 * start, where it is 0, and after each of `points` equal stretches of `steps`, and the mean `regret` over all steps:
 * the excess of its loss over that of x = -1. Nothing is random.
 */
export const counterExample = defineExperiment({
  name: 'counterExample',
  params: z
    .strictObject({
      optimizer: z.enum(contestants),
      slope: z.number().gt(2).default(3),
      rate: z.number().positive().default(0.1),
      steps: z.int().positive().default(3000),
      points: z.int().positive().default(50),
    })
    .refine(({ steps, points }) => steps % points === 0, 'expected steps to be a multiple of points'),
  async run({ optimizer, slope, rate, steps, points }, context) {
    // 1. The problem: its loss is the fed slope times x.
    const x = variable('x', value(Float32Array.of(0), [1]))
    const slopes = placeholder('slopes', [null])
    const loss = reduceMean(mul(slopes, x))
    // 2. The optimizer, with a rate that is fed too; x is put back into [-1, 1] after each step.
    const learningRate = reduceMean(placeholder('rates', [null]))
    const step = within(made[optimizer](learningRate, 1 / (1 + slope ** 2)).minimize(loss), x)
    const stretch = steps / points
    const path = [0]
    let paid = 0
    const session = openSession(context.engine)
    try {
      for (let point = 0; point < points; point++) {
        // 3. One stretch: its slopes and its rates, a row a step.
        const numbers = Array.from({ length: stretch }, (_, index) => point * stretch + index + 1)
        const drawn = numbers.map((number) => (number % 3 === 1 ? slope : -1))
        const [epoch] = await session.train(step, {
          data: { slopes: drawn, rates: numbers.map((number) => rate / Math.sqrt(number)) },
          batchSize: 1,
          epochs: 1,
          signal: context.signal,
        })
        // The loss of x = -1 at a step is the negative slope of that step.
        paid += epoch!.loss * stretch + drawn.reduce((sum, each) => sum + each, 0)
        path.push((await session.read(x)).data[0]!)
        context.progress({ epoch: point + 1, epochs: points, loss: epoch!.loss })
      }
    } finally {
      await session.close()
    }
    return { path, every: stretch, regret: paid / steps }
  },
})

/** Makes each optimizer with its learning rate and its decay of the squares. */
const made: Readonly<Record<(typeof contestants)[number], (learningRate: Node, beta2: number) => Optimizer>> =
  {
    gradientDescent: (learningRate) => gradientDescent({ learningRate }),
    adam: (learningRate, beta2) => adam({ learningRate, beta1: 0, beta2 }),
    amsGrad: (learningRate, beta2) => amsGrad({ learningRate, beta1: 0, beta2 }),
  }

/** Keeps x in [-1, 1] after each step. */
function within({ loss, updates }: Step, x: Node): Step {
  const kept = (next: Node) => sub(sub(relu(add(next, 1)), relu(sub(next, 1))), 1)
  return {
    loss,
    updates: updates.map(([variable, next]) => [variable, variable === x ? kept(next) : next] as const),
  }
}

/**
 * AMSGrad (S. Reddi, S. Kale, S. Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2): Adam, without
 * bias correction, that divides by the root of the largest second moment so far.
 */
function amsGrad({
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

/** Builds the larger of two nodes, element by element. */
function greatest(a: Node, b: Node): Node {
  return add(a, relu(sub(b, a)))
}
