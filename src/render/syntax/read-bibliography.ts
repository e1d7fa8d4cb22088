import { join } from 'node:path'
import type { Point } from 'unist'
import { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { fail, failOr, UntrustedInputError, warn } from '../model/messages.ts'
import { orList, suggestion } from '../model/nearest.ts'
import { fileInsideSuggestion } from '../model/nearest-file.ts'
import { pathFrom } from '../model/paths.ts'
import type { Report } from '../model/types.ts'
import { placeOfMember } from './front-matter.ts'
import { type BibFile, type Entry, inheritFields } from './inherit-fields.ts'
import { type BibEntry, parseBibtex } from './parse-bibtex.ts'

/** The entries of a report's bibliography that can be cited. */
export interface Bibliography {
  readonly files: readonly VFile[]
  readonly entries: readonly Entry[]
}

// The required fields of each type; one of the names in each list is enough.
const required = new Map<string, readonly (readonly string[])[]>(
  Object.entries({
    article: ['author', 'title', 'journal journaltitle', 'year date'],
    book: ['author editor', 'title', 'publisher', 'year date'],
    inbook: ['author editor', 'title', 'publisher', 'year date'],
    incollection: ['author', 'title', 'booktitle', 'publisher', 'year date'],
    inproceedings: ['author', 'title', 'booktitle', 'year date'],
    conference: ['author', 'title', 'booktitle', 'year date'],
    mastersthesis: ['author', 'title', 'school institution', 'year date'],
    phdthesis: ['author', 'title', 'school institution', 'year date'],
    thesis: ['author', 'title', 'school institution', 'year date'],
    proceedings: ['title', 'year date'],
    collection: ['editor', 'title', 'year date'],
    techreport: ['author', 'title', 'institution', 'year date'],
    report: ['author', 'title', 'institution', 'year date'],
    unpublished: ['author', 'title'],
    online: ['title', 'url doi eprint'],
    electronic: ['title', 'url doi eprint'],
    www: ['title', 'url doi eprint'],
    ...titled(
      'artwork audio bookinbook booklet dataset image inreference jurisdiction legal legislation letter manual misc',
      'movie music mvbook mvcollection mvproceedings mvreference patent performance periodical reference review',
      'software standard suppbook suppcollection suppperiodical video',
    ),
  }).map(([type, fields]) => [type, fields.map((names) => names.split(' '))]),
)

function titled(...types: readonly string[]): { [type: string]: string[] } {
  return Object.fromEntries(
    types
      .join(' ')
      .split(' ')
      .map((type) => [type, ['title']]),
  )
}

/**
 * Reads the BibTeX files that the front matter names; returns undefined if it names none or one cannot be read.
 * Reports `bibliography-reads` on report.md for a missing file, and on the files themselves for errors in them.
 */
export function readBibliography(report: Report): Bibliography | undefined {
  const names = report.front.bibliography ?? []
  if (names.length === 0) return undefined
  const read: BibPart[] = []
  const macros = new Map<string, string>()
  for (const [index, name] of names.entries()) {
    const place = placeOfMember(report.files[0]!, ['bibliography', index])
    if (names.slice(0, index).some((other) => join(other) === join(name))) {
      const reason = `Unexpected second \`${name}\`, expected each bibliography once`
      fail(report.files[0]!, 'bibliography-reads', reason, place)
      continue
    }
    const part = readFile(name, { place, report, macros })
    if (!part) return undefined
    read.push(part)
  }
  const entries = inheritFields(withoutRepeated(read.flatMap((part) => part.entries)))
  for (const entry of entries) reportAbsent(entry)
  return { files: read.map(({ of }) => of.file), entries }
}

interface BibPart {
  readonly of: BibFile
  readonly entries: readonly Entry[]
}

interface PartOptions {
  readonly report: Report
  /** Where the front matter names the file. */
  readonly place: Point
  /** The strings of the files before it; gets its own. */
  readonly macros: Map<string, string>
}

function readFile(name: string, { report, place, macros }: PartOptions): BibPart | undefined {
  const { folder, root, files, reader } = report
  const path = join(folder, name)
  const main = files[0]!
  const text = readText(name, report)
  if (text instanceof Error) {
    const reason = `Cannot read the bibliography \`${name}\`, ${text.message}`
    failOr('bibliography-reads', main, reason, place, text)
    return undefined
  }
  const file = new VFile({ cwd: root, path: pathFrom(root, path), value: text })
  const { entries, strings, problems } = parseBibtex(text, macros)
  try {
    reader.checkStrings(strings)
  } catch (cause) {
    failOr('bibliography-reads', main, (cause as Error).message, place, cause)
    return undefined
  }
  const of = { file, pointAt: pointsOf(text) }
  for (const { reason, offset, isWarning } of problems)
    (isWarning ? warn : fail)(file, 'bibliography-reads', reason, of.pointAt(offset))
  return { of, entries: entries.map((entry) => ofFile(entry, of)) }
}

function ofFile(entry: BibEntry, of: BibFile): Entry {
  return {
    ...entry,
    of,
    parents: [],
    fields: new Map([...entry.fields].map(([name, field]) => [name, { ...field, of }])),
  }
}

function readText(name: string, { folder, reader }: Report): string | Error {
  try {
    const bytes = reader.read(name, limits.textBytes)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch (cause) {
    if (cause instanceof UntrustedInputError) return cause
    const { code, message } = cause as NodeJS.ErrnoException
    const found =
      code === 'ENOENT'
        ? `none${fileInsideSuggestion(name, folder)}`
        : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
          ? 'bytes that are not UTF-8'
          : message
    return new Error(`expected a BibTeX file, found ${found}`, { cause })
  }
}

// BibTeX and the ids of the page ignore case in keys.
function withoutRepeated(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>()
  for (const entry of entries) {
    const earlier = first.get(entry.key.toLowerCase())
    if (!earlier) {
      first.set(entry.key.toLowerCase(), entry)
      continue
    }
    const { file, pointAt } = earlier.of
    const where = file === entry.of.file ? '' : ` of \`${file.path}\``
    const reason = `Unexpected second entry \`${entry.key}\`, expected one: the first is at line ${pointAt(earlier.offset).line}${where}`
    fail(entry.of.file, 'bibliography-reads', reason, entry.of.pointAt(entry.offset))
  }
  return [...first.values()]
}

function reportAbsent({ key, type, fields, of, offset }: Entry): void {
  const names = required.get(type)
  if (!names) {
    const reason = `Unknown type \`@${type}\` of \`${key}\`, expected one such as @article or @misc${suggestion(type, [...required.keys()])}`
    warn(of.file, 'bibliography-reads', reason, of.pointAt(offset))
    return
  }
  const absent = names.filter((some) => !some.some((name) => (fields.get(name)?.value ?? '').trim() !== ''))
  if (absent.length === 0) return
  const wanted = absent.map(orList).join(', ')
  const reason = `Cannot find ${wanted} in \`${key}\`, expected in @${type}`
  warn(of.file, 'bibliography-reads', reason, of.pointAt(offset))
}

function pointsOf(text: string): BibFile['pointAt'] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - starts[low]! + 1, offset }
  }
}
