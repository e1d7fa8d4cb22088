import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { LabelledImages, LoadOptions } from './dataset.ts'
import { parseIdx } from './idx.ts'
import type { FileSet } from './locate.ts'
import { locate } from './locate.ts'
import type { PinnedFile } from './pinned-file.ts'
import { readPinned } from './pinned-file.ts'
import { prepared } from './prepared.ts'

/**
 * A sample of notMNIST_large: 3,493 of its 529,114 glyphs, about 350 a letter, drawn with replacement and not cleaned.
 * The author counts about 6.5 % wrong labels in it. None of its fonts is in notMNIST_small. It serves as a second test
 * set, so it has no splits and nothing is removed from it.
 * Source: Y. Bulatov, http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html
 */
export const notmnistLargeSample = {
  name: 'notmnist-large-sample',
  title: 'notMNIST (sample of the large part)',
  source: 'Bulatov: notMNIST dataset (2011), http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html',
  licence: 'none stated; research data, not to be passed on',
  load,
} as const

/** The files of this sample. */
export const files: Record<'images' | 'labels', PinnedFile> = {
  images: {
    name: 'notmnist-large-sample-images-idx3-ubyte.gz',
    bytes: 1148795,
    sha256: 'c52382306287f8d6646413d389891c482225fa129196afb7b3a071ad8ecb6c4c',
  },
  labels: {
    name: 'notmnist-large-sample-labels-idx1-ubyte.gz',
    bytes: 61,
    sha256: '000c18eb4122b1bf95ec5f55fa19b3fff90a2a22cd4df21ba7a3f1725c54f020',
  },
}

const set: FileSet = {
  name: 'notmnist-large-sample',
  folders: ['notmnist', 'notmnist-large-sample'],
  title: 'notMNIST (sample of the large part)',
  addresses: [],
  origin: 'http://yaroslavvb.com/upload/notMNIST/ has the whole large part as a tree of PNG files',
}

/** Reads all images of the sample. Throws an error that names the missing file, or the file with other bytes. */
async function load(options: LoadOptions = {}): Promise<LabelledImages> {
  return prepared(
    {
      name: set.name,
      files: [files.labels, files.images],
      pathOf: (file) => locate(set, file, options),
    },
    () => decode(options),
    options,
  )
}

/** Checks the digests of both files, and unpacks them. */
async function decode(options: LoadOptions): Promise<LabelledImages> {
  const labels = parseIdx(await readPacked(files.labels, options), 1, files.labels.name)
  const { shape, values } = parseIdx(await readPacked(files.images, options), 3, files.images.name)
  const [count = 0, height = 0, width = 0] = shape
  return { images: values, labels: labels.values, count, width, height }
}

/** Finds a file of the sample, checks its digest and unpacks it. */
async function readPacked(file: PinnedFile, options: LoadOptions): Promise<Uint8Array> {
  const path = await locate(set, file, options)
  return promisify(gunzip)(await readPinned(path, file, options))
}
