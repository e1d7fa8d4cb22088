import { z } from 'zod'
import type { ClassImages } from '../classes/class-images.ts'
import { garmentNames } from '../data/garments.ts'
import { defineExperiment } from '../experiment.ts'
import type { Node, Step } from '../graph/index.ts'
import { abs, adam, add, mul, openSession, reduceSum, sub } from '../graph/index.ts'
import { score } from '../part-a/train-network.ts'
import { garmentNetwork, imageFeeds, scoredImages } from './garment-network.ts'
import { garmentSplits } from './garment-splits.ts'

import { restart } from './restart.ts'

/**
 * Trains Part A's ten-class network for one epoch with Adam, with and without bias correction, for each decay of the
 * second moment in `betas`. All trainings start from the same weights, which the seed draws, and use the same batches,
 * with the images in their order. Images that do not fill a batch are left out.
 *
 * `bins` are ranges of steps [first, last], from 1, which are short at first and then longer. For each range a run has
 * the mean `size` of a step, |change of a weight| / learning rate over all weights, and the mean `loss` during
 * training. `epoch` is the loss over all steps; `validation` scores the final network on the held-out images.
 */
export const biasCorrection = defineExperiment({
  name: 'biasCorrection',
  params: z.strictObject({
    betas: z.array(z.number().min(0).lt(1)).min(1),
    learningRate: z.number().positive().default(0.001),
    data: z.enum(garmentNames).default('fashion-mnist'),
    images: z.int().positive().default(12_000),
    validation: z.int().positive().default(3000),
    hidden: z.array(z.int().positive()).default([300, 100]),
    batchSize: z.int().positive().default(100),
  }),
  async run({ betas, learningRate, data, images, validation, hidden, batchSize }, context) {
    // 1. Load the images and build the network.
    if (batchSize > images)
      throw new Error(`Unexpected batchSize ${batchSize}, expected at most as many as the ${images} images`)
    const splits = await garmentSplits(data, { images, validation }, context.signal)
    const pixels = splits.train.pixels.length / splits.train.count
    const network = garmentNetwork({ pixels, classes: splits.classes.length }, hidden, context.seed)
    const bins = growingBins(Math.floor(images / batchSize))
    const variants = betas.flatMap((beta2) => [true, false].map((isCorrected) => ({ beta2, isCorrected })))
    const runs = []
    const session = openSession(context.engine)
    try {
      for (const [index, { beta2, isCorrected }] of variants.entries()) {
        // 2. The step of one variant, with the mean change of a weight as a metric beside the loss.
        const step = adam({ learningRate, beta2, biasCorrection: isCorrected }).minimize(network.metrics.loss)
        const metrics = { size: mul(stepSize(step, network.parameters), 1 / learningRate) }
        restart(session, step)
        const found = []
        // 3. Train bin by bin: each call gives the means over its steps.
        for (const bin of bins) {
          const options = {
            data: imageFeeds(steps(splits.train, bin, batchSize)),
            batchSize,
            metrics,
            epochs: 1,
          }
          const [mean] = await session.train(step, { ...options, signal: context.signal })
          found.push({ size: mean!.metrics.size!, loss: mean!.loss, steps: mean!.steps })
        }
        // 4. Sum up the epoch, and score the network that it ends with.
        const all = found.reduce((sum, each) => sum + each.steps, 0)
        const epoch = found.reduce((sum, each) => sum + each.loss * each.steps, 0) / all
        const { loss, accuracy } = await score(session, network.metrics, scoredImages(splits.validation))
        const [sizes, losses] = [found.map(({ size }) => size), found.map(({ loss }) => loss)]
        runs.push({ beta2, isCorrected, sizes, losses, epoch, validation: { loss, accuracy } })
        context.progress({ epoch: index + 1, epochs: variants.length, loss: epoch })
      }
    } finally {
      await session.close()
    }
    return { bins, runs }
  },
})

/** Builds a node for the mean absolute change of a weight in one step. */
function stepSize({ updates }: Step, weights: number): Node {
  const moved = updates.filter(([{ attrs }]) => attrs.trainable !== false)
  const lengths = moved.map(([weight, next]) => reduceSum(abs(sub(next, weight))))
  return mul(lengths.reduce(add), 1 / weights)
}

/** Gives the images of a range of steps, numbered from 1. */
function steps(all: ClassImages, [first, last]: readonly [number, number], batchSize: number): ClassImages {
  const [from, to] = [(first - 1) * batchSize, last * batchSize]
  const part = (data: Float32Array) =>
    data.subarray((from * data.length) / all.count, (to * data.length) / all.count)
  return {
    pixels: part(all.pixels),
    labels: part(all.labels),
    classes: all.classes.subarray(from, to),
    count: to - from,
  }
}

/**
 * Cuts steps 1 to `steps` into ranges [first, last], each ending half as far again as the one before: what happens
 * early is kept apart, what happens late is averaged.
 */
export function growingBins(steps: number): [first: number, last: number][] {
  const bins: [number, number][] = []
  for (let first = 1; first <= steps; ) {
    const last = Math.min(steps, Math.max(first, Math.round((first - 1) * 1.5)))
    bins.push([first, last])
    first = last + 1
  }
  return bins
}
