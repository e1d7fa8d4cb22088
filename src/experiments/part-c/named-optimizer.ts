import type { Operand, Optimizer } from '../graph/index.ts'
import { adam, gradientDescent, momentum, rmsProp } from '../graph/index.ts'

/** The optimizers that are compared, as params name them. */
export const optimizerNames = ['gradientDescent', 'momentum', 'rmsProp', 'adam'] as const

export type OptimizerName = (typeof optimizerNames)[number]

/** Gives the optimizer of a name at a learning rate, everything else as it is by default. */
export function namedOptimizer(name: OptimizerName, learningRate: Operand): Optimizer {
  return makers[name]({ learningRate })
}

const makers: Readonly<Record<OptimizerName, (options: { readonly learningRate: Operand }) => Optimizer>> = {
  gradientDescent,
  momentum,
  rmsProp,
  adam,
}
