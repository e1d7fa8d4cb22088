import { stat } from 'node:fs/promises'
import type { LoadOptions } from '../../experiments/data/dataset.ts'
import { inspectH5 } from '../../experiments/data/hdf5.ts'
import type { H5Facts, H5SetInspection, Normalisation } from '../../experiments/data/hdf5-types.ts'
import { count } from './count.ts'
import { describeLabels, letterCounts } from './label-counts.ts'

/** What a data.h5 holds, after a look at all of it. */
export interface LetterFacts {
  readonly path: string
  readonly bytes: number
  readonly format: 'hdf5'
  /** The data.h5 itself: the same unless the path is of a zip file with it. */
  readonly unpacked: { readonly path: string; readonly bytes: number }
  readonly normalisation: Normalisation
  readonly datasets: readonly DatasetFacts[]
}

export interface DatasetFacts extends H5Facts {
  /** How many of each letter. */
  readonly labels: Readonly<Record<string, number>>
  /** Least and greatest pixel as stored. */
  readonly range: readonly [number, number]
}

/**
 * Reads a data.h5, or a data.zip with one, and tells of it.
 * @throws where it cannot be used: no HDF5 file, no such datasets, labels that are none, cut short
 */
export async function inspectLetters(path: string, options: LoadOptions = {}): Promise<LetterFacts> {
  const { path: local, bytes, normalisation, sets } = await inspectH5(path, options)
  const packed = (await stat(path)).size
  const datasets = sets.map(factsOf)
  return { path, bytes: packed, format: 'hdf5', unpacked: { path: local, bytes }, normalisation, datasets }
}

/** Writes facts as text. */
export function describeLetters({ path, bytes, unpacked, normalisation, datasets }: LetterFacts): string {
  const inside = unpacked.path === path ? '' : `, unpacked ${count(unpacked.bytes)} bytes`
  return [
    `${path}: ${count(bytes)} bytes, HDF5${inside}; pixels ${normalisation.text}\n`,
    ...datasets.map(describeDataset),
  ].join('')
}

function factsOf({ facts, labelCounts, range }: H5SetInspection): DatasetFacts {
  return { ...facts, labels: letterCounts(labelCounts), range: [range.min, range.max] }
}

function describeDataset({
  dataset,
  shape,
  type,
  littleEndian,
  layout,
  filters,
  labels,
  range,
}: DatasetFacts) {
  const order = type.endsWith('int8') ? '' : littleEndian ? ' little-endian' : ' big-endian'
  const packed = filters.length === 0 ? '' : `, ${filters.join(', ')}`
  return [
    `  ${dataset}  ${shape.map(count).join(' x ')}, ${type}${order}, ${layout}${packed}\n`,
    `    labels  ${describeLabels(labels)}\n`,
    `    pixels  ${range.join(' to ')}\n`,
  ].join('')
}
