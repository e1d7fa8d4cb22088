import { z } from 'zod'
import type { Operand, Optimizer } from '../graph/index.ts'
import { adam, gradientDescent, momentum, rmsProp } from '../graph/index.ts'

/** The optimizers to compare, as params name them. */
export const optimizerNames = ['gradientDescent', 'momentum', 'rmsProp', 'adam'] as const

/** One of the optimizers to compare. */
type OptimizerName = (typeof optimizerNames)[number]

/** The optimizers' settings besides the learning rate, as params; the defaults are the usual values. */
export const optimizerSettings = z
  .strictObject({
    /** Momentum: the share of the velocity that a step keeps. */
    momentum: z.number().default(0.9),
    /** RMSProp: the share of the mean square that a step keeps. */
    decay: z.number().default(0.9),
    /** Adam: decays of the first and second moments, and the constant in the denominator. */
    beta1: z.number().default(0.9),
    beta2: z.number().default(0.999),
    epsilon: z.number().default(1e-8),
  })
  .prefault({})

/** Builds the named optimizer with a learning rate. */
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
