import type { Dataset } from './dataset.ts'
import { findDataset } from './dataset.ts'
import { fashionMnist } from './fashion-mnist.ts'
import { standInGarments } from './stand-in-garments.ts'

/** The values of the param `data` of an experiment on garments. */
export const garmentNames = ['fashion-mnist', 'stand-in-garments'] as const

/** Gives the named set of garments, real or drawn; never one instead of the other. */
export function garments(name: string): Dataset {
  return findDataset([fashionMnist, standInGarments], name)
}
