import { basename } from 'node:path'
import type { Split } from './dataset.ts'
import { candidates } from './hdf5/candidates.ts'
import type { H5Dataset } from './hdf5/dataset.ts'
import { allSplits, describeDataset } from './hdf5/dataset.ts'
import { H5Error } from './hdf5/h5-error.ts'
import type { H5File } from './hdf5/h5-file.ts'
import { withH5File } from './hdf5/h5-file.ts'
import { inspectDataset, readDataset } from './hdf5/read-dataset.ts'
import type { Watch } from './hdf5/slices.ts'
import type { Target } from './hdf5/take-slice.ts'
import type { H5Data, H5Inspection, H5Options, Normalisation } from './hdf5-types.ts'
import { longBytes, tenths } from './tenths.ts'
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
