import type { H5SetInspection, Normalisation } from '../hdf5-types.ts'
import type { H5Dataset } from './dataset.ts'
import { emptyRange, widen } from './rows.ts'
import type { Watch } from './slices.ts'
import { slices } from './slices.ts'
import { makeTarget, takeSlice } from './take-slice.ts'

/**
 * Counts labels and finds the range of pixels of a dataset; gives `undefined` where its pixels do not suit the
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
