import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Dataset, LabelledImages, LoadOptions, Split } from './dataset.ts'
import { parseIdx } from './idx.ts'
import type { FileSet } from './locate.ts'
import { locate } from './locate.ts'
import type { PinnedFile } from './pinned-file.ts'
import { readPinned } from './pinned-file.ts'
import { prepared } from './prepared.ts'

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28 pixels, ten classes of equal size.
 * Only the four published `.gz` files are accepted, because the digests are of these; unpacked files are not.
 * Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
 * Algorithms", arXiv:1708.07747 (2017); addresses from the README of zalandoresearch/fashion-mnist.
 */
export const fashionMnist: Dataset = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  source: 'Xiao, Rasul, Vollgraf: Fashion-MNIST (2017), https://github.com/zalandoresearch/fashion-mnist',
  licence: 'MIT, Copyright 2017 Zalando SE',
  load,
}

/** The files as published. */
export const files: Record<Split, { readonly images: PinnedFile; readonly labels: PinnedFile }> = {
  train: {
    images: {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 26421880,
      sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    },
    labels: {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 29515,
      sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    },
  },
  test: {
    images: {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4422102,
      sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5148,
      sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    },
  },
}

const set: FileSet = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  addresses: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
}

/** Loads the images and labels of a split. */
async function load(split: Split, options: LoadOptions = {}): Promise<LabelledImages> {
  const { labels, images } = files[split]
  return prepared(
    {
      name: `${set.name} ${split}`,
      files: [labels, images],
      pathOf: (file) => locate(set, file, options),
    },
    () => decode(split, options),
    options,
  )
}

/** Reads the two files of a split. */
async function decode(split: Split, options: LoadOptions): Promise<LabelledImages> {
  const labels = await readIdx(files[split].labels, 1, options)
  const images = await readIdx(files[split].images, 3, options)
  const [count = 0, height = 0, width = 0] = images.shape
  if (labels.values.length !== count) {
    throw new Error(`Cannot read Fashion-MNIST, expected ${count} labels, found ${labels.values.length}`)
  }
  return { images: images.values, labels: labels.values, count, width, height }
}

/** Reads a file of the data set, after its digest has been checked. */
async function readIdx(file: PinnedFile, rank: number, options: LoadOptions) {
  const path = await locate(set, file, options)
  const bytes = await promisify(gunzip)(await readPinned(path, file, options))
  return parseIdx(bytes, rank, path)
}
