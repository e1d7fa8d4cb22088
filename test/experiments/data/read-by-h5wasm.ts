import { type Dataset, File, ready } from 'h5wasm/node'

/** A dataset in the view of an independent reader. */
export interface Seen {
  readonly shape: readonly number[]
  readonly dtype: unknown
  readonly chunks: readonly number[] | null
  readonly filters: readonly unknown[]
  readonly values: readonly number[]
}

/** Reads both datasets of a file whole with the HDF5 library. */
export async function readByH5wasm(path: string): Promise<Record<string, Seen>> {
  await ready
  const file = new File(path, 'r')
  try {
    return Object.fromEntries(
      file.keys().map((name) => {
        const { shape, dtype, metadata, filters, value } = file.get(name) as Dataset
        return [
          name,
          {
            shape: shape ?? [],
            dtype,
            chunks: metadata.chunks,
            filters: filters.map(({ id, cd_values }) => [id, ...cd_values]),
            values: Array.from(value as Float64Array),
          },
        ]
      }),
    )
  } finally {
    file.close()
  }
}
