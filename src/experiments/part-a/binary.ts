import { z } from 'zod'
import { garmentNames, garments } from '../data/garments.ts'
import type { TwoClasses } from '../data/two-classes.ts'
import { labelOf, twoClasses } from '../data/two-classes.ts'
import { type Context, defineExperiment } from '../experiment.ts'
import {
  cast,
  equal,
  gradientDescent,
  greater,
  openSession,
  placeholder,
  reduceMean,
  sigmoidCrossEntropyWithLogits,
} from '../graph/index.ts'
import { binaryScore } from './binary-score.ts'
import { denseNetwork, parameterCount } from './dense-network.ts'
import { type TrainingTimes, trainNetwork } from './train-network.ts'

/** The curves use at most as many training images as there are test images: scoring all would take a third longer. */
const mostScored = 2000

/**
 * Separates two classes of garments: 784 pixels in [0, 1] -> `hidden` ReLU units -> one logit, trained with sigmoid
 * cross entropy and plain gradient descent. The first class is 0; the second is 1, the positive one. Classes are given
 * by name or number. If `batchSize` is null, each step uses the whole training set. The seed determines the initial
 * weights and the batches.
 *
 * `history` holds loss and accuracy after each epoch, on the first images of the training set and on the whole test
 * set. `train` and `test` score the final network on all images. Measured: `training`, the seconds of all steps
 * without scoring, and `epochs`, the same for each epoch.
 */
export const binary = defineExperiment({
  name: 'binary',
  params: z.strictObject({
    classes: z
      .tuple([z.union([z.string(), z.int()]), z.union([z.string(), z.int()])])
      .default(['Dress', 'Bag']),
    data: z.enum(garmentNames).default('fashion-mnist'),
    epochs: z.int().positive().default(40),
    hidden: z.int().positive().default(100),
    learningRate: z.number().positive().default(0.01),
    batchSize: z.int().positive().nullable().default(null),
  }),
  async run({ classes, data, epochs, hidden, learningRate, batchSize }, context: Context<TrainingTimes>) {
    const set = garments(data)
    const [zero, one] = [labelOf(set, classes[0]), labelOf(set, classes[1])]
    if (zero === one) {
      throw new Error(
        `Unexpected classes \`${classes.join('` and `')}\`, expected two different ones, found ${set.classes[one]} twice`,
      )
    }
    const options = { signal: context.signal }
    const train = twoClasses(await set.load('train', options), zero, one)
    const test = twoClasses(await set.load('test', options), zero, one)
    if (train.count === 0 || test.count === 0) {
      throw new Error(
        `Cannot train, expected images of the two classes, found ${train.count} to train and ${test.count} to test`,
      )
    }
    // 1. Build the static graph; nothing is computed yet.
    const x = placeholder('x', [null, train.pixels.length / train.count])
    const y = placeholder('y', [null, 1])
    const network = denseNetwork(x, [hidden, 1], context.seed)
    const loss = reduceMean(sigmoidCrossEntropyWithLogits({ labels: y, logits: network.logits }))
    const isOne = cast(greater(network.logits, 0), 'float32')
    const accuracy = reduceMean(cast(equal(isOne, y), 'float32'))
    const step = gradientDescent({ learningRate }).minimize(loss)
    // 2. Run it in a session.
    const session = openSession(context.engine)
    try {
      const scored = {
        train: scoredImages(first(train, Math.min(mostScored, test.count))),
        test: scoredImages(test),
      }
      const settings = { step, data: feeds(train), batchSize, epochs, scored, loss, accuracy }
      const { history, steps } = await trainNetwork(session, settings, context)
      const score = async (images: TwoClasses) => {
        const { data } = await session.run(network.logits, { x: images.pixels })
        return binaryScore(data as Float32Array, images.labels)
      }
      return {
        classes: [set.classes[zero]!, set.classes[one]!],
        train: await score(train),
        test: await score(test),
        history,
        steps,
        parameters: parameterCount(network),
      }
    } finally {
      await session.close()
    }
  },
})

function scoredImages(images: TwoClasses) {
  return { feeds: feeds(images), count: images.count }
}

function feeds({ pixels, labels }: TwoClasses) {
  return { x: pixels, y: labels }
}

function first({ pixels, labels, count }: TwoClasses, wanted: number): TwoClasses {
  const taken = Math.min(wanted, count)
  return {
    pixels: pixels.subarray(0, (taken * pixels.length) / count),
    labels: labels.subarray(0, taken),
    count: taken,
  }
}
