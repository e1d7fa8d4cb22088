import { fashionMnist, files as garmentFiles } from './fashion-mnist.ts'
import type { Pin } from './letters.ts'
import { notmnistH5 } from './notmnist-h5.ts'
import { files as letterFiles, notmnistSmall } from './notmnist-small.ts'
import { splits, standInGarments } from './stand-in-garments.ts'
import { file, standInLetters } from './stand-in-letters.ts'

/** Where a data set is from, and by what a copy of it is known; what a report says of it beside its own counts. */
interface DataSource {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly licence: string
  /** With the SHA-256 that each must have; `bytes` where it is a file and not drawn. */
  readonly files: readonly { readonly name: string; readonly bytes?: number; readonly sha256: string }[]
}

/**
 * Gives the source of a data set by its name, without reading it; an unknown name is an error that lists the known ones.
 *
 * @param pin of the file that a report was computed from, for `notmnist-h5`
 */
export function dataSource(name: string, pin?: Pin): DataSource {
  const sources = [
    sourceOf(fashionMnist, Object.values(garmentFiles).flatMap(Object.values)),
    sourceOf(standInGarments, drawnGarments()),
    sourceOf(notmnistSmall, Object.values(letterFiles)),
    sourceOf(notmnistH5, pin ? [{ name: pin.file, bytes: pin.bytes, sha256: pin.sha256 }] : []),
    sourceOf(standInLetters, [file]),
  ]
  const found = sources.find((source) => source.name === name)
  if (found) return found
  const known = sources.map((source) => `\`${source.name}\``).join(' or ')
  throw new Error(`Unexpected data set \`${name}\`, expected ${known}`)
}

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

// They have no file: the digests are those of the pixels.
function drawnGarments(): DataSource['files'] {
  return Object.entries(splits).map(([split, { sha256 }]) => ({ name: `pixels of ${split}`, sha256 }))
}
