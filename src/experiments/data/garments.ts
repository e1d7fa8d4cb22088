import type { Dataset } from './dataset.ts'
import { findDataset } from './dataset.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { standInGarments } from './stand-in-garments.ts'

/** What the param `data` of an experiment on garments may say. */
export const garmentNames = ['fashion-mnist', 'stand-in-garments'] as const

/** Gives the set of garments of a name: the real ones or the drawn ones, never one for the other. */
export function garments(name: string): Dataset {
  return findDataset([fashionMnist, standInGarments], name)
}
