import type { Dataset } from './dataset.ts'
import { findDataset } from './dataset.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { standInGarments } from './stand-in-garments.ts'
import { standInLetters } from './stand-in-letters.ts'

export type { Random } from '../../statistics/random.ts'
export { seededRandom } from '../../statistics/random.ts'
export type { Dataset, LabelledImages, LoadOptions, Split } from './dataset.ts'
export { letterNames, letters } from './letter-sets.ts'
export type { Cleaning, LetterSet, LetterSplit, Letters, Pin } from './letters.ts'
export { fashionMnist, standInGarments, standInLetters }

/** Gives the named data set. For an unknown name it throws an error that lists the known ones. */
export function dataset(name: string): Dataset {
  return findDataset([fashionMnist, standInGarments, standInLetters], name)
}
