import { z } from 'zod'
import { defineExperiment } from '../experiment.ts'
import { normImages } from './norm-images.ts'
import { normParams } from './norm-params.ts'
import { withTrainer } from './norm-session.ts'

/**
 * Trains a deep network once for each of `tries`, with plain gradient descent at `learningRate`, from the same random
 * weights times `scale`, and gives the accuracy on validation images with the running averages. If the loss does not stay
 * finite, `diverged` is 1 and the accuracy is that of a random guess.
 */
export const normTolerance = defineExperiment({
  name: 'normTolerance',
  params: z.strictObject({
    ...normParams,
    batchSize: z.int().positive().default(64),
    tries: z
      .array(z.strictObject({ learningRate: z.number().positive(), scale: z.number().positive().default(1) }))
      .nonempty(),
  }),
  async run({ data, images, validation: held, tries, epochs, batchSize, ...network }, context) {
    const { signal } = context
    const { train, validation, classes } = await normImages({ data, images, validation: held, signal })
    const pixels = train.pixels.length / train.count
    return withTrainer({ ...network, pixels, classes }, context, async (trainer) => {
      const results: { learningRate: number; scale: number; diverged: number; accuracy: number }[] = []
      for (const [index, { learningRate, scale }] of tries.entries()) {
        // Begin with the same weights, scaled, in each try.
        trainer.reset({ scale })
        const isTrained = await trainer.train({ images: train, batchSize, learningRate, epochs })
        const accuracy = isTrained ? await trainer.accuracy(validation) : 1 / classes
        results.push({ learningRate, scale, diverged: isTrained ? 0 : 1, accuracy })
        context.progress({ epoch: index + 1, epochs: tries.length })
      }
      return { tries: results }
    })
  },
})
