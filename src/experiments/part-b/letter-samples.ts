import { z } from 'zod'
import { letters } from '../data/letter-sets.ts'
import { indicesOf } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'
import { letterParams } from './letter-params.ts'

/**
 * Shows images of a set of letters. `images` holds the first `perLetter` training images of each letter, each with its
 * letter and its pixels `[28 * 28]`, row-major, 0 = background, 255 = full ink.
 */
export const letterSamples = defineExperiment({
  name: 'letterSamples',
  params: z.strictObject({ ...letterParams, perLetter: z.int().positive().default(12) }),
  async run({ data, pin, perLetter }, { signal }) {
    const set = letters(data)
    const { train } = (await set.load({ signal, pin })).splits
    const size = train.width * train.height
    const images = set.classes.flatMap((letter, label) => {
      const all = indicesOf(train.labels, label)
      if (all.length < perLetter) {
        throw new Error(
          `Cannot show ${perLetter} images of \`${letter}\`, found ${all.length} in \`${data}\` (train)`,
        )
      }
      return all
        .slice(0, perLetter)
        .map((index) => ({ letter, pixels: [...train.images.subarray(index * size, (index + 1) * size)] }))
    })
    return { width: train.width, height: train.height, images }
  },
})
