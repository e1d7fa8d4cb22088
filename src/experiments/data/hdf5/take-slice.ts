import type { H5Options, Normalisation } from '../hdf5-types.ts'
import type { H5Dataset } from './dataset.ts'
import { pixelCount } from './dataset.ts'
import { unusable } from './h5-error.ts'
import { gridOf } from './normalisation.ts'
import type { Flaw } from './rows.ts'
import { findFlaw, writeFloats, writeLabels, writeLevels } from './rows.ts'
import type { Slice } from './slices.ts'

/** Memory for rows: grey levels if `images` are bytes, else pixels as stored. */
export interface Target {
  readonly labels: Uint8Array
  readonly images: Uint8Array | Float32Array
}

/** Allocates memory for rows. */
export function makeTarget(rows: number, as: H5Options['as']): Target {
  const images = as === 'float32' ? new Float32Array(rows * pixelCount) : new Uint8Array(rows * pixelCount)
  return { labels: new Uint8Array(rows), images }
}

/** The rows to take, and their dataset. */
interface Taken {
  readonly dataset: H5Dataset
  readonly slice: Slice
}

/**
 * Writes the rows of a slice to `target`, starting at its row `to`.
 * @returns whether all pixels fit the normalisation; if not, the contents of the target are invalid
 * @throws H5Error `labels-are-whole`, `labels-are-0-to-9`, `pixels-are-numbers`, `pixels-are-finite`
 */
export function takeSlice(taken: Taken, target: Target, to: number, normalisation: Normalisation): boolean {
  const { values, rows } = taken.slice
  refuseFlaw(taken, writeLabels(values, rows, target.labels, to))
  const suits = normalisation.name !== 'none' && takeLevels(taken, target, to, normalisation)
  if (!suits) refuseFlaw(taken, findFlaw(values, rows))
  if (target.images instanceof Float32Array) writeFloats(values, rows, target.images, to * pixelCount)
  return suits || normalisation.name === 'none'
}

/** Writes the pixels of a slice as grey levels. */
function takeLevels({ dataset, slice }: Taken, { images }: Target, to: number, normalisation: Normalisation) {
  const { values, rows } = slice
  const grid = gridOf(normalisation, dataset.type.name)
  return images instanceof Uint8Array
    ? writeLevels(values, rows, grid, images, to * pixelCount)
    : writeLevels(values, rows, grid, new Uint8Array(rows * pixelCount), 0)
}

const wanted: Readonly<Record<Flaw['rule'], string>> = {
  'pixels-are-numbers': 'numbers as pixels of',
  'pixels-are-finite': 'finite pixels of 32 bits in',
  'labels-are-whole': 'whole labels in column 784 of',
  'labels-are-0-to-9': 'labels 0 to 9 in column 784 of',
}

/** Throws the error for a flaw in a slice. */
export function refuseFlaw({ dataset, slice }: Taken, flaw: Flaw | undefined): void {
  if (!flaw) return
  const { rule, value, column } = flaw
  const row = slice.first + flaw.row
  const place = column === pixelCount ? `row ${row}` : `row ${row}, column ${column}`
  const expected = `${wanted[rule]} \`${dataset.facts.dataset}\``
  throw unusable(dataset.file.name, rule, { expected, found: `${value} in ${place}` })
}
