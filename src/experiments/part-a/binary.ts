import { z } from 'zod'
import { garmentNames, garments } from '../data/garments.ts'
import { imageRows } from '../data/image-rows.ts'
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

/**
 * Separates two classes of garments: 784 pixels in [0, 1] -> `hidden` ReLU units -> one logit, trained with sigmoid
 * cross entropy and plain gradient descent. The first class is 0; the second is 1, the positive one. Classes are given
 * by name or number. Those of the last `validation` images of the training set that show the two classes are held out.
 * If `batchSize` is null, each step uses all other images of the classes. The seed determines the initial weights and
 * the batches.
 *
 * `history` holds loss and accuracy after each epoch, on the validation images and on equally many training images.
 * `train`, `validation` and `test` score the final network on all images of each set. Measured: `training`, the seconds
 * of all steps without scoring, and `epochs`, the same for each epoch.
 */
export const binary = defineExperiment({
  name: 'binary',
  params: z.strictObject({
    classes: z
      .tuple([z.union([z.string(), z.int()]), z.union([z.string(), z.int()])])
      .default(['Dress', 'Bag']),
    data: z.enum(garmentNames).default('fashion-mnist'),
    validation: z.int().positive().default(5000),
    epochs: z.int().positive().default(40),
    hidden: z.int().positive().default(100),
    learningRate: z.number().positive().default(0.01),
    batchSize: z.int().positive().nullable().default(null),
  }),
  async run(
    { classes, data, validation: held, epochs, hidden, learningRate, batchSize },
    context: Context<TrainingTimes>,
  ) {
    // 1. Extract the two classes; their labels become 0 and 1.
    const { train, validation, test, names } = await splitsOf(data, classes, held, context.signal)
    // 2. Build the static graph; nothing is computed yet.
    const x = placeholder('x', [null, train.pixels.length / train.count])
    const y = placeholder('y', [null, 1])
    const network = denseNetwork(x, [hidden, 1], context.seed)
    const loss = reduceMean(sigmoidCrossEntropyWithLogits({ labels: y, logits: network.logits }))
    const isOne = cast(greater(network.logits, 0), 'float32')
    const accuracy = reduceMean(cast(equal(isOne, y), 'float32'))
    const step = gradientDescent({ learningRate }).minimize(loss)
    // 3. Run it in a session: train, and score the curves after each epoch.
    const session = openSession(context.engine)
    try {
      const scored = {
        train: scoredImages(first(train, validation.count)),
        validation: scoredImages(validation),
      }
      const settings = { step, data: feeds(train), batchSize, epochs, scored, loss, accuracy }
      const { history, steps } = await trainNetwork(session, settings, context)
      // 4. Score the final network on all images of each set.
      const score = async (images: TwoClasses) => {
        const { data } = await session.run(network.logits, { x: images.pixels })
        return binaryScore(data as Float32Array, images.labels)
      }
      return {
        classes: names,
        train: await score(train),
        validation: await score(validation),
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

/** Loads the images of two classes: the training set without its last `held` images, these, and the test set. */
async function splitsOf(
  data: string,
  [first, second]: readonly [string | number, string | number],
  held: number,
  signal: AbortSignal,
) {
  const set = garments(data)
  const [zero, one] = [labelOf(set, first), labelOf(set, second)]
  if (zero === one) {
    throw new Error(
      `Unexpected classes \`${first}\` and \`${second}\`, expected two different ones, found ${set.classes[one]} twice`,
    )
  }
  const all = await set.load('train', { signal })
  if (held >= all.count) {
    throw new Error(
      `Cannot hold out ${held} images, expected fewer than the ${all.count} of the training set`,
    )
  }
  const train = twoClasses(imageRows(all, 0, all.count - held), zero, one)
  const validation = twoClasses(imageRows(all, all.count - held, all.count), zero, one)
  const test = twoClasses(await set.load('test', { signal }), zero, one)
  if (train.count === 0 || validation.count === 0 || test.count === 0) {
    throw new Error(
      `Cannot train, expected images of the two classes, found ${train.count} to train, ${validation.count} to validate and ${test.count} to test`,
    )
  }
  return { train, validation, test, names: [set.classes[zero]!, set.classes[one]!] }
}

/** Gives images to score, with their number. */
function scoredImages(images: TwoClasses) {
  return { feeds: feeds(images), count: images.count }
}

/** Gives images as the feeds `x` and `y`. */
function feeds({ pixels, labels }: TwoClasses) {
  return { x: pixels, y: labels }
}

/** Gives the first `wanted` images, or all if there are fewer. */
function first({ pixels, labels, count }: TwoClasses, wanted: number): TwoClasses {
  const taken = Math.min(wanted, count)
  return {
    pixels: pixels.subarray(0, (taken * pixels.length) / count),
    labels: labels.subarray(0, taken),
    count: taken,
  }
}
