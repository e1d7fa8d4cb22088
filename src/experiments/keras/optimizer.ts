import type { serialization, Optimizer as TfOptimizer } from '@tensorflow/tfjs-core'
import { SGDOptimizer, train } from '@tensorflow/tfjs-core'
import type { EpsilonMode, Optimizer } from '../graph/index.ts'
import { adam, gradientDescent, momentum, rmsProp } from '../graph/index.ts'
import type { Optimizer as KerasOptimizer } from './types/tf.ts'

/** An optimizer of `tf.train`, or a name for one with Keras' default settings. */
export type OptimizerLike = KerasOptimizer | 'sgd' | 'rmsprop' | 'adam'

// Epsilon is given, because the default depends on the backend.
const named = {
  sgd: () => train.sgd(0.01),
  rmsprop: () => train.rmsprop(0.001, 0.9, 0, 1e-7),
  adam: () => train.adam(0.001, 0.9, 0.999, 1e-7),
} satisfies { [name in Extract<OptimizerLike, string>]: () => KerasOptimizer }

const rules = new Set(['SGD', 'Momentum', 'Adagrad', 'Adadelta', 'Adam', 'Adamax', 'RMSProp'])

/**
 * Gives an optimizer without state, by name or with the settings of a given one: the given one keeps the state of its
 * trainings, which fits no other model. An optimizer of a custom class is returned as it is.
 */
export function freshOptimizer(wanted: OptimizerLike): KerasOptimizer {
  if (typeof wanted !== 'string') {
    const rule = wanted.constructor as Serializable
    return rules.has(wanted.getClassName())
      ? rule.fromConfig(rule, wanted.getConfig() as serialization.ConfigDict)
      : wanted
  }
  const make = Object.hasOwn(named, wanted) ? named[wanted] : undefined
  if (make) return make()
  throw new Error(
    `Unexpected optimizer \`${wanted}\`, expected ${Object.keys(named).join(', ')}, or one of tf.train`,
  )
}

/** Frees the tensors of an optimizer. Momentum's own `dispose` omits the learning rate, so this frees it too. */
export function disposeOptimizer(optimizer: KerasOptimizer): void {
  optimizer.dispose()
  if (optimizer.getClassName() === 'Momentum') SGDOptimizer.prototype.dispose.call(optimizer)
}

type Serializable = serialization.SerializableConstructor<TfOptimizer>

type Config = Readonly<Record<string, number | boolean>>

/** Makes the graph's optimizer from the settings of one of TensorFlow.js, by its class. */
const lowerings: Readonly<Record<string, (config: Config, epsilonMode?: EpsilonMode) => Optimizer | string>> =
  {
    SGD: ({ learningRate }) => gradientDescent({ learningRate: learningRate as number }),
    Momentum: ({ learningRate, momentum: rate, useNesterov }) =>
      momentum({
        learningRate: learningRate as number,
        momentum: rate as number,
        nesterov: useNesterov as boolean,
      }),
    RMSProp: ({ learningRate, decay, momentum: rate, epsilon, centered }) =>
      rate || centered
        ? `RMSProp with ${centered ? 'centring' : 'momentum'}`
        : rmsProp({
            learningRate: learningRate as number,
            decay: decay as number,
            epsilon: epsilon as number,
          }),
    Adam: ({ learningRate, beta1, beta2, epsilon }, epsilonMode) =>
      adam({
        learningRate: learningRate as number,
        beta1: beta1 as number,
        beta2: beta2 as number,
        epsilon: epsilon as number,
        ...(epsilonMode ? { epsilonMode } : {}),
      }),
  }

/**
 * Lowers an optimizer to the graph optimizer with the same rule, or gives a text that names what cannot be lowered.
 * Throws if `epsilonMode` is given for an optimizer other than Adam.
 */
export function lowerOptimizer(optimizer: KerasOptimizer, epsilonMode?: EpsilonMode): Optimizer | string {
  const name = optimizer.getClassName()
  if (epsilonMode && name !== 'Adam')
    throw new Error(`Unexpected epsilonMode ${epsilonMode} for the optimizer ${name}, expected Adam`)
  const lowering = Object.hasOwn(lowerings, name) ? lowerings[name] : undefined
  return lowering ? lowering(optimizer.getConfig() as Config, epsilonMode) : `the optimizer ${name}`
}
