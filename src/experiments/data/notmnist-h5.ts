import { localH5, readH5 } from './hdf5.ts'
import type { LetterOptions, LetterSet, Letters, Pin } from './letters.ts'
import { letterClasses } from './letters.ts'
import { firstFile, isDataGiven, placesOf } from './locate.ts'
import { verifyPinned } from './pinned-file.ts'
import { prepared } from './prepared.ts'
import { splitH5 } from './split-h5.ts'
import { sizeOfH5 } from './unzip.ts'

/**
 * The letters of a `data.h5` (or of a `data.zip` that contains it): `trainData` and `testData` of 785 columns, pixels
 * and label. Such files are made from notMNIST_large and distributed with courses. No digest is published, so a report
 * names the digest of the file that it was computed from: `options.pin`.
 */
export const notmnistH5: LetterSet = {
  name: 'notmnist-h5',
  title: 'notMNIST (data.h5)',
  classes: letterClasses,
  source:
    'a file data.h5 of letters from Bulatov: notMNIST dataset (2011), http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html',
  licence: 'none stated; research data, not to be passed on',
  load,
}

/** Reads the file that the report was computed from: never another one, and never without its digest. */
async function load(options: LetterOptions = {}): Promise<Letters> {
  const { pin } = options
  // 1. Without its digest, another file could take its place.
  if (!pin) {
    throw new Error(
      'Cannot use `notmnist-h5`, expected its digest in the report, found none: run `npx weft data pin PATH`',
    )
  }
  // 2. Find data.h5, or a zip with it, and compare its SHA-256.
  const path = await localH5(await find(pin, options), options)
  const file = { ...pin, name: pin.file }
  await verifyPinned(path, file, { ...options, remedy: pinAgain })
  // 3. Read trainData and testData: 784 pixels and a label per row.
  return prepared(
    { name: notmnistH5.name, files: [file], pathOf: () => path },
    async () => splitH5(await readH5(path, { ...options, as: 'uint8' })),
    options,
  )
}

const pinAgain =
  'the report is computed from another file; get that one, or run `npx weft data pin PATH` to compute it from this one'

/** Gives the first file with the right size, so that a stray file does not hide it; else the first, to be refused. */
async function firstOfSize(places: readonly string[], bytes: number): Promise<string | undefined> {
  for (const place of places) {
    if (!(await firstFile([place]))) continue
    if ((await sizeOfH5(place).catch(() => undefined)) === bytes) return place
  }
  return firstFile(places)
}

/** Finds the file in the folders where data may lie, or throws an error that lists them and says what to do. */
async function find(pin: Pin, options: LetterOptions): Promise<string> {
  const set = { name: 'notmnist-h5', folders: ['notmnist-h5', 'notmnist'] }
  const places = ['data.h5', 'data.zip'].flatMap((name) => placesOf(set, name, options))
  const found = await firstOfSize(places, pin.bytes)
  if (found) return found
  throw new Error(
    [
      'Cannot find `data.h5` or `data.zip` of `notmnist-h5`:',
      ...(isDataGiven(options) ? [] : ['  WEFT_DATA is not set']),
      ...places.map((place) => `  no file ${place}`),
      `Put it (unpacked ${pin.bytes} bytes, SHA-256 ${pin.sha256}) into a folder \`notmnist-h5\`, and set WEFT_DATA to` +
        ' the folder that holds it; or build with the profile `quick`, which needs no files.',
    ].join('\n'),
  )
}
