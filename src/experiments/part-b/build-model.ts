import type { Model, Tf } from '../keras/index.ts'

/** What a network of dense layers is made of. */
export interface Architecture {
  /** Numbers it takes. */
  readonly inputs: number
  /** Rectified units of each hidden layer; none is softmax regression. */
  readonly hidden: readonly number[]
  readonly classes: number
  /** Share of each hidden layer's units that a training step leaves out. */
  readonly dropout: number
  /** Factors of sum |w| and sum w^2 of the hidden layers' weights. */
  readonly l1: number
  readonly l2: number
}

/**
 * Writes a network with the Layers API: dense layers of rectified units, each with Dropout behind it where there is
 * any, and a softmax over the classes. Hidden weights are drawn by K. He et al. (2015), the last ones by X. Glorot and
 * Y. Bengio (2010); every layer has a seed of its own.
 */
export function buildModel(
  tf: Tf,
  { inputs, hidden, classes, dropout, l1, l2 }: Architecture,
  seed: number,
): Model {
  const model = tf.sequential()
  // From 1 on: several initializers take a seed of 0 for none.
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
