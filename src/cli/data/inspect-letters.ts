import { stat } from 'node:fs/promises'
import type { LoadOptions } from '../../experiments/data/dataset.ts'
import { inspectH5 } from '../../experiments/data/hdf5.ts'
import type { H5Facts, H5SetInspection, Normalisation } from '../../experiments/data/hdf5-types.ts'
import { count } from '../../render/output/format.ts'

/** The content of a data.h5, after all of it was read. */
interface LetterFacts {
  readonly path: string
  readonly bytes: number
  readonly format: 'hdf5'
  /** The data.h5 itself; it differs from `path` only if that is a zip file. */
  readonly unpacked: { readonly path: string; readonly bytes: number }
  readonly normalisation: Normalisation
  readonly datasets: readonly DatasetFacts[]
}

interface DatasetFacts extends H5Facts {
  /** Number of images of each letter. */
  readonly labels: Readonly<Record<string, number>>
  /** Smallest and greatest stored pixel value. */
  readonly range: readonly [number, number]
}

/**
 * Reads a data.h5, or a data.zip that contains one, and gives facts about it.
 * @throws if the file cannot be used: it is not HDF5, lacks the datasets, has invalid labels, or is truncated
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

/** Counts labels 0 to 9 under their letters, `{ A: 20, ... J: 20 }`. */
export function countLabels(labels: Uint8Array, path: string): Record<string, number> {
  const counts = Array<number>(10).fill(0)
  for (const [row, label] of labels.entries()) {
    if (label > 9)
      throw new Error(`Cannot use \`${path}\`, expected labels 0 to 9, found ${label} in row ${row}`)
    counts[label]! += 1
  }
  return letterCounts(counts)
}

/** Gives the counts of labels 0 to 9 under their letters. */
function letterCounts(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((number, label) => [String.fromCharCode(65 + label), number]))
}

/** Writes these counts in one line. */
export function describeLabels(labels: Readonly<Record<string, number>>): string {
  return Object.entries(labels)
    .map(([letter, number]) => `${letter} ${count(number)}`)
    .join('  ')
}
