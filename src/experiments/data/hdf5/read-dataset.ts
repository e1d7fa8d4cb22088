import type { H5Options, H5Rows, H5SetInspection, Normalisation } from '../hdf5-types.ts'
import type { H5Dataset } from './dataset.ts'
import type { H5Error } from './h5-error.ts'
import { unusable } from './h5-error.ts'
import { emptyRange, widen } from './rows.ts'
import type { Watch } from './slices.ts'
import { slices } from './slices.ts'
import type { Target } from './take-slice.ts'
import { makeTarget, takeSlice } from './take-slice.ts'

/** The options of reading a dataset. */
interface Reading extends Pick<H5Options, 'as'>, Watch {
  readonly normalisation: Normalisation
  /** Memory from an earlier attempt, which is reused if its type fits. */
  readonly targets: Map<H5Dataset, Target>
}

/**
 * Reads all rows of a dataset; gives `undefined` if its pixels do not fit the normalisation.
 * @throws H5Error `is-bounded`, `pixels-are-levels`, `labels-are-whole`, `labels-are-0-to-9`, `pixels-are-numbers`, `pixels-are-finite`
 */
export async function readDataset(dataset: H5Dataset, reading: Reading): Promise<H5Rows | undefined> {
  const { normalisation } = reading
  const target = targetFor(dataset, reading)
  for await (const slice of slices(dataset, reading)) {
    if (!takeSlice({ dataset, slice }, target, slice.first, normalisation)) return undefined
  }
  return { ...target, count: dataset.rows, width: 28, height: 28 }
}

/** Gives the arrays that rows are written to: those given, or new ones. */
function targetFor(dataset: H5Dataset, { as, normalisation, targets }: Reading): Target {
  if (as === 'uint8' && normalisation.name === 'none') throw noLevels(dataset, normalisation)
  const wanted = normalisation.name === 'none' ? 'float32' : (as ?? 'uint8')
  const kept = targets.get(dataset)
  if (kept && kept.images instanceof Float32Array === (wanted === 'float32')) return kept
  const target = roomFor(dataset, wanted)
  targets.set(dataset, target)
  return target
}

/** Makes arrays for all rows of a dataset. */
function roomFor({ file, facts, rows }: H5Dataset, as: H5Options['as']): Target {
  try {
    return makeTarget(rows, as)
  } catch (cause) {
    const expected = `rows of \`${facts.dataset}\` that memory can hold`
    throw unusable(file.name, 'is-bounded', { expected, found: String(rows), cause })
  }
}

/** Gives the error for values that are no grey levels of the normalisation. */
function noLevels({ file, facts }: H5Dataset, { text }: Normalisation): H5Error {
  const expected = `pixels of \`${facts.dataset}\` that are whole grey levels, scaled and shifted`
  return unusable(file.name, 'pixels-are-levels', { expected, found: text })
}

/**
 * Counts the labels of a dataset and finds the range of its pixels; gives `undefined` if its pixels do not fit the
 * normalisation.
 * @throws H5Error `labels-are-whole`, `labels-are-0-to-9`, `pixels-are-numbers`, `pixels-are-finite`
 */
export async function inspectDataset(
  dataset: H5Dataset,
  normalisation: Normalisation,
  watch: Watch = {},
): Promise<H5SetInspection | undefined> {
  const labelCounts = Array.from({ length: 10 }, () => 0)
  let range = emptyRange
  let target = makeTarget(0, 'uint8')
  for await (const slice of slices(dataset, watch)) {
    const { rows, values } = slice
    if (target.labels.length < rows) target = makeTarget(rows, 'uint8')
    if (!takeSlice({ dataset, slice }, target, 0, normalisation)) return undefined
    for (const label of target.labels.subarray(0, rows)) labelCounts[label]!++
    range = widen(range, values, rows)
  }
  return { facts: dataset.facts, labelCounts, range }
}
