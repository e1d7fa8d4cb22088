import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { LoadOptions } from './dataset.ts'
import { cacheFolder } from './folders.ts'
import { longBytes, tenths } from './progress.ts'

/** A published file that never changes. */
export interface PinnedFile {
  readonly name: string
  readonly bytes: number
  /** SHA-256 of the file as published, in hex. */
  readonly sha256: string
}

/**
 * Reads a pinned file whole. It checks the digest once for each path, size and time of change, and remembers a match
 * in `verified.json` in the cache folder, if that can be written.
 * @throws if size or digest are not the pinned ones; the message names the path and both values
 */
export async function readPinned(
  path: string,
  file: PinnedFile,
  options: LoadOptions = {},
): Promise<Uint8Array> {
  const [bytes, status] = await Promise.all([readFile(path), stat(path)])
  const memory = join(cacheFolder(options), 'verified.json')
  const mark = markOf(file, status)
  if (bytes.byteLength === file.bytes && (await recall(memory))[path] === mark) return bytes
  checkPinned(bytes, file, path)
  await remember(memory, path, mark)
  return bytes
}

/**
 * Checks a pinned file that is too large to read whole, piece by piece; remembers a match as `readPinned` does.
 * @param options.remedy what errors tell the reader to do
 * @throws if size or digest are not the pinned ones; the message names the path and both values
 */
export async function verifyPinned(
  path: string,
  file: PinnedFile,
  options: LoadOptions & { readonly remedy?: string } = {},
): Promise<void> {
  const { remedy = putItThere } = options
  const status = await stat(path)
  const wanted = `expected ${file.bytes} bytes with the SHA-256 ${file.sha256}`
  if (status.size !== file.bytes) {
    throw new Error(`Cannot use \`${path}\`, ${wanted}, found ${status.size} bytes: ${remedy}`)
  }
  const memory = join(cacheFolder(options), 'verified.json')
  const mark = markOf(file, status)
  if ((await recall(memory))[path] === mark) return
  const found = await digestFile(path, options)
  if (found !== file.sha256) {
    throw new Error(`Cannot use \`${path}\`, ${wanted}, found the SHA-256 ${found}: ${remedy}`)
  }
  await remember(memory, path, mark)
}

/** Says whether an earlier reading of a file, as it is on the disk now, found the pinned digest. */
export async function wasVerified(
  path: string,
  file: PinnedFile,
  options: LoadOptions = {},
): Promise<boolean> {
  const marks = await recall(join(cacheFolder(options), 'verified.json'))
  return marks[path] === markOf(file, await stat(path))
}

/** Gives a text that changes whenever a file on the disk may have changed. */
function markOf(file: PinnedFile, { size, mtimeMs }: Stats): string {
  return `${file.sha256} ${size} ${mtimeMs}`
}

const putItThere = 'remove it or put the published one there'

/**
 * Checks the size and the digest of a file's bytes.
 * @param origin the path or address that errors name
 */
export function checkPinned(bytes: Uint8Array, file: PinnedFile, origin: string): void {
  const remedy = putItThere
  if (bytes.byteLength !== file.bytes) {
    const wrong = bytes.byteLength < file.bytes ? 'truncated' : 'another file'
    throw new Error(
      `Cannot use \`${origin}\`, expected ${file.bytes} bytes, found ${bytes.byteLength}${looksLike(bytes)}: ${wrong}, ${remedy}`,
    )
  }
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found === file.sha256) return
  throw new Error(
    `Cannot use \`${origin}\`, expected the SHA-256 ${file.sha256}, found ${found}${looksLike(bytes)}: ${remedy}`,
  )
}

/** Says what bytes look like, for a message. */
function looksLike(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return ''
  return bytes[0] === 0x3c ? ' (a web page?)' : ' (not a gzip file)'
}

/** Reads which files were found right before. */
async function recall(memory: string): Promise<Record<string, string>> {
  try {
    const marks: unknown = JSON.parse(await readFile(memory, 'utf8'))
    return typeof marks === 'object' && marks !== null ? (marks as Record<string, string>) : {}
  } catch {
    return {}
  }
}

/** Writes down that a file was found right. */
async function remember(memory: string, path: string, mark: string): Promise<void> {
  try {
    await mkdir(dirname(memory), { recursive: true })
    const marks = { ...(await recall(memory)), [path]: mark }
    const temporary = `${memory}.${process.pid}.${performance.now()}`
    await writeFile(temporary, `${JSON.stringify(marks, null, 2)}\n`)
    await rename(temporary, memory)
  } catch {
    // If this cannot be stored, the digest is computed again next time, which takes seconds for a gigabyte.
  }
}

/** Computes the SHA-256 of a file in hex, piece by piece; tells of its progress where it is long. */
export async function digestFile(path: string, { signal, report }: LoadOptions = {}): Promise<string> {
  const { size } = await stat(path)
  const whole = { name: basename(path), total: size, unit: 'bytes checked' }
  const tell = report && size > longBytes ? tenths(report, whole) : undefined
  const hash = createHash('sha256')
  let done = 0
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    hash.update(piece as Buffer)
    done += (piece as Buffer).byteLength
    tell?.(done)
  }
  return hash.digest('hex')
}
