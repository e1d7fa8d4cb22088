import type { Dataset, Split } from '../../../src/experiments/data/dataset.ts'
import { standInGarments } from '../../../src/experiments/data/stand-in-garments.ts'
import { standInLetters } from '../../../src/experiments/data/stand-in-letters.ts'

// A job loads a data set once. Tests run many jobs in one process, and would draw thousands of images again for each,
// which takes longer than to train on them. A test that imports this module draws each set once; every job still gets
// images of its own.
for (const set of [standInGarments, standInLetters]) Object.assign(set, { load: once(set) })

function once({ load }: Dataset): Dataset['load'] {
  const drawn = new Map<Split, ReturnType<Dataset['load']>>()
  return async (split, options) => {
    if (!drawn.has(split)) drawn.set(split, load(split, options))
    const { images, labels, ...rest } = await drawn.get(split)!
    return { ...rest, images: new Uint8Array(images), labels: new Uint8Array(labels) }
  }
}
