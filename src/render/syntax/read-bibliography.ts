import { join, relative } from 'node:path'
import type { Point } from 'unist'
import { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { fail, failOr, UntrustedInputError, warn } from '../model/messages.ts'
import { orList, suggestion } from '../model/nearest.ts'
import type { Reader, Report } from '../model/types.ts'
import { placeOfMember } from './front-matter.ts'
import { type BibEntry, parseBibtex } from './parse-bibtex.ts'

/** The entries of a report's bibliography that can be cited. */
export interface Bibliography {
  readonly file: VFile
  readonly entries: readonly BibEntry[]
  /** The `@string{...}` blocks of the file. */
  readonly strings: readonly string[]
  /** Gives the place of an offset in the file. */
  pointAt(offset: number): Point
}

// The required fields of each type; one of the names in each list is enough.
const required: { readonly [type: string]: readonly (readonly string[])[] } = {
  article: [['author'], ['title'], ['journal', 'journaltitle'], ['year', 'date']],
  book: [['author', 'editor'], ['title'], ['publisher'], ['year', 'date']],
  booklet: [['title']],
  inbook: [['author', 'editor'], ['title'], ['publisher'], ['year', 'date']],
  incollection: [['author'], ['title'], ['booktitle'], ['publisher'], ['year', 'date']],
  inproceedings: [['author'], ['title'], ['booktitle'], ['year', 'date']],
  conference: [['author'], ['title'], ['booktitle'], ['year', 'date']],
  manual: [['title']],
  mastersthesis: [['author'], ['title'], ['school', 'institution'], ['year', 'date']],
  phdthesis: [['author'], ['title'], ['school', 'institution'], ['year', 'date']],
  thesis: [['author'], ['title'], ['school', 'institution'], ['year', 'date']],
  misc: [['title']],
  proceedings: [['title'], ['year', 'date']],
  collection: [['editor'], ['title'], ['year', 'date']],
  techreport: [['author'], ['title'], ['institution'], ['year', 'date']],
  report: [['author'], ['title'], ['institution'], ['year', 'date']],
  unpublished: [['author'], ['title']],
  online: [['title'], ['url']],
  electronic: [['title'], ['url']],
  software: [['title']],
  dataset: [['title']],
}

/**
 * Reads the BibTeX file that the front matter names; returns undefined if it names none or the file cannot be read.
 * Reports `bibliography-reads` on report.md for a missing file, and on the file itself for errors in it.
 */
export function readBibliography({ folder, front, root, files, reader }: Report): Bibliography | undefined {
  if (front.bibliography === undefined) return undefined
  const path = join(folder, front.bibliography)
  const file = new VFile({ cwd: root, path: relative(root, path) })
  const text = readText(front.bibliography, reader)
  if (text instanceof Error) {
    const reason = `Cannot read the bibliography \`${front.bibliography}\`, ${text.message}`
    failOr('bibliography-reads', files[0]!, reason, placeOfMember(files[0]!, ['bibliography']), text)
    return undefined
  }
  file.value = text
  const pointAt = pointsOf(text)
  const { entries, strings, problems } = parseBibtex(text)
  const place = placeOfMember(files[0]!, ['bibliography'])
  try {
    reader.checkStrings(strings)
  } catch (cause) {
    failOr('bibliography-reads', files[0]!, (cause as Error).message, place, cause)
    return undefined
  }
  for (const { reason, offset } of problems) fail(file, 'bibliography-reads', reason, pointAt(offset))
  return { file, entries: citable(entries, file, pointAt), strings, pointAt }
}

function readText(name: string, reader: Reader): string | Error {
  try {
    const bytes = reader.read(name, limits.textBytes)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch (cause) {
    if (cause instanceof UntrustedInputError) return cause
    const { code, message } = cause as NodeJS.ErrnoException
    const found =
      code === 'ENOENT'
        ? 'none'
        : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
          ? 'bytes that are not UTF-8'
          : message
    return new Error(`expected a BibTeX file, found ${found}`, { cause })
  }
}

// BibTeX and the ids of the page ignore case in keys.
function citable(entries: readonly BibEntry[], file: VFile, pointAt: Bibliography['pointAt']): BibEntry[] {
  const first = new Map<string, BibEntry>()
  for (const entry of entries) {
    const earlier = first.get(entry.key.toLowerCase())
    if (earlier) {
      const reason = `Unexpected second entry \`${entry.key}\`, expected one: the first is at line ${pointAt(earlier.offset).line}`
      fail(file, 'bibliography-reads', reason, pointAt(entry.offset))
      continue
    }
    first.set(entry.key.toLowerCase(), entry)
    reportAbsent(entry, file, pointAt(entry.offset))
  }
  return [...first.values()]
}

function reportAbsent({ key, type, fields }: BibEntry, file: VFile, place: Point): void {
  const names = required[type]
  if (!names) {
    const types = Object.keys(required)
    const reason = `Unknown type \`@${type}\` of \`${key}\`, expected one such as @article or @misc${suggestion(type, types)}`
    warn(file, 'bibliography-reads', reason, place)
    return
  }
  const absent = names.filter((some) => !some.some((name) => (fields.get(name) ?? '').trim() !== ''))
  if (absent.length === 0) return
  const wanted = absent.map(orList).join(', ')
  warn(file, 'bibliography-reads', `Cannot find ${wanted} in \`${key}\`, expected in @${type}`, place)
}

function pointsOf(text: string): (offset: number) => Point {
  return (offset) => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1, offset }
  }
}
