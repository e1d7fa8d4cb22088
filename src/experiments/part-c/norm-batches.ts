import { z } from 'zod'
import { defineExperiment } from '../experiment.ts'
import { normImages } from './norm-images.ts'
import { normParams } from './norm-params.ts'
import { withTrainer } from './norm-session.ts'

/**
 * Trains a deep network once for each batch size, always on the same images and for the same number of epochs. The
 * learning rate is `ratePerImage` times the batch size, so that an epoch moves the weights equally far in many short
 * steps as in few long ones. Gives the accuracy on validation images with the running averages, and with the statistics of
 * batches of the same size. If the loss does not stay finite, both are those of a random guess.
 */
export const normBatches = defineExperiment({
  name: 'normBatches',
  params: z.strictObject({
    ...normParams,
    batchSizes: z.array(z.int().min(2)).nonempty(),
    ratePerImage: z.number().positive(),
  }),
  async run({ data, images, validation: held, batchSizes, ratePerImage, epochs, ...network }, context) {
    const { signal } = context
    const { train, validation, classes } = await normImages({ data, images, validation: held, signal })
    const pixels = train.pixels.length / train.count
    return withTrainer({ ...network, pixels, classes }, context, async (trainer) => {
      const sizes: { batchSize: number; learningRate: number; averages: number; batch: number }[] = []
      for (const [index, batchSize] of batchSizes.entries()) {
        // Begin with the same weights at each batch size, and keep the rate per image.
        const learningRate = ratePerImage * batchSize
        trainer.reset()
        const isTrained = await trainer.train({ images: train, batchSize, learningRate, epochs })
        const score = (mode: 'training' | 'inference') => trainer.accuracy(validation, mode, batchSize)
        sizes.push({
          batchSize,
          learningRate,
          averages: isTrained ? await score('inference') : 1 / classes,
          batch: isTrained ? await score('training') : 1 / classes,
        })
        context.progress({ epoch: index + 1, epochs: batchSizes.length })
      }
      return { sizes }
    })
  },
})
