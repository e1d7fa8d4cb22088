import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { seededRandom } from '../data/random.ts'

// Type aliases and not interfaces: only these fit tfjs' TensorContainer, which `tf.dispose` takes.

/** A network inputs -> hidden ReLU units -> one logit; all float32. */
export type BinaryNetwork = {
  /** `[inputs, hidden]` */
  readonly hiddenWeights: Tensor2D
  /** `[hidden]` */
  readonly hiddenBias: Tensor1D
  /** `[hidden, 1]` */
  readonly outputWeights: Tensor2D
  /** `[1]` */
  readonly outputBias: Tensor1D
}

/** What the network makes of a batch. */
export type ForwardPass = {
  /** `[batch, hidden]`, after the ReLU. */
  readonly activations: Tensor2D
  /** `[batch, 1]` */
  readonly logits: Tensor2D
}

/**
 * Draws a network: weights uniform in +-sqrt(6 / (fanIn + fanOut)), biases zero (X. Glorot, Y. Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 16).
 * The caller disposes it.
 */
export function createNetwork(inputs: number, hidden: number, seed: number): BinaryNetwork {
  const random = seededRandom(seed)
  const glorot = (rows: number, columns: number) => {
    const limit = Math.sqrt(6 / (rows + columns))
    const values = Float32Array.from({ length: rows * columns }, () => random.uniform(-limit, limit))
    return tf.tensor2d(values, [rows, columns])
  }
  return {
    hiddenWeights: glorot(inputs, hidden),
    hiddenBias: tf.zeros([hidden]),
    outputWeights: glorot(hidden, 1),
    outputBias: tf.zeros([1]),
  }
}

/** Computes relu(x W1 + b1) and the logits of it. */
export function forward(network: BinaryNetwork, pixels: Tensor2D): ForwardPass {
  return tf.tidy(() => {
    const activations = tf.relu(
      tf.add(tf.matMul(pixels, network.hiddenWeights), network.hiddenBias),
    ) as Tensor2D
    const logits = tf.add(tf.matMul(activations, network.outputWeights), network.outputBias) as Tensor2D
    return { activations, logits }
  })
}

/**
 * Computes the gradient of the mean sigmoid cross entropy by each parameter, from a forward pass.
 * No product here is a transposed one: tfjs' WebAssembly backend does these in a scalar loop, about 20 times slower.
 * @param pixelsTransposed `[inputs, batch]`, made once
 * @param labels `[batch, 1]`
 */
export function gradient(
  network: BinaryNetwork,
  pass: ForwardPass,
  pixelsTransposed: Tensor2D,
  labels: Tensor2D,
): BinaryNetwork {
  return tf.tidy(() => {
    const { activations, logits } = pass
    const byLogits = tf.div(tf.sub(tf.sigmoid(logits), labels), labels.shape[0]) as Tensor2D
    const isActive = tf.cast(tf.greater(activations, 0), 'float32')
    const byHidden = tf.mul(tf.matMul(byLogits, tf.transpose(network.outputWeights)), isActive) as Tensor2D
    return {
      hiddenWeights: tf.matMul(pixelsTransposed, byHidden) as Tensor2D,
      hiddenBias: sumOfRows(byHidden),
      outputWeights: tf.matMul(tf.transpose(activations), byLogits) as Tensor2D,
      outputBias: sumOfRows(byLogits),
    }
  })
}

/** Gives the network after one step of plain gradient descent; consumes neither argument. */
export function descend(network: BinaryNetwork, by: BinaryNetwork, learningRate: number): BinaryNetwork {
  const step = <T extends Tensor1D | Tensor2D>(value: T, slope: T) =>
    tf.tidy(() => tf.sub(value, tf.mul(slope, learningRate)) as T)
  return {
    hiddenWeights: step(network.hiddenWeights, by.hiddenWeights),
    hiddenBias: step(network.hiddenBias, by.hiddenBias),
    outputWeights: step(network.outputWeights, by.outputWeights),
    outputBias: step(network.outputBias, by.outputBias),
  }
}

/** Counts weights and biases. */
export function parameterCount(network: BinaryNetwork): number {
  return Object.values(network).reduce((sum: number, tensor: Tensor1D | Tensor2D) => sum + tensor.size, 0)
}

/** Sums over the batch, as a product with ones: the backend's `sum` over rows transposes first. */
function sumOfRows(values: Tensor2D): Tensor1D {
  return tf.reshape(tf.matMul(tf.ones([1, values.shape[0]]), values), [-1])
}
