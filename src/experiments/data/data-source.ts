import { fashionMnist, files as garmentFiles } from './fashion-mnist.ts'
import type { Pin } from './letters.ts'
import { notmnistH5 } from './notmnist-h5.ts'
import { notmnistLargeSample, files as sampleFiles } from './notmnist-large-sample.ts'
import { files as letterFiles, notmnistSmall } from './notmnist-small.ts'
import { splits, standInGarments } from './stand-in-garments.ts'
import { file, standInLetters } from './stand-in-letters.ts'

/** Origin of a data set and digests of its files: what a report states besides its own counts. */
interface DataSource {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly licence: string
  /** The files with their SHA-256; `bytes` is given for real files but not for drawn data. */
  readonly files: readonly { readonly name: string; readonly bytes?: number; readonly sha256: string }[]
}

/**
 * Gives the source of a data set by name, without reading it. For an unknown name it throws an error that lists the
 * known ones.
 *
 * @param pin of the file that a report was computed from, for `notmnist-h5`
 */
export function dataSource(name: string, pin?: Pin | null): DataSource {
  const sources = [
    sourceOf(fashionMnist, Object.values(garmentFiles).flatMap(Object.values)),
    sourceOf(standInGarments, drawnGarments()),
    sourceOf(notmnistSmall, Object.values(letterFiles)),
    sourceOf(notmnistLargeSample, Object.values(sampleFiles)),
    sourceOf(notmnistH5, pin ? [{ name: pin.file, bytes: pin.bytes, sha256: pin.sha256 }] : []),
    sourceOf(standInLetters, [file]),
  ]
  const found = sources.find((source) => source.name === name)
  if (found) return found
  const known = sources.map((source) => `\`${source.name}\``).join(' or ')
  throw new Error(`Unexpected data set \`${name}\`, expected ${known}`)
}

/** Gives what a report says of a data set: where it is from, and its files with their digests. */
function sourceOf(set: Omit<DataSource, 'files'>, files: DataSource['files']): DataSource {
  const { name, title, source, licence } = set
  return {
    name,
    title,
    source,
    licence,
    files: files.map(({ name, bytes, sha256 }) => ({
      name,
      ...(bytes === undefined ? {} : { bytes }),
      sha256,
    })),
  }
}

// Drawn garments have no files, so these are the digests of their pixels.
function drawnGarments(): DataSource['files'] {
  return Object.entries(splits).map(([split, { sha256 }]) => ({ name: `pixels of ${split}`, sha256 }))
}
