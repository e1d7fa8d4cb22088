import type { Model, Tf } from '../keras/index.ts'

/** The architecture of a network of dense layers. */
export interface Architecture {
  /** Number of inputs. */
  readonly inputs: number
  /** Number of ReLU units of each hidden layer; an empty list gives softmax regression. */
  readonly hidden: readonly number[]
  readonly classes: number
  /** Share of each hidden layer's units that a training step drops. */
  readonly dropout: number
  /** Factors of sum |w| and sum w^2 over the hidden layers' weights. */
  readonly l1: number
  readonly l2: number
}

/**
 * Builds a network with the Layers API: dense ReLU layers, each followed by Dropout if `dropout` is not 0, and a
 * softmax over the classes. The hidden weights are drawn as in K. He et al. (2015), the last ones as in X. Glorot and
 * Y. Bengio (2010). Every layer has its own seed.
 */
export function buildModel(
  tf: Tf,
  { inputs, hidden, classes, dropout, l1, l2 }: Architecture,
  seed: number,
): Model {
  const model = tf.sequential()
  // Seeds start at 1, because several initializers treat a seed of 0 as no seed.
  const seedOf = (layer: number) => 1000 * seed + layer + 1
  for (const [layer, units] of hidden.entries()) {
    model.add(
      tf.layers.dense({
        units,
        activation: 'relu',
        kernelInitializer: tf.initializers.heNormal({ seed: seedOf(layer) }),
        ...(layer === 0 ? { inputShape: [inputs] } : {}),
        ...(l1 || l2 ? { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) } : {}),
      }),
    )
    if (dropout) model.add(tf.layers.dropout({ rate: dropout }))
  }
  model.add(
    tf.layers.dense({
      units: classes,
      activation: 'softmax',
      kernelInitializer: tf.initializers.glorotUniform({ seed: seedOf(hidden.length) }),
      ...(hidden.length === 0 ? { inputShape: [inputs] } : {}),
    }),
  )
  return model
}
