import type { Normalisation } from '../hdf5-types.ts'
import type { H5Dataset } from './dataset.ts'
import type { Range } from './normalisation.ts'
import { gridOf, knownNormalisations, linearNormalisation, noNormalisation } from './normalisation.ts'
import { emptyRange, findFlaw, widen, writeLevels } from './rows.ts'
import type { Watch } from './slices.ts'
import { slices } from './slices.ts'
import { makeTarget, refuseFlaw } from './take-slice.ts'

/**
 * Gives normalisations to try, the most likely first: the one that fits the first rows; then, after a pass over all
 * rows of all datasets, those that fit the whole range; finally `none`, which always fits.
 * @param watch creates the watch for one pass over all rows
 */
export async function* candidates(
  datasets: readonly H5Dataset[],
  watch: () => Watch = () => ({}),
): AsyncGenerator<Normalisation> {
  const guess = await guessNormalisation(datasets[0]!, watch().signal)
  if (guess) yield guess
  let range = emptyRange
  const whole = watch()
  for (const dataset of datasets) range = await widenBy(dataset, range, whole)
  for (const known of knownNormalisations(range)) if (known.name !== guess?.name) yield known
  if (range.max > range.min) yield linearNormalisation(range)
  yield noNormalisation(range)
}

/** Finds the known normalisation that fits the first rows. */
async function guessNormalisation(
  dataset: H5Dataset,
  signal?: AbortSignal,
): Promise<Normalisation | undefined> {
  for await (const slice of slices(dataset, { signal })) {
    const { values, rows } = slice
    refuseFlaw({ dataset, slice }, findFlaw(values, rows))
    const { images } = makeTarget(rows, 'uint8')
    return knownNormalisations(widen(emptyRange, values, rows)).find((each) =>
      writeLevels(values, rows, gridOf(each, dataset.type.name), images as Uint8Array, 0),
    )
  }
  return undefined
}

async function widenBy(dataset: H5Dataset, range: Range, watch: Watch): Promise<Range> {
  let wider = range
  for await (const slice of slices(dataset, watch)) {
    refuseFlaw({ dataset, slice }, findFlaw(slice.values, slice.rows))
    wider = widen(wider, slice.values, slice.rows)
  }
  return wider
}
