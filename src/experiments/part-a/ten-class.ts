import { z } from 'zod'
import type { ClassImages } from '../classes/class-images.ts'
import { classImages, firstImages, splitImages } from '../classes/class-images.ts'
import { classScore, wrongest } from '../classes/class-score.ts'
import { garmentNames, garments } from '../data/garments.ts'
import { imageRows } from '../data/image-rows.ts'
import { type Context, defineExperiment } from '../experiment.ts'
import type { Value } from '../graph/index.ts'
import {
  argMax,
  cast,
  equal,
  gradientDescent,
  openSession,
  placeholder,
  reduceMean,
  softmax,
  softmaxCrossEntropyWithLogits,
} from '../graph/index.ts'
import { denseNetwork, parameterCount } from './dense-network.ts'
import { score, type TrainingTimes, trainNetwork } from './train-network.ts'

/**
 * Classifies all ten classes of garments: 784 pixels in [0, 1] -> `hidden` ReLU layers -> softmax, trained with cross
 * entropy on one-hot labels and plain gradient descent. The last `validation` images of the training set are held out.
 * Of the rest, the network trains on the first `images`, or on all if that is null. If `batchSize` is null, each step
 * uses all of them. The seed determines the initial weights and the batches.
 *
 * `history` holds loss and accuracy after each epoch, on the validation images and on equally many training images.
 * `scores` holds those of the final network on all images, with the confusion matrix of the test set, one row for each
 * true class. `pictures` adds the `mistakes` made with the highest confidence and some `units` of the first layer.
 * Measured: `training`, the seconds of all steps without scoring, and `epochs`, the same for each epoch.
 */
export const tenClass = defineExperiment({
  name: 'tenClass',
  params: z.strictObject({
    data: z.enum(garmentNames).default('fashion-mnist'),
    images: z.int().positive().nullable().default(null),
    validation: z.int().positive().default(5000),
    hidden: z.array(z.int().positive()).default([300, 100]),
    epochs: z.int().positive().default(40),
    learningRate: z.number().positive().default(0.01),
    batchSize: z.int().positive().nullable().default(null),
    pictures: z.boolean().default(false),
  }),
  async run(
    { data, images, validation: held, hidden, epochs, learningRate, batchSize, pictures },
    context: Context<TrainingTimes>,
  ) {
    // 1. Load the images, make labels one-hot, and hold out the last images for validation.
    const set = garments(data)
    const options = { signal: context.signal }
    const count = set.classes.length
    const all = await set.load('train', options)
    const [rest, last] = splitImages(all, all.count - held)
    // Only these become floats, which take four times the memory.
    const train = classImages(imageRows(rest, 0, Math.min(images ?? rest.count, rest.count)), count)
    const validation = classImages(last, count)
    const test = classImages(await set.load('test', options), count)
    // 2. Build the static graph; nothing is computed yet.
    const x = placeholder('x', [null, train.pixels.length / train.count])
    const y = placeholder('y', [null, count])
    const network = denseNetwork(x, [...hidden, count], context.seed)
    const loss = reduceMean(softmaxCrossEntropyWithLogits({ labels: y, logits: network.logits }))
    const accuracy = reduceMean(cast(equal(argMax(network.logits), argMax(y)), 'float32'))
    const probabilities = softmax(network.logits)
    const step = gradientDescent({ learningRate }).minimize(loss)
    // 3. Run it in a session: train, and score the curves after each epoch.
    const session = openSession(context.engine)
    try {
      const weights = network.layers[0]!.weights
      const before = await session.read(weights)
      const scored = { train: scoredImages(firstImages(train, held)), validation: scoredImages(validation) }
      const settings = { step, data: feeds(train), batchSize, epochs, scored, loss, accuracy }
      const { history, steps } = await trainNetwork(session, settings, context)
      // 4. Score the final network on all images of each set.
      const predicted = (await session.run(probabilities, { x: test.pixels })).data as Float32Array
      const final = (each: ClassImages) => score(session, { loss, accuracy }, scoredImages(each))
      const after = await session.read(weights)
      const drawn = () => ({
        mistakes: wrongest(predicted, test, 12),
        units: strongestUnits(before, after, 10),
      })
      return {
        classes: [...set.classes],
        scores: { train: await final(train), validation: await final(validation), test: await final(test) },
        ...classScore(predicted, test, count),
        history,
        steps,
        parameters: parameterCount(network),
        pictures: pictures ? drawn() : null,
      }
    } finally {
      await session.close()
    }
  },
})

/** Gives images to score, with their number. */
function scoredImages(images: ClassImages) {
  return { feeds: feeds(images), count: images.count }
}

/** Gives images as the feeds `x` and `y`. */
function feeds({ pixels, labels }: ClassImages) {
  return { x: pixels, y: labels }
}

/** What a unit of the first layer looks for. */
export interface UnitImage {
  readonly unit: number
  /** Its weights, one a pixel, to four decimals. */
  readonly weights: number[]
  /** Its weights less those it began with. */
  readonly change: number[]
}

/**
 * Gives the units whose weights training changed most (by the Euclidean norm of the change), the most changed first.
 * @param before `[inputs, units]`
 * @param after `[inputs, units]`
 */
function strongestUnits(before: Value, after: Value, most: number): UnitImage[] {
  const [inputs, units] = after.shape as [number, number]
  const at = (of: Value, unit: number) =>
    Array.from({ length: inputs }, (_, input) => of.data[input * units + unit]!)
  const all = Array.from({ length: units }, (_, unit) => {
    const weights = at(after, unit)
    const start = at(before, unit)
    const change = weights.map((weight, input) => weight - start[input]!)
    return { unit, weights, change, norm: Math.hypot(...change) }
  })
  return all
    .sort((a, b) => b.norm - a.norm || a.unit - b.unit)
    .slice(0, most)
    .map(({ unit, weights, change }) => ({
      unit,
      weights: weights.map(rounded),
      change: change.map(rounded),
    }))
}

/** Rounds a weight to four decimals, which are enough for a picture. */
function rounded(x: number): number {
  // JSON has no -0.
  return Math.round(x * 1e4) / 1e4 + 0
}
