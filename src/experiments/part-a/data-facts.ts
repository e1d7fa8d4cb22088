import { z } from 'zod'
import { garmentNames, garments } from '../data/garments.ts'
import { indicesOf } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'

/** Gives the facts that the text states about a set of garments: title, source, licence and numbers of images. */
export const dataFacts = defineExperiment({
  name: 'dataFacts',
  params: z.strictObject({ data: z.enum(garmentNames).default('fashion-mnist') }),
  async run({ data }, { signal }) {
    const set = garments(data)
    // Count what the files hold instead of trusting what is said of them.
    const train = await set.load('train', { signal })
    const test = await set.load('test', { signal })
    return {
      name: set.name,
      title: set.title,
      source: set.source,
      licence: set.licence,
      width: train.width,
      height: train.height,
      train: train.count,
      test: test.count,
      classes: set.classes.map((name, label) => ({
        name,
        train: indicesOf(train.labels, label).length,
        test: indicesOf(test.labels, label).length,
      })),
    }
  },
})
