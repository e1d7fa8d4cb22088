import type { Node } from '../graph/index.ts'
import {
  argMax,
  cast,
  equal,
  greater,
  oneHot,
  reduceMean,
  reshape,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  square,
  sub,
} from '../graph/index.ts'
import type { Flow } from './layers.ts'

export type LossName = 'categoricalCrossentropy' | 'binaryCrossentropy' | 'meanSquaredError'

/** Gives the loss that fits a model's last activation. */
export function lossFor(activation: string): LossName {
  if (activation === 'softmax') return 'categoricalCrossentropy'
  return activation === 'sigmoid' ? 'binaryCrossentropy' : 'meanSquaredError'
}

/** Mean loss and share of correct answers, both scalars. */
export interface Metrics {
  readonly loss: Node
  readonly accuracy: Node
}

/**
 * Builds loss and accuracy of a model's output, or gives a text that says why it cannot. It computes a cross entropy
 * from the logits, so that nothing overflows; Keras clips probabilities to [1e-7, 1 - 1e-7] instead.
 * @param y `[batch]` bytes, the classes; or `[batch, outputs]` floats
 */
export function metricsOf(name: LossName, flow: Flow, y: Node): Metrics | string {
  const { output } = flow
  const outputs = output.shape[1]!
  // 1. The answer is right if the most probable class, or the side of 0.5, is that of the sample.
  const wanted = targets(y, outputs)
  const right =
    outputs === 1
      ? equal(cast(greater(output, 0.5), 'float32'), wanted)
      : equal(argMax(output), y.dtype === 'uint8' ? cast(y, 'int32') : argMax(y))
  const accuracy = reduceMean(cast(right, 'float32'))
  if (name === 'meanSquaredError') return { loss: reduceMean(square(sub(output, wanted))), accuracy }
  // 2. Cross entropy is computed from the logits before the last activation.
  const needed = name === 'categoricalCrossentropy' ? 'softmax' : 'sigmoid'
  if (flow.activation !== needed) return `${name} of an output that is not ${needed}`
  const { logits } = flow
  const entropy =
    needed === 'softmax'
      ? softmaxCrossEntropyWithLogits({ labels: wanted, logits })
      : sigmoidCrossEntropyWithLogits({ labels: wanted, logits })
  return { loss: reduceMean(entropy), accuracy }
}

/** Builds the target outputs of the model, `[batch, outputs]`. */
function targets(y: Node, outputs: number): Node {
  if (y.dtype !== 'uint8') return y
  return outputs === 1 ? reshape(cast(y, 'float32'), [null, 1]) : oneHot(cast(y, 'int32'), outputs)
}
