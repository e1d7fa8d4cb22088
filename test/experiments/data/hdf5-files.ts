import { join } from 'node:path'
import { File, ready } from 'h5wasm/node'

export interface TableOptions {
  readonly dtype?: string
  readonly chunks?: readonly [number, number]
  readonly gzip?: number
}

/** Numbers in the form that h5wasm takes, 785 per row. */
export type Table =
  | Float64Array
  | Float32Array
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array

/** Gives a grey level for every place; all 256 occur, and black and white occur in the first rows. */
export function levelAt(row: number, column: number): number {
  return (row * 31 + column * 7 + ((row * column) % 5)) % 256
}

export function labelAt(row: number): number {
  return (row * 3 + 1) % 10
}

/** Makes rows of 785 values: pixels given by `pixel(grey level)`, then the label. */
export function tableOf(rows: number, pixel: (level: number) => number): Float64Array {
  const table = new Float64Array(rows * 785)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < 784; column++) table[row * 785 + column] = pixel(levelAt(row, column))
    table[row * 785 + 784] = labelAt(row)
  }
  return table
}

/** The result that `readH5` should give for `tableOf(rows, ...)`. */
export function expectedRows(rows: number) {
  const images = new Uint8Array(rows * 784)
  for (let at = 0; at < images.length; at++) images[at] = levelAt(Math.floor(at / 784), at % 784)
  const labels = Uint8Array.from({ length: rows }, (_, row) => labelAt(row))
  return { images, labels, count: rows, width: 28, height: 28 } as const
}

/** Writes a file with h5wasm, filled by `fill`, and gives its path. */
export async function writeH5(
  folder: string,
  name: string,
  fill: (file: File) => void,
  libver?: 'latest' | 'earliest' | 'v108' | 'v110',
): Promise<string> {
  await ready
  const path = join(folder, name)
  const file = new File(path, 'w', libver ? { libver: [libver, 'latest'] } : {})
  try {
    fill(file)
  } finally {
    file.close()
  }
  return path
}

/** Adds a table to a file. */
export function addTable(file: File, name: string, data: Table, options: TableOptions = {}): void {
  const { dtype, chunks, gzip } = options
  file.create_dataset({
    name,
    data,
    shape: [data.length / 785, 785],
    ...(dtype && { dtype }),
    ...(chunks && { chunks: [...chunks] }),
    ...(gzip && { compression: 'gzip', compression_opts: gzip }),
  })
}

/** Writes `trainData` and `testData`. */
export function writeTables(
  folder: string,
  [train, test]: readonly [Table, Table],
  options: TableOptions & { libver?: 'latest' | 'earliest'; name?: string } = {},
): Promise<string> {
  const fill = (file: File) => {
    addTable(file, 'trainData', train, options)
    addTable(file, 'testData', test, options)
  }
  return writeH5(folder, options.name ?? 'data.h5', fill, options.libver)
}
