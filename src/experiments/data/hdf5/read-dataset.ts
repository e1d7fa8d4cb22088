import type { H5Options, H5Rows, Normalisation } from '../hdf5-types.ts'
import type { H5Dataset } from './dataset.ts'
import { slices } from './slices.ts'
import type { Target } from './take-slice.ts'
import { makeTarget, takeSlice } from './take-slice.ts'

/** What a reading of a dataset needs to know. */
export interface Reading extends Pick<H5Options, 'as' | 'signal'> {
  readonly normalisation: Normalisation
  /** Room that an earlier attempt made: used again where it suits. */
  readonly targets: Map<H5Dataset, Target>
}

/**
 * Reads all rows of a dataset; gives `undefined` where its pixels do not suit the normalisation.
 * @throws H5Error `labels-are-whole`, `labels-are-0-to-9`, `pixels-are-numbers`, `pixels-are-finite`
 */
export async function readDataset(dataset: H5Dataset, reading: Reading): Promise<H5Rows | undefined> {
  const { normalisation, signal } = reading
  const target = targetFor(dataset, reading)
  for await (const slice of slices(dataset, signal)) {
    if (!takeSlice({ dataset, slice }, target, slice.first, normalisation)) return undefined
  }
  return { ...target, count: dataset.rows, width: 28, height: 28 }
}

function targetFor(dataset: H5Dataset, { as = 'uint8', normalisation, targets }: Reading): Target {
  const wanted = normalisation.name === 'none' ? 'float32' : as
  const kept = targets.get(dataset)
  if (kept && kept.images instanceof Float32Array === (wanted === 'float32')) return kept
  const target = makeTarget(dataset.rows, wanted)
  targets.set(dataset, target)
  return target
}
