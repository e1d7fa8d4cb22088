import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { VFile } from 'vfile'
import { fail, Unreadable } from '../messages.ts'
import type { FrontMatter, Report } from '../types.ts'
import { frontMatterBlock, placeOfChapter, readFrontMatter } from './front-matter.ts'

/**
 * Reads a report: its front matter and the bytes of every chapter that it names.
 * Throws `Unreadable`, with messages on its files, where a file or the front matter cannot be read.
 *
 * @param path Of report.md.
 * @param wanted Which profile; without it `full`, or the first one where there is no `full`.
 */
export function readReport(path: string, wanted: string | undefined): Report {
  const absolute = resolve(path)
  const folder = dirname(absolute)
  const root = projectRoot(folder)
  const main = readMain(root, absolute)
  if (hasFailed(main)) throw new Unreadable([main])
  const front = readFrontMatter(main)
  if (!front) throw new Unreadable([main])
  const names = Object.keys(front.params)
  const profile = wanted ?? (names.includes('full') ? 'full' : (names[0] ?? 'full'))
  const params = chooseParams(front, profile, main)
  const files = [main, ...front.chapters.map((_, index) => readNamed(root, folder, index, front, main))]
  if (files.some(hasFailed)) throw new Unreadable(files)
  return { root, folder, profile, front, params, files }
}

/** Finds the project of a folder: the nearest one upwards with a package.json, else the folder itself. */
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

function readNamed(root: string, folder: string, index: number, front: FrontMatter, main: VFile): VFile {
  const chapter = front.chapters[index]!
  const absolute = resolve(folder, chapter)
  const refuse = (reason: string) => {
    fail(main, 'chapter-exists', reason, placeOfChapter(main, index))
    return new VFile({ cwd: root, path: relative(root, absolute) })
  }
  if (relative(folder, absolute).split(sep)[0] === '..')
    return refuse(`Unexpected chapter \`${chapter}\`, expected one in the report's own folder`)
  const before = [
    resolve(root, main.path),
    ...front.chapters.slice(0, index).map((one) => resolve(folder, one)),
  ]
  if (before.includes(absolute)) return refuse(`Unexpected chapter \`${chapter}\`, expected it once`)
  const bytes = readBytes(absolute)
  if (typeof bytes === 'string') return refuse(`Cannot read the chapter \`${chapter}\`, ${bytes}`)
  const file = toFile(root, absolute, bytes)
  const block = frontMatterBlock(String(file))
  if (block && block.source.trim() !== '')
    fail(file, 'front-matter-holds', 'Unexpected front matter in a chapter, expected it in report.md alone', {
      line: 1,
      column: 1,
    })
  return file
}

function readMain(root: string, absolute: string): VFile {
  const bytes = readBytes(absolute)
  if (typeof bytes !== 'string') return toFile(root, absolute, bytes)
  const file = new VFile({ cwd: root, path: relative(root, absolute) })
  fail(file, 'chapter-exists', `Cannot read ${absolute}, ${bytes}`)
  return file
}

// The bytes of a file, or why there are none.
function readBytes(absolute: string): Buffer | string {
  try {
    return readFileSync(absolute)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    return `expected a Markdown file, found ${code === 'ENOENT' ? 'none' : message}`
  }
}

function toFile(root: string, absolute: string, bytes: Buffer): VFile {
  const file = new VFile({ cwd: root, path: relative(root, absolute) })
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
  // Line ends are made one character: lines and columns stay, and so does what a cell's key rests on.
  file.value = text.replace(/\r\n?/g, '\n')
  return file
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // Also takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function firstBadByte(bytes: Uint8Array): { line: number; column: number; byte: number } {
  let good = 0
  let bad = bytes.length
  // The longest prefix that is UTF-8, when its last character may be cut off.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isPrefix(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  // The fault is that character's first byte.
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
