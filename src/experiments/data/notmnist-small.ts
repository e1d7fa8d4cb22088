import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { LabelledImages } from './dataset.ts'
import { parseIdx } from './idx.ts'
import type { LetterOptions, LetterSet, Letters } from './letters.ts'
import { letterClasses } from './letters.ts'
import type { FileSet } from './locate.ts'
import { locate } from './locate.ts'
import type { PinnedFile } from './pinned-file.ts'
import { readPinned } from './pinned-file.ts'
import { prepared } from './prepared.ts'
import { splitByFont } from './split-by-font.ts'
import { fontFamily, splitOfFamily } from './split-fonts.ts'

/**
 * notMNIST_small: 18,724 glyphs of the letters A to J from 1,873 fonts, 28 x 28 pixels, checked by hand by the author,
 * who says that about 0.5 % of the labels are wrong. The three files contain the author's PNG files in order of class
 * and file name. They are not published, so there is no address to download them from.
 * Source: Y. Bulatov, http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html
 */
export const notmnistSmall: LetterSet = {
  name: 'notmnist-small',
  title: 'notMNIST (small)',
  classes: letterClasses,
  source: 'Bulatov: notMNIST dataset (2011), http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html',
  licence: 'none stated; research data, not to be passed on',
  load,
}

/** The files of this set. */
export const files: Record<'images' | 'labels' | 'names', PinnedFile> = {
  images: {
    name: 'notmnist-small-images-idx3-ubyte.gz',
    bytes: 5807686,
    sha256: 'cae14d616766bfffb88a525cde0b33f44e6fc1f01e85d5262b94b5030148058d',
  },
  labels: {
    name: 'notmnist-small-labels-idx1-ubyte.gz',
    bytes: 77,
    sha256: '7bc358024b9b5a9325071ade8d4a908d90bd1a8926ac8d2c6854731fb8fb4851',
  },
  names: {
    name: 'notmnist-small-names.tsv.gz',
    bytes: 380230,
    sha256: '8a14db99bcf5f17b626d2453fa8a4653c5261ff781ff5cb0cc39e7b65e3846af',
  },
}

const set: FileSet = {
  name: 'notmnist-small',
  folders: ['notmnist', 'notmnist-small'],
  title: 'notMNIST (small)',
  addresses: [],
  origin:
    'http://yaroslavvb.com/upload/notMNIST/ has the same letters as a tree of PNG files; what `npx weft data convert`' +
    ' makes of them has other digests and does not stand for these files',
}

async function load(options: LetterOptions = {}): Promise<Letters> {
  return prepared(
    {
      name: set.name,
      files: [files.labels, files.images, files.names],
      pathOf: (file) => locate(set, file, options),
    },
    () => clean(options),
    options,
  )
}

/** Reads the three files, and makes clean splits of them. */
async function clean(options: LetterOptions): Promise<Letters> {
  const images = await readImages(options)
  const fonts = parseFonts(await readPacked(files.names, options), images)
  return splitByFont({
    images,
    fonts,
    splitOf: (font) => splitOfFamily(fontFamily(font)),
    rule:
      'Fonts whose names begin with the same four letters count as one family; a digest of these letters puts a' +
      ' family whole into training (70 %), validation (15 %) or test (15 %).',
    pixels: 'bytes, 0 to 255',
  })
}

async function readImages(options: LetterOptions): Promise<LabelledImages> {
  const labels = parseIdx(await readPacked(files.labels, options), 1, files.labels.name)
  const { shape, values } = parseIdx(await readPacked(files.images, options), 3, files.images.name)
  const [count = 0, height = 0, width = 0] = shape
  if (labels.values.length !== count) {
    throw new Error(
      `Cannot read \`${files.labels.name}\`, expected ${count} labels, found ${labels.values.length}`,
    )
  }
  return { images: values, labels: labels.values, count, width, height }
}

/** Gives the font of each image; the table repeats index and letter, which must match the labels. */
function parseFonts(table: Uint8Array, { labels, count }: LabelledImages): string[] {
  const [, ...rows] = Buffer.from(table).toString('utf8').trimEnd().split('\n')
  if (rows.length !== count) {
    throw new Error(`Cannot read \`${files.names.name}\`, expected ${count} rows, found ${rows.length}`)
  }
  return rows.map((row, index) => {
    const [number, letter, , , font] = row.split('\t')
    const wanted = letterClasses[labels[index]!]
    if (number === String(index) && letter === wanted && font) return font
    throw new Error(
      `Cannot read row ${index} of \`${files.names.name}\`, expected ${index}, ${wanted} and a font, found \`${row}\``,
    )
  })
}

async function readPacked(file: PinnedFile, options: LetterOptions): Promise<Uint8Array> {
  const path = await locate(set, file, options)
  return promisify(gunzip)(await readPinned(path, file, options))
}
