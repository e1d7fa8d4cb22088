import { z } from 'zod'
import { seededRandom } from '../../statistics/random.ts'
import type { LabelledImages } from '../data/dataset.ts'
import { garmentNames, garments } from '../data/garments.ts'
import { indicesOf, labelOf } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'

/**
 * Shows images of a set of garments. `images` holds `perClass` images of each class, class by class, each with its
 * class as `label` and its pixels `[height * width]`, row-major, 0 = background, 255 = full ink.
 * `choice` takes either the first images of a class or random ones, drawn by the seed.
 */
export const samples = defineExperiment({
  name: 'samples',
  params: z.strictObject({
    data: z.enum(garmentNames).default('fashion-mnist'),
    classes: z
      .array(z.union([z.string(), z.int()]))
      .nonempty()
      .optional(),
    perClass: z.int().positive().default(1),
    split: z.enum(['train', 'test']).default('train'),
    choice: z.enum(['first', 'seeded']).default('first'),
  }),
  async run({ data, classes, perClass, split, choice }, { seed, signal }) {
    // 1. Find the classes by name or number.
    const set = garments(data)
    const labels = (classes ?? set.classes).map((wanted) => labelOf(set, wanted))
    const loaded = await set.load(split, { signal })
    // 2. Take the same number of images of each.
    const images = labels.flatMap((label) => {
      const all = indicesOf(loaded.labels, label)
      if (all.length < perClass) {
        throw new Error(
          `Cannot show ${perClass} images of \`${set.classes[label]}\`, found ${all.length} in \`${data}\` (${split})`,
        )
      }
      const chosen = choice === 'seeded' ? seededRandom(seed, label).shuffle(all) : all
      return chosen
        .slice(0, perClass)
        .map((index) => ({ label: set.classes[label]!, pixels: pixelsOf(loaded, index) }))
    })
    return { width: loaded.width, height: loaded.height, images }
  },
})

/** Gives the pixels of one image as numbers. */
function pixelsOf({ images, width, height }: LabelledImages, index: number): number[] {
  return [...images.subarray(index * width * height, (index + 1) * width * height)]
}
