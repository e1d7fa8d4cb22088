import { chmod, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { H5Rule } from '../../../src/experiments/data/hdf5.ts'
import { addTable, tableOf, writeH5, writeTables } from './hdf5-files.ts'
import { writeZip } from './tiny-zip.ts'

/** An unusable file: how to make it, the rule that it breaks, and the end of the message. */
export interface BadFile {
  readonly rule: H5Rule
  readonly message: RegExp
  /** Makes the file in an empty folder and gives its path. */
  make(folder: string): Promise<string>
}

const good = () => [tableOf(40, (level) => level), tableOf(9, (level) => level)] as const

/** Gives a maker of a file with one changed value in its training table. */
function withValue(row: number, column: number, value: number) {
  return (folder: string) => {
    const [train, test] = good()
    train[row * 785 + column] = value
    return writeTables(folder, [train, test])
  }
}

function withBytes(bytes: string | Buffer) {
  return async (folder: string) => {
    const path = join(folder, 'data.h5')
    await writeFile(path, bytes)
    return path
  }
}

/** Gives a maker of a file whose `trainData` comes from `add` instead of `addTable`. */
function withTrain(add: (file: Parameters<Parameters<typeof writeH5>[2]>[0]) => void) {
  return (folder: string) =>
    writeH5(folder, 'data.h5', (file) => {
      add(file)
      addTable(file, 'testData', good()[1])
    })
}

/** Gives a maker of a file in the old format, which has no checksums, with changed bytes. */
function patched(change: (bytes: Buffer) => Buffer | undefined, options = {}) {
  return async (folder: string) => {
    const path = await writeTables(folder, good(), { libver: 'earliest', ...options })
    const bytes = await readFile(path)
    await writeFile(path, change(bytes) ?? bytes)
    return path
  }
}

const gzipped = { chunks: [5, 785], gzip: 4 }

export const badFiles: Readonly<Record<string, BadFile>> = {
  'a missing file': {
    rule: 'is-there',
    message: /expected a file, found none$/,
    make: async (folder) => join(folder, 'data.h5'),
  },
  'a folder': {
    rule: 'is-file',
    message: /expected a file, found a folder$/,
    make: async (folder) => folder,
  },
  'an unreadable file': {
    rule: 'is-readable',
    message: /expected a readable file, found one that may not be read$/,
    async make(folder) {
      const path = await writeTables(folder, good())
      await chmod(path, 0)
      return path
    },
  },
  'an empty file': {
    rule: 'is-not-empty',
    message: /expected an HDF5 file, found an empty file$/,
    make: withBytes(''),
  },
  garbage: {
    rule: 'is-hdf5',
    message: /expected an HDF5 file, found a file that begins with the bytes 07 07 07 07 07 07 07 07$/,
    make: withBytes(Buffer.alloc(5000, 7)),
  },
  'a web page': {
    rule: 'is-hdf5',
    message: /expected an HDF5 file, found a web page: `<!DOCTYPE html><html`$/,
    make: withBytes('<!DOCTYPE html><html><body>Please log in</body></html>'),
  },
  text: {
    rule: 'is-hdf5',
    message: /expected an HDF5 file, found text: `404: Not Found`$/,
    make: withBytes('404: Not Found\n'),
  },
  'a gzip file': {
    rule: 'is-hdf5',
    message: /expected an HDF5 file, found a gzip file: unpack it by `gunzip`$/,
    make: withBytes(Buffer.from('1f8b080000000000', 'hex')),
  },
  'a truncated file': {
    rule: 'is-whole',
    message: /expected \d+ bytes, found 100000: truncated$/,
    async make(folder) {
      const path = await writeTables(folder, good())
      await truncate(path, 100_000)
      return path
    },
  },
  'a file cut within its head': {
    rule: 'is-whole',
    message: /expected (a whole HDF5 file|\d+ bytes), found /,
    make: patched((bytes) => bytes.subarray(0, 20)),
  },
  'a table that does not fit into its file': {
    rule: 'is-whole',
    message: /expected \d+ bytes, where `testData` ends, found 2\d+: truncated$/,
    // The superblock states the end of the shortened file.
    make: patched((bytes) => {
      const cut = bytes.subarray(0, bytes.length - 50_000)
      cut.writeBigUInt64LE(BigInt(cut.length), 40)
      return cut
    }),
  },
  'damaged metadata': {
    rule: 'is-whole',
    message: /expected a description of `trainData`, found /,
    async make(folder) {
      const path = await writeTables(folder, good(), { libver: 'latest' })
      const bytes = await readFile(path)
      for (let at = bytes.indexOf('OHDR', 100); at >= 0; at = bytes.indexOf('OHDR', at + 4))
        bytes[at + 20]! ^= 255
      await writeFile(path, bytes)
      return path
    },
  },
  'no training data': {
    rule: 'has-datasets',
    message: /expected a dataset `trainData`, found `testData`$/,
    make: (folder) => writeH5(folder, 'data.h5', (file) => addTable(file, 'testData', good()[1])),
  },
  'no test data': {
    rule: 'has-datasets',
    message: /expected a dataset `testData`, found `other`, `trainData`$/,
    make: (folder) =>
      writeH5(folder, 'data.h5', (file) => {
        addTable(file, 'trainData', good()[0])
        file.create_group('other')
      }),
  },
  'nothing inside': {
    rule: 'has-datasets',
    message: /expected a dataset `trainData`, found nothing$/,
    make: (folder) => writeH5(folder, 'data.h5', () => undefined),
  },
  'a group': {
    rule: 'is-dataset',
    message: /expected a dataset `trainData`, found a group$/,
    make: withTrain((file) => file.create_group('trainData')),
  },
  'a link to another file': {
    rule: 'has-own-elements',
    message: /expected `trainData` in the file itself, found links to `.*other\.h5`$/,
    async make(folder) {
      await writeTables(folder, good(), { name: 'other.h5' })
      return withTrain((file) => file.create_external_link('other.h5', 'trainData', 'trainData'))(folder)
    },
  },
  'a link to another file that is not there': {
    rule: 'has-own-elements',
    message: /found links to `.*none\.h5`$/,
    make: withTrain((file) => file.create_external_link('none.h5', 'trainData', 'trainData')),
  },
  'a link to another file through a link': {
    rule: 'has-own-elements',
    message: /found links to `.*other\.h5`$/,
    async make(folder) {
      await writeTables(folder, good(), { name: 'other.h5' })
      return withTrain((file) => {
        file.create_external_link('other.h5', '/', 'other')
        file.create_soft_link('/other/trainData', 'trainData')
      })(folder)
    },
  },
  'a link to nothing': {
    rule: 'is-dataset',
    message: /expected a dataset `trainData`, found a link to `\/nothing`, which is not there$/,
    make: withTrain((file) => file.create_soft_link('/nothing', 'trainData')),
  },
  '784 columns': {
    rule: 'has-785-columns',
    message: /expected 785 columns in `trainData`, 784 pixels and a label, found shape \[2, 784\]$/,
    make: withTrain((file) =>
      file.create_dataset({ name: 'trainData', data: new Float64Array(2 * 784), shape: [2, 784] }),
    ),
  },
  'columns for rows': {
    rule: 'has-785-columns',
    message:
      /found shape \[785, 40\]: transposed, write it anew with a row for each image \(`data\.T` in h5py, `data'` in MATLAB\)$/,
    make: withTrain((file) =>
      file.create_dataset({ name: 'trainData', data: new Float64Array(40 * 785), shape: [785, 40] }),
    ),
  },
  'three dimensions': {
    rule: 'has-785-columns',
    message: /found shape \[2, 28, 28\]$/,
    make: withTrain((file) =>
      file.create_dataset({ name: 'trainData', data: new Float64Array(2 * 784), shape: [2, 28, 28] }),
    ),
  },
  'no rows': {
    rule: 'has-rows',
    message: /expected rows in `trainData`, found none$/,
    make: withTrain((file) =>
      file.create_dataset({
        name: 'trainData',
        data: new Float64Array(0),
        shape: [0, 785],
        maxshape: [null, 785],
        chunks: [10, 785],
      }),
    ),
  },
  'too many rows': {
    rule: 'is-bounded',
    message: /expected at most 10000000 rows in `trainData`, found 10000000000$/,
    make: patched((bytes) => {
      // A dataspace of version 1 with two dimensions and their maxima.
      const at = bytes.indexOf(Buffer.from('28000000000000001103000000000000', 'hex'))
      for (const place of [at, at + 16]) bytes.writeBigUInt64LE(10_000_000_000n, place)
      return undefined
    }, gzipped),
  },
  'rows that were never written': {
    rule: 'is-filled',
    message: /expected 251200 bytes of `trainData`, found 0: it was not filled$/,
    make: patched((bytes) => {
      const at = bytes.indexOf(Buffer.from([0x40, 0xd5, 3, 0, 0, 0, 0, 0]))
      bytes.fill(255, at - 8, at)
      return undefined
    }),
  },
  'chunks that were never written': {
    rule: 'is-filled',
    message: /expected 8 chunks of `trainData`, found 3: it was not filled$/,
    make: patched((bytes) => {
      const at = bytes.indexOf(Buffer.from('545245450100', 'hex'))
      bytes.writeUInt16LE(3, at + 6)
      return undefined
    }, gzipped),
  },
  strings: {
    rule: 'is-numeric',
    message: /expected integers or floats in `trainData`, found strings$/,
    make: withTrain((file) => file.create_dataset({ name: 'trainData', data: ['a', 'b'], dtype: 'S' })),
  },
  'compound records': {
    rule: 'is-numeric',
    message: /expected integers or floats in `trainData`, found compound records$/,
    make: withTrain((file) => {
      const data = new Map(Object.entries({ x: new Float64Array(3), y: new Int32Array(3) }))
      file.create_dataset({ name: 'trainData', data, shape: [3] })
    }),
  },
  'an unknown filter': {
    rule: 'has-known-filters',
    message:
      /expected `trainData` uncompressed or compressed with gzip, found the filter deflate \(number 32099\): write the file anew with gzip$/,
    make: patched((bytes) => {
      for (let at = bytes.indexOf('deflate\0'); at >= 0; at = bytes.indexOf('deflate\0', at + 8)) {
        bytes.writeUInt16LE(32_099, at - 8)
      }
      return undefined
    }, gzipped),
  },
  'a damaged chunk': {
    rule: 'can-be-unpacked',
    message: /expected rows 0 to 39 of `trainData`, found damage: /,
    make: patched((bytes) => {
      // The beginning of a zlib stream at level 4.
      const at = bytes.indexOf(Buffer.from('785e', 'hex'), 1000)
      bytes.fill(255, at + 10, at + 200)
      return undefined
    }, gzipped),
  },
  'a label of 11': {
    rule: 'labels-are-0-to-9',
    message: /expected labels 0 to 9 in column 784 of `trainData`, found 11 in row 31$/,
    make: withValue(31, 784, 11),
  },
  'a label below 0': {
    rule: 'labels-are-0-to-9',
    message: /expected labels 0 to 9 in column 784 of `trainData`, found -1 in row 0$/,
    make: withValue(0, 784, -1),
  },
  'a label of 2.5': {
    rule: 'labels-are-whole',
    message: /expected whole labels in column 784 of `trainData`, found 2.5 in row 3$/,
    make: withValue(3, 784, 2.5),
  },
  'a label of NaN': {
    rule: 'labels-are-whole',
    message: /expected whole labels in column 784 of `trainData`, found NaN in row 3$/,
    make: withValue(3, 784, Number.NaN),
  },
  'a pixel of NaN': {
    rule: 'pixels-are-numbers',
    message: /expected numbers as pixels of `trainData`, found NaN in row 39, column 783$/,
    make: withValue(39, 783, Number.NaN),
  },
  'an infinite pixel': {
    rule: 'pixels-are-finite',
    message: /expected finite pixels of 32 bits in `trainData`, found -Infinity in row 7, column 0$/,
    make: withValue(7, 0, Number.NEGATIVE_INFINITY),
  },
  'a pixel beyond 32 bits': {
    rule: 'pixels-are-finite',
    message: /found 1e\+300 in row 7, column 5$/,
    make: withValue(7, 5, 1e300),
  },
  'an archive without HDF5': {
    rule: 'zip-has-one',
    message: /expected one `.h5` or `.hdf5` in it, found none$/,
    make: (folder) => writeZip(join(folder, 'data.h5'), [{ name: 'readme.txt', bytes: Buffer.from('hi') }]),
  },
}
