import { z } from 'zod'
import { letterSplits } from '../data/clean-letters.ts'
import { letters } from '../data/letter-sets.ts'
import { indicesOf } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'
import { letterParams } from './letter-params.ts'
import { nearCopies } from './near-copies.ts'

/**
 * Gives the facts that the text states about a set of letters: its origin, what cleaning removed, how it was split,
 * and the number of images of each split, in all and for each letter. `near` counts test images that differ by less
 * than `levels` grey levels per pixel from some training image of the same letter.
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
