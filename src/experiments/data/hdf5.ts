import { basename } from 'node:path'
import type { Split } from './dataset.ts'

import type { H5Dataset } from './hdf5/dataset.ts'
import { allSplits, describeDataset } from './hdf5/dataset.ts'
import { H5Error } from './hdf5/h5-error.ts'
import type { H5File } from './hdf5/h5-file.ts'
import { withH5File } from './hdf5/h5-file.ts'
import type { Range } from './hdf5/normalisation.ts'
import { gridOf, knownNormalisations, linearNormalisation, noNormalisation } from './hdf5/normalisation.ts'
import { inspectDataset, readDataset } from './hdf5/read-dataset.ts'
import { emptyRange, findFlaw, widen, writeLevels } from './hdf5/rows.ts'
import type { Watch } from './hdf5/slices.ts'
import { slices } from './hdf5/slices.ts'
import type { Target } from './hdf5/take-slice.ts'
import { makeTarget, refuseFlaw } from './hdf5/take-slice.ts'
import type { H5Data, H5Inspection, H5Options, Normalisation } from './hdf5-types.ts'
import { longBytes, tenths } from './progress.ts'
import { localH5 } from './unzip.ts'

export type { H5Rule } from './hdf5/h5-error.ts'
export { H5Error, h5Rules } from './hdf5/h5-error.ts'
export { localH5 } from './unzip.ts'

/**
 * Reads the letters of a course's `data.h5`, or of a zip that contains one: `trainData` and `testData`, `[n, 785]`, 784
 * pixels of images of 28 x 28 and the label, 0 to 9. Elements may be integers or floats of any size and byte order,
 * contiguous or chunked, compressed or not. The normalisation of the pixels is found by checking all of them, and is
 * the same for the whole file.
 * @throws H5Error that names one of `h5Rules`
 */
export async function readH5(path: string, options: H5Options = {}): Promise<H5Data> {
  const local = await localH5(path, options)
  return withH5File(local, path, async (file) => {
    const targets = new Map<H5Dataset, Target>()
    const { datasets, normalisation, found } = await tryEach(file, options, (dataset, normalisation, watch) =>
      readDataset(dataset, { ...watch, as: options.as, normalisation, targets }),
    )
    const bySplit = <T>(list: readonly T[]) =>
      Object.fromEntries(datasets.map(({ facts }, index) => [facts.split, list[index]!]))
    return {
      path: local,
      normalisation,
      facts: bySplit(datasets.map(({ facts }) => facts)),
      rows: bySplit(found),
    }
  })
}

/**
 * Gives the facts of a `data.h5`, or of a zip that contains one: both datasets, how often each label occurs, smallest
 * and largest pixel, and the normalisation. It holds only a few rows at a time.
 * @throws H5Error that names one of `h5Rules`
 */
export async function inspectH5(path: string, options: H5Options = {}): Promise<H5Inspection> {
  const local = await localH5(path, options)
  return withH5File(local, path, async (file) => {
    const { normalisation, found } = await tryEach(file, options, (dataset, normalisation, watch) =>
      inspectDataset(dataset, normalisation, watch),
    )
    return { path: local, bytes: file.bytes, normalisation, sets: found }
  })
}

/** Visits the requested datasets with one normalisation after the other, until one fits all of them. */
async function tryEach<T>(
  file: H5File,
  options: H5Options,
  visit: (dataset: H5Dataset, normalisation: Normalisation, watch: Watch) => Promise<T | undefined>,
) {
  const { splits = allSplits } = options
  const datasets = splits.map((split) => describeDataset(file, split))
  const all = [...datasets, ...others(file, splits)]
  for await (const normalisation of candidates(all, () => watchOf(file, all, options))) {
    const watch = watchOf(file, datasets, options)
    const found: T[] = []
    for (const dataset of datasets) {
      const one = await visit(dataset, normalisation, watch)
      if (one === undefined) break
      found.push(one)
    }
    if (found.length === datasets.length) return { datasets, normalisation, found }
  }
  throw new Error(`Cannot use \`${file.name}\`, expected pixels that fit \`none\`, found others`)
}

/** Reports the progress of a pass over all rows of some datasets, if the file is long. */
function watchOf({ bytes, path }: H5File, datasets: readonly H5Dataset[], options: H5Options): Watch {
  const { report, signal } = options
  if (!report || bytes <= longBytes) return { signal }
  const total = datasets.reduce((sum, { rows }) => sum + rows, 0)
  const tellOf = tenths(report, { name: basename(path), total, unit: 'rows' })
  let done = 0
  const tell = (rows: number) => {
    done += rows
    tellOf(done)
  }
  return { signal, tell }
}

/** Describes the datasets that were not requested, if they are usable: the range includes their pixels. */
function others(file: H5File, splits: readonly Split[]): H5Dataset[] {
  return allSplits
    .filter((split) => !splits.includes(split))
    .flatMap((split) => {
      try {
        return [describeDataset(file, split)]
      } catch (cause) {
        if (cause instanceof H5Error) return []
        throw cause
      }
    })
}

/**
 * Gives normalisations to try, the likeliest first: the one that suits the first rows; then, after a look at all
 * rows of all datasets, those that suit the whole range; at last `none`, which always fits.
 * @param watch makes what watches one pass over all rows
 */
async function* candidates(
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

/** Finds the known normalisation that suits the first rows. */
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

/** Widens a range of values by those of a whole dataset. */
async function widenBy(dataset: H5Dataset, range: Range, watch: Watch): Promise<Range> {
  let wider = range
  for await (const slice of slices(dataset, watch)) {
    refuseFlaw({ dataset, slice }, findFlaw(slice.values, slice.rows))
    wider = widen(wider, slice.values, slice.rows)
  }
  return wider
}
