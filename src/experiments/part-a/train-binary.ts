import { setImmediate } from 'node:timers/promises'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { TwoClasses } from '../data/two-classes.ts'
import type { Context } from '../experiment.ts'
import type { BinaryNetwork, ForwardPass } from './binary-network.ts'
import { createNetwork, descend, forward, gradient, parameterCount } from './binary-network.ts'
import type { BinaryScore } from './binary-score.ts'
import { binaryScore } from './binary-score.ts'

/** Values after the update of each epoch, the first at index 0. */
export interface Curve {
  readonly loss: number[]
  readonly accuracy: number[]
}

export interface TrainedBinary {
  readonly train: BinaryScore
  readonly test: BinaryScore
  readonly history: { readonly train: Curve; readonly test: Curve }
  /** How many weights and biases. */
  readonly parameters: number
}

interface Settings {
  readonly epochs: number
  readonly hidden: number
  readonly learningRate: number
}

/**
 * Trains a new network by gradient descent, one update an epoch, and scores it after each. The forward pass that
 * scores the training set is the one from which the next update comes, so scoring it costs nothing.
 * @throws where the loss is no longer a finite number, or `context.signal` fires; no tensor is left either way
 */
export async function trainBinary(
  data: { readonly train: TwoClasses; readonly test: TwoClasses },
  { epochs, hidden, learningRate }: Settings,
  context: Context,
): Promise<TrainedBinary> {
  if (data.train.count === 0 || data.test.count === 0) {
    throw new Error(
      `Cannot train, expected images of the two classes, found ${data.train.count} to train and ${data.test.count} to test`,
    )
  }
  context.signal.throwIfAborted()
  const train = upload(data.train)
  const test = upload(data.test)
  const pixelsTransposed = tf.transpose(train.pixels)
  let network = createNetwork(train.pixels.shape[1], hidden, context.seed)
  let pass = forward(network, train.pixels)
  try {
    const history = { train: emptyCurve(), test: emptyCurve() }
    const seconds: number[] = []
    for (let epoch = 1; ; epoch++) {
      // 1. One update, and the forward pass of the next one.
      const start = performance.now()
      const by = gradient(network, pass, pixelsTransposed, train.labels)
      network = replace(network, descend(network, by, learningRate), by)
      pass = replace(pass, forward(network, train.pixels))
      const logits = (await pass.logits.data()) as Float32Array
      seconds.push((performance.now() - start) / 1000)

      // 2. Both scores after it.
      const scores = {
        train: binaryScore(logits, data.train.labels),
        test: await score(network, test.pixels, data.test),
      }
      note(history.train, scores.train)
      note(history.test, scores.test)
      assertFinite(scores.train.loss, epoch, learningRate)
      context.progress({ epoch, epochs, loss: scores.train.loss })

      // 3. The backend never yields by itself: let messages and the signal through.
      await setImmediate()
      context.signal.throwIfAborted()
      if (epoch < epochs) continue
      context.measure(
        'training',
        seconds.reduce((sum, each) => sum + each, 0),
      )
      context.measure('epochs', seconds)
      return { ...scores, history, parameters: parameterCount(network) }
    }
  } finally {
    tf.dispose([train, test, pixelsTransposed, network, pass])
  }
}

function upload({ pixels, labels, count }: TwoClasses): { pixels: Tensor2D; labels: Tensor2D } {
  return {
    pixels: tf.tensor2d(pixels, [count, pixels.length / count]),
    labels: tf.tensor2d(labels, [count, 1]),
  }
}

/** Frees the old tensors, and others that served to make the new ones. */
function replace<T extends BinaryNetwork | ForwardPass>(
  old: T,
  next: T,
  ...used: (BinaryNetwork | ForwardPass)[]
): T {
  tf.dispose([old, ...used])
  return next
}

async function score(network: BinaryNetwork, pixels: Tensor2D, { labels }: TwoClasses): Promise<BinaryScore> {
  const pass = forward(network, pixels)
  const logits = (await pass.logits.data()) as Float32Array
  tf.dispose([pass])
  return binaryScore(logits, labels)
}

function emptyCurve(): Curve {
  return { loss: [], accuracy: [] }
}

function note(curve: Curve, { loss, accuracy }: BinaryScore): void {
  curve.loss.push(loss)
  curve.accuracy.push(accuracy)
}

function assertFinite(loss: number, epoch: number, learningRate: number): void {
  if (Number.isFinite(loss)) return
  throw new Error(
    `Cannot train on, expected a finite training loss, found ${loss} after epoch ${epoch}: the learning rate ${learningRate} is too large`,
  )
}
