import { z } from 'zod'
import { garmentNames, garments } from '../data/garments.ts'
import { labelOf, twoClasses } from '../data/two-classes.ts'
import { defineExperiment } from '../experiment.ts'
import { trainBinary } from './train-binary.ts'

/**
 * Tells two classes of garments apart: 784 pixels in [0, 1] -> `hidden` ReLU units -> one logit, sigmoid cross
 * entropy, plain gradient descent over the whole training set at once. The first class is 0, the second 1, the
 * positive one; classes are given by name or number. The seed draws the weights.
 *
 * `history` holds loss and accuracy after each epoch's update, of train and test; `train` and `test` score the
 * final network. Measured: `training`, seconds of all forward and backward passes and updates without
 * evaluation, and `epochs`, the same for each epoch.
 */
export const binary = defineExperiment({
  name: 'binary',
  params: z.strictObject({
    classes: z
      .tuple([z.union([z.string(), z.int()]), z.union([z.string(), z.int()])])
      .default(['Dress', 'Bag']),
    data: z.enum(garmentNames).default('fashion-mnist'),
    epochs: z.int().positive().default(40),
    hidden: z.int().positive().default(100),
    learningRate: z.number().positive().default(0.01),
  }),
  async run({ classes, data, epochs, hidden, learningRate }, context) {
    const set = garments(data)
    const [zero, one] = [labelOf(set, classes[0]), labelOf(set, classes[1])]
    if (zero === one) {
      throw new Error(
        `Unexpected classes \`${classes.join('` and `')}\`, expected two different ones, found ${set.classes[one]} twice`,
      )
    }
    const options = { signal: context.signal }
    const train = twoClasses(await set.load('train', options), zero, one)
    const test = twoClasses(await set.load('test', options), zero, one)
    const trained = await trainBinary({ train, test }, { epochs, hidden, learningRate }, context)
    return { classes: [set.classes[zero]!, set.classes[one]!], ...trained }
  },
})
