import { z } from 'zod'
import type { ClassImages } from '../classes/class-images.ts'
import { firstImages } from '../classes/class-images.ts'
import { defineExperiment } from '../experiment.ts'
import { gradients } from '../graph/index.ts'
import { distribution } from './norm-distribution.ts'
import { normImages } from './norm-images.ts'
import { normParams } from './norm-params.ts'
import type { NormTrainer } from './norm-session.ts'
import { feedsOf, withTrainer } from './norm-session.ts'

/**
 * Inspects a deep network before and after training, with one batch of `measured` training images. For each hidden
 * layer it gives the distribution of the activation's inputs over units and images, with its quantiles at `shares`, and
 * the root mean square of the `gradient` of the loss by the layer's weights. Both passes run in training mode.
 */
export const normLayers = defineExperiment({
  name: 'normLayers',
  params: z.strictObject({
    ...normParams,
    batchSize: z.int().positive().default(64),
    learningRate: z.number().positive(),
    measured: z.int().min(2).default(1000),
    shares: z.array(z.number().min(0).max(1)).default([0.05, 0.25, 0.5, 0.75, 0.95]),
  }),
  async run(
    { data, images, validation: held, epochs, batchSize, learningRate, measured, shares, ...network },
    context,
  ) {
    const { signal } = context
    const { train, validation, classes } = await normImages({ data, images, validation: held, signal })
    const pixels = train.pixels.length / train.count
    return withTrainer({ ...network, pixels, classes }, context, async (trainer) => {
      const look = lookInto(trainer, firstImages(train, measured), shares)
      // 1. Before training, 2. training, 3. after it.
      const before = await look()
      let epoch = 0
      const onEpoch = () => context.progress({ epoch: ++epoch, epochs })
      const isTrained = await trainer.train({ images: train, batchSize, learningRate, epochs, onEpoch })
      if (!isTrained)
        throw new Error(
          `Cannot look into the network, expected its loss to stay finite at a learning rate of ${learningRate}`,
        )
      return { shares, before, after: await look(), accuracy: await trainer.accuracy(validation) }
    })
  },
})

/** Gives a function that measures each hidden layer on some images: its inputs, and the gradient by its weights. */
function lookInto({ session, network, loss }: NormTrainer, images: ClassImages, shares: readonly number[]) {
  const slopes = gradients(loss, network.weights.slice(0, -1))
  const { inputs } = network.training
  return async () => {
    const found = await session.run([...inputs, ...slopes], feedsOf(images))
    return inputs.map((_, index) => {
      const gradient = found[inputs.length + index]!.data as Float32Array
      const { mean, std } = distribution(gradient, [])
      return {
        layer: index + 1,
        ...distribution(found[index]!.data as Float32Array, shares),
        gradient: Math.hypot(mean, std),
      }
    })
  }
}
