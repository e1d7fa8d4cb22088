import { z } from 'zod'
import { letterSplits } from '../data/clean-letters.ts'
import { letters } from '../data/letter-sets.ts'
import { indicesOf } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'
import { letterParams } from './letter-params.ts'
import { nearCopies } from './near-copies.ts'

/**
 * Gives what prose says of a set of letters: where it is from, what was cleaned away, how it was split, and how many
 * images each split has in all and of each letter. `near` counts test images that a training image of the same letter
 * comes closer to than `levels` grey levels a pixel.
 */
export const letterFacts = defineExperiment({
  name: 'letterFacts',
  params: z.strictObject({
    ...letterParams,
    levels: z.number().positive().default(4),
    compared: z.int().positive().default(1000),
  }),
  async run({ data, pin, levels, compared }, { signal }) {
    const set = letters(data)
    const { splits, cleaning, fonts, rule, pixels } = await set.load({ signal, pin })
    return {
      name: set.name,
      title: set.title,
      source: set.source,
      licence: set.licence,
      width: splits.train.width,
      height: splits.train.height,
      cleaning,
      fonts,
      rule,
      pixels,
      near: { levels, ...nearCopies(splits.test, splits.train, { levels, most: compared }) },
      splits: letterSplits.map((split) => ({
        split,
        count: splits[split].count,
        letters: set.classes.map((letter, label) => ({
          letter,
          count: indicesOf(splits[split].labels, label).length,
        })),
      })),
    }
  },
})
