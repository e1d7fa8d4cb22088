import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { VFile } from 'vfile'
import { fail, Unreadable } from '../messages.ts'
import type { FrontMatter, Report } from '../types.ts'
import { frontMatterBlock, readFrontMatter } from './front-matter.ts'

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
  const main = readChapter(root, absolute)
  if (hasFailed(main)) throw new Unreadable([main])
  const front = readFrontMatter(main)
  if (!front) throw new Unreadable([main])
  const names = Object.keys(front.params)
  const profile = wanted ?? (names.includes('full') ? 'full' : (names[0] ?? 'full'))
  const params = chooseParams(front, profile, main)
  const files = [main, ...front.chapters.map((chapter) => readNamed(root, folder, chapter, main))]
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

function readNamed(root: string, folder: string, chapter: string, main: VFile): VFile {
  const absolute = resolve(folder, chapter)
  const outside = relative(folder, absolute).split(sep)[0] === '..'
  const file = outside
    ? new VFile({ cwd: root, path: relative(root, absolute) })
    : readChapter(root, absolute)
  const place = placeOf(main, chapter)
  if (outside) {
    fail(
      main,
      'chapter-exists',
      `Unexpected chapter \`${chapter}\`, expected one in the report's own folder`,
      place,
    )
  } else if (file.data.missing) {
    fail(
      main,
      'chapter-exists',
      `Cannot read the chapter \`${chapter}\`, expected a file at ${file.path}, found none`,
      place,
    )
  } else {
    const block = frontMatterBlock(String(file))
    if (block && block.source.trim() !== '') {
      fail(
        file,
        'front-matter-holds',
        'Unexpected front matter in a chapter, expected it in report.md alone',
        { line: 1, column: 1 },
      )
    }
  }
  return file
}

function readChapter(root: string, absolute: string): VFile {
  const file = new VFile({ cwd: root, path: relative(root, absolute) })
  let bytes: Buffer
  try {
    bytes = readFileSync(absolute)
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    file.data.missing = true
    fail(
      file,
      'chapter-exists',
      missing
        ? `Cannot find ${absolute}, expected a Markdown file`
        : `Cannot read ${absolute}: ${(cause as Error).message}`,
    )
    return file
  }
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
  const before = Buffer.from(bytes.subarray(0, good)).toString('utf8').split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1, byte: bytes[good] ?? 0 }
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function placeOf(main: VFile, chapter: string): { line: number; column: number } {
  const lines = String(main).split('\n')
  const line = lines.findIndex((text) => text.includes(chapter))
  return line < 0 ? { line: 1, column: 1 } : { line: line + 1, column: lines[line]!.indexOf(chapter) + 1 }
}

function hasFailed(file: VFile): boolean {
  return file.messages.some((message) => message.fatal === true)
}
