import { z } from 'zod'
import type { ClassImages } from '../classes/class-images.ts'
import { defineExperiment } from '../experiment.ts'
import { normImages } from './norm-images.ts'
import { normParams } from './norm-params.ts'
import { withTrainer } from './norm-session.ts'

/**
 * Trains a normalized network and compares, on validation images, the statistics of batches with the running averages.
 * `history` has the accuracy after each epoch with the statistics of batches as large as in training, and with the
 * running averages. `sizes` has the accuracy of the final network with the statistics of batches of other sizes:
 * `mixed`, with images in their order, and `sorted`, class by class, so that nearly every batch has a single class.
 */
export const normModes = defineExperiment({
  name: 'normModes',
  params: z.strictObject({
    ...normParams,
    normalized: z.literal(true).default(true),
    batchSize: z.int().min(2).default(64),
    learningRate: z.number().positive(),
    evaluated: z.array(z.int().min(2)).nonempty(),
  }),
  async run(
    { data, images, validation: held, batchSize, learningRate, evaluated, epochs, ...network },
    context,
  ) {
    const { signal } = context
    const { train, validation, classes } = await normImages({ data, images, validation: held, signal })
    const pixels = train.pixels.length / train.count
    return withTrainer({ ...network, pixels, classes }, context, async (trainer) => {
      // 1. Train once, and score both kinds of statistics after each epoch.
      const history = { batch: [] as number[], averages: [] as number[] }
      const isTrained = await trainer.train({
        images: train,
        batchSize,
        learningRate,
        epochs,
        async onEpoch() {
          history.batch.push(await trainer.accuracy(validation, 'training', batchSize))
          history.averages.push(await trainer.accuracy(validation, 'inference'))
          context.progress({ epoch: history.batch.length, epochs })
        },
      })
      if (!isTrained)
        throw new Error(
          `Cannot compare statistics, expected the loss to stay finite at a learning rate of ${learningRate}`,
        )
      // 2. Score the final network with the statistics of batches of other sizes, mixed and sorted by class.
      const sorted = byClass(validation)
      const sizes: { batchSize: number; mixed: number; sorted: number }[] = []
      for (const size of evaluated) {
        const mixed = await trainer.accuracy(validation, 'training', size)
        sizes.push({ batchSize: size, mixed, sorted: await trainer.accuracy(sorted, 'training', size) })
      }
      return { history, sizes }
    })
  },
})

/** Sorts images by class; images of one class keep their order. */
export function byClass({ pixels, labels, classes, count }: ClassImages): ClassImages {
  const order = [...classes.keys()].sort((a, b) => classes[a]! - classes[b]! || a - b)
  const rows = (all: Float32Array) => {
    const width = all.length / count
    const moved = new Float32Array(all.length)
    for (const [to, from] of order.entries())
      moved.set(all.subarray(from * width, (from + 1) * width), to * width)
    return moved
  }
  return {
    pixels: rows(pixels),
    labels: rows(labels),
    classes: Uint8Array.from(order, (index) => classes[index]!),
    count,
  }
}
