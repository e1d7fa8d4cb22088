import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { VFile } from 'vfile'
import { fail, failOr, Unreadable, UntrustedInputError, warn } from '../model/messages.ts'
import { orList } from '../model/nearest.ts'
import { fileInsideSuggestion } from '../model/nearest-file.ts'
import { pathFrom } from '../model/paths.ts'
import type { FrontMatter, Reader, Report } from '../model/types.ts'
import { hasWords, languages } from '../model/words.ts'
import {
  abstractFile,
  placeOfChapter,
  placeOfMember,
  readChapterFront,
  readFrontMatter,
} from './front-matter.ts'
import { OutsideFolder, openReader } from './open-reader.ts'

/**
 * Reads a report: its front matter and the bytes of every chapter that it names. Throws `Unreadable`, with messages
 * on its files, if a file or the front matter cannot be read.
 *
 * @param path Path of report.md.
 * @param wanted Name of the profile; by default `full`, or the first one if there is no `full`.
 * @param given Reads its files; the default reads any file.
 */
export function readReport(path: string, wanted: string | undefined, given?: Reader): Report {
  const absolute = resolve(path)
  const folder = dirname(absolute)
  const root = projectRoot(folder)
  const reader = given ?? openReader(folder, root)
  const main = readMain(root, absolute, reader)
  if (hasFailed(main)) throw new Unreadable([main])
  const front = readFrontMatter(main)
  if (!front) throw new Unreadable([main])
  const names = Object.keys(front.params)
  const profile = wanted ?? (names.includes('full') ? 'full' : (names[0] ?? 'full'))
  const params = chooseParams(front, profile, main)
  const naming = { root, folder, front, main, reader }
  const files = [
    main,
    ...readAbstract(naming),
    ...front.chapters.map((_, index) => readChapter(index, naming)),
  ]
  if (files.some(hasFailed)) throw new Unreadable(files)
  for (const file of files) file.data.lang ??= front.lang
  warnOfLanguage(front, main)
  return { root, folder, profile, front, params, files, reader }
}

// Whoever reads the page would find English words in it.
function warnOfLanguage({ lang }: FrontMatter, main: VFile): void {
  if (hasWords(lang)) return
  const reason = `Cannot find the page's own words in \`${lang}\`, expected ${orList(languages)}: they are English, as in \`Figure 1\``
  warn(main, 'front-matter-holds', reason, placeOfMember(main, ['lang']))
}

/** Finds the project of a folder: the nearest parent folder with a package.json, else the folder itself. */
export function projectRoot(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, 'package.json'))) return current
    if (dirname(current) === current) return folder
  }
}

function chooseParams(front: FrontMatter, profile: string, main: VFile): Report['params'] {
  const params = Object.hasOwn(front.params, profile) ? front.params[profile] : undefined
  const names = Object.keys(front.params)
  if (params) return params
  if (names.length === 0 && profile === 'full') return {}
  const known =
    names.length > 0 ? `one of ${names.join(', ')}` : '`full`, since the front matter has no params'
  fail(main, 'front-matter-holds', `Unexpected profile \`${profile}\`, expected ${known}`, {
    line: 1,
    column: 1,
  })
  throw new Unreadable([main])
}

interface Naming extends Pick<Report, 'root' | 'folder' | 'front' | 'reader'> {
  readonly main: VFile
}

function readChapter(index: number, naming: Naming): VFile {
  const { root, folder, front, main } = naming
  const chapter = front.chapters[index]!
  const absolute = resolve(folder, chapter)
  const others = front.chapters.slice(0, index).map((one) => resolve(folder, one))
  if (![resolve(root, main.path), ...others].includes(absolute))
    return readNamed(chapter, 'chapter', ['chapters', index], naming)
  fail(
    main,
    'chapter-exists',
    `Unexpected chapter \`${chapter}\`, expected it once`,
    placeOfChapter(main, index),
  )
  return new VFile({ cwd: root, path: pathFrom(root, absolute) || '.' })
}

function readAbstract(naming: Naming): VFile[] {
  const name = abstractFile(naming.front)
  if (name === undefined) return []
  const file = readNamed(name, 'abstract', ['abstract'], naming)
  file.data.isAbstract = true
  return [file]
}

function readNamed(
  name: string,
  what: 'chapter' | 'abstract',
  member: readonly PropertyKey[],
  naming: Naming,
): VFile {
  const { root, folder, front, main, reader } = naming
  const absolute = resolve(folder, name)
  const refuse = (reason: string, cause?: unknown) => {
    failOr('chapter-exists', main, reason, placeOfMember(main, member), cause)
    return new VFile({ cwd: root, path: pathFrom(root, absolute) || '.' })
  }
  const near = () => fileInsideSuggestion(name, folder, [main.basename!, ...front.chapters])
  const bytes = readBytes(name, reader)
  if (bytes instanceof OutsideFolder)
    return refuse(`Unexpected ${what} \`${name}\`, expected one in the report's own folder`)
  if (bytes instanceof Error)
    return refuse(`Cannot read the ${what} \`${name}\`, ${unreadableReason(bytes, near())}`, bytes)
  const file = toFile(root, absolute, bytes)
  const { lang } = readChapterFront(file)
  if (lang !== undefined) file.data.lang = lang
  return file
}

function readMain(root: string, absolute: string, reader: Reader): VFile {
  const bytes = readBytes(basename(absolute), reader)
  if (!(bytes instanceof Error)) return toFile(root, absolute, bytes)
  const file = new VFile({ cwd: root, path: pathFrom(root, absolute) })
  failOr('chapter-exists', file, `Cannot read ${absolute}, ${unreadableReason(bytes)}`, undefined, bytes)
  return file
}

// The bytes of a file, or the error that prevented reading it.
function readBytes(name: string, reader: Reader): Uint8Array | Error {
  try {
    return reader.readChapter(name)
  } catch (cause) {
    return cause as Error
  }
}

function unreadableReason(error: NodeJS.ErrnoException, near = ''): string {
  if (error instanceof UntrustedInputError) return error.message
  return `expected a Markdown file, found ${error.code === 'ENOENT' ? `none${near}` : error.message}`
}

function toFile(root: string, absolute: string, bytes: Uint8Array): VFile {
  const file = new VFile({ cwd: root, path: pathFrom(root, absolute) })
  const text = decode(bytes)
  if (text === undefined) {
    const { line, column, byte } = firstBadByte(bytes)
    fail(
      file,
      'chapter-exists',
      `Unexpected byte 0x${byte.toString(16)}, expected UTF-8: save the file with that encoding`,
      { line, column },
    )
    return file
  }
  // Line ends become one character: lines and columns stay the same, and keys of cells do not depend on line ends.
  file.value = text.replace(/\r\n?/g, '\n')
  return file
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // This also removes a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function firstBadByte(bytes: Uint8Array): { line: number; column: number; byte: number } {
  let good = 0
  let bad = bytes.length
  // Find the longest prefix that is UTF-8, ignoring an incomplete last character.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isPrefix(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  // The fault is at the first byte of that character.
  while (decode(bytes.subarray(0, good)) === undefined) good--
  const before = decode(bytes.subarray(0, good))!.split(/\r\n?|\n/)
  return { line: before.length, column: before.at(-1)!.length + 1, byte: bytes[good]! }
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function hasFailed(file: VFile): boolean {
  return file.messages.some((message) => message.fatal === true)
}
