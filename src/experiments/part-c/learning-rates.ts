import { z } from 'zod'
import { garmentNames } from '../data/garments.ts'
import { defineExperiment } from '../experiment.ts'
import { openSession, placeholder } from '../graph/index.ts'
import { NotFiniteError } from '../graph/session-checks.ts'
import { score } from '../part-a/train-network.ts'
import { garmentNetwork, imageFeeds, scoredImages } from './garment-network.ts'
import { garmentSplits } from './garment-splits.ts'
import { namedOptimizer, optimizerNames, optimizerSettings } from './named-optimizer.ts'
import type { RateRun } from './rate-summary.ts'
import { restart } from './restart.ts'

/**
 * Trains Part A's ten-class network with one optimizer, once at each of `rates`, each time with the same initial
 * weights and the same batches, which the seed determines. The last `validation` images of the training set are held
 * out; of the rest, the network trains on the first `images`.
 *
 * A run holds, for each epoch, the mean loss during training, and loss and accuracy on the validation images; `test`
 * scores the final network. A run whose loss overflows ends there and has no `test`.
 * Measured: `training`, the seconds of all steps at all rates.
 */
export const learningRates = defineExperiment({
  name: 'learningRates',
  params: z.strictObject({
    optimizer: z.enum(optimizerNames),
    settings: optimizerSettings,
    rates: z.array(z.number().positive()).min(1),
    data: z.enum(garmentNames).default('fashion-mnist'),
    images: z.int().positive().default(12_000),
    validation: z.int().positive().default(3000),
    hidden: z.array(z.int().positive()).default([300, 100]),
    epochs: z.int().positive().default(5),
    batchSize: z.int().positive().default(100),
  }),
  async run({ optimizer, settings, rates, data, images, validation, hidden, epochs, batchSize }, context) {
    // 1. Load the images and build the network.
    const splits = await garmentSplits(data, { images, validation }, context.signal)
    const pixels = splits.train.pixels.length / splits.train.count
    const { metrics, parameters } = garmentNetwork(
      { pixels, classes: splits.classes.length },
      hidden,
      context.seed,
    )
    // 2. Build the step. The rate is a placeholder, so that one program can be used at all rates.
    const step = namedOptimizer(optimizer, placeholder('rate', []), settings).minimize(metrics.loss)
    const [held, unseen] = [scoredImages(splits.validation), scoredImages(splits.test)]
    const session = openSession(context.engine)
    const runs: RateRun[] = []
    let seconds = 0
    try {
      for (const [index, rate] of rates.entries()) {
        // 3. Begin again with the same weights at each rate.
        restart(session, step)
        const history: RateRun['history'] = { running: [], loss: [], accuracy: [] }
        // 4. Train, score the validation images after each epoch, and the test images at the end.
        const test = await unlessOverflow(async () => {
          await session.train(step, {
            data: { ...imageFeeds(splits.train), rate },
            batchSize,
            epochs,
            shuffleSeed: context.seed,
            signal: context.signal,
            async onEpoch(epoch) {
              seconds += epoch.seconds
              const found = await score(session, metrics, held)
              history.running.push(epoch.loss)
              history.loss.push(found.loss)
              history.accuracy.push(found.accuracy)
              const all = { epoch: index * epochs + epoch.epoch, epochs: rates.length * epochs }
              context.progress({ ...all, loss: epoch.loss })
            },
          })
          return score(session, metrics, unseen)
        })
        runs.push({ rate, history, test: test ?? null })
      }
    } finally {
      await session.close()
    }
    context.measure('training', seconds)
    return { runs, parameters, classes: splits.classes.length }
  },
})

/** Gives what `train` gives, or undefined where it ended because a loss was no longer finite. */
export async function unlessOverflow<T>(train: () => Promise<T>): Promise<T | undefined> {
  try {
    return await train()
  } catch (error) {
    if (error instanceof NotFiniteError) return undefined
    throw error
  }
}
