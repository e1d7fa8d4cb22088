import { z } from 'zod'
import type { Operand, Optimizer } from '../graph/index.ts'
import { adam, gradientDescent, momentum, rmsProp } from '../graph/index.ts'

/** The optimizers that are compared, as params name them. */
export const optimizerNames = ['gradientDescent', 'momentum', 'rmsProp', 'adam'] as const

/** One of the optimizers that are compared. */
type OptimizerName = (typeof optimizerNames)[number]

/** What the optimizers have besides their learning rate, as params of an experiment: the usual values unless given. */
export const optimizerSettings = z
  .strictObject({
    /** Of momentum: what stays of the velocity in a step. */
    momentum: z.number().default(0.9),
    /** Of RMSProp: what stays of the mean square in a step. */
    decay: z.number().default(0.9),
    /** Of Adam. */
    beta1: z.number().default(0.9),
    beta2: z.number().default(0.999),
    epsilon: z.number().default(1e-8),
  })
  .prefault({})

/** Gives the optimizer of a name at a learning rate. */
export function namedOptimizer(
  name: OptimizerName,
  learningRate: Operand,
  settings: z.infer<typeof optimizerSettings>,
): Optimizer {
  const { beta1, beta2, decay, epsilon } = settings
  const makers: Readonly<Record<OptimizerName, () => Optimizer>> = {
    gradientDescent: () => gradientDescent({ learningRate }),
    momentum: () => momentum({ learningRate, momentum: settings.momentum }),
    rmsProp: () => rmsProp({ learningRate, decay }),
    adam: () => adam({ learningRate, beta1, beta2, epsilon }),
  }
  return makers[name]()
}
