import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { LoadOptions } from './dataset.ts'
import { exclusively, isDead } from './exclusively.ts'
import { cacheFolder } from './folders.ts'
import { H5Error, unusable } from './hdf5/h5-error.ts'
import { openHandle } from './hdf5/h5-file.ts'
import type { Member } from './hdf5/zip-member.ts'
import { withMember } from './hdf5/zip-member.ts'
import { reportToStderr } from './progress.ts'

interface UnzipOptions extends LoadOptions {
  /** Maximal number of bytes that a member may unpack to; 8 GB by default. */
  readonly limitBytes?: number
}

const defaultLimitBytes = 8e9
const writeBytes = 2 ** 20

/**
 * Gives the path of the HDF5 file for `path`: the file itself, or, if it is a zip archive (by its first bytes, not its
 * name), its only `.h5` or `.hdf5` file, which is unpacked into the cache folder. There it has its own name for each
 * size and CRC-32, is complete or absent, and stays until it has not been used for a week.
 * @throws H5Error `is-there`, `is-file`, `is-readable`, `zip-is-whole`, `zip-has-one`, `zip-is-open`,
 * `zip-is-packed-well`, `zip-stays-inside`, `zip-is-bounded`
 */
export async function localH5(path: string, options: UnzipOptions = {}): Promise<string> {
  if (!(await isZip(path))) return path
  return withMember(path, async (member) => {
    const target = join(cacheFolder(options), 'notmnist-h5', nameFor(member), 'data.h5')
    if (!(await isThere(target, member))) await unpackOnce(member, path, target, options)
    await noteUse(dirname(target))
    return target
  })
}

/** Gives the size of the HDF5 file for `path`, without unpacking an archive. */
export async function sizeOfH5(path: string): Promise<number> {
  if (!(await isZip(path))) return (await stat(path)).size
  return withMember(path, async ({ bytes }) => bytes)
}

/** Says by its first bytes whether a file is a zip. */
async function isZip(path: string): Promise<boolean> {
  const handle = await openHandle(path, path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && ['PK\x03\x04', 'PK\x05\x06'].includes(buffer.toString('latin1'))
  } finally {
    await handle.close()
  }
}

/** Gives a name that depends on the content alone, so that a moved or touched archive has the same. */
function nameFor({ bytes, crc }: Member): string {
  return createHash('sha256')
    .update(JSON.stringify([bytes, crc]))
    .digest('hex')
    .slice(0, 16)
}

/** Says whether a member is unpacked already, by its size. */
async function isThere(path: string, { bytes }: Member): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes
  } catch {
    return false
  }
}

/** Unpacks a member under a temporary name, and renames it when it is whole. */
async function unpackOnce(
  member: Member,
  path: string,
  target: string,
  options: UnzipOptions,
): Promise<void> {
  const { report = reportToStderr, signal } = options
  await mkdir(dirname(target), { recursive: true })
  await exclusively(`${target}.lock`, { report, signal }, async (refresh) => {
    if (await isThere(target, member)) return
    await removeParts(target)
    await unpack(member, path, target, { ...options, report, refresh })
  })
  await removeUnused(target)
}

interface Unpacking extends UnzipOptions {
  readonly report: (line: string) => void
  readonly refresh: () => void
}

/** Unpacks to a part file of this process, and renames it if size and CRC-32 are right. */
async function unpack(member: Member, path: string, target: string, options: Unpacking): Promise<void> {
  const part = partOf(target)
  try {
    const handle = await open(part, 'w')
    try {
      await write(member, path, handle, options)
    } finally {
      await handle.close()
    }
    await rename(part, target)
  } catch (cause) {
    await rm(part, { force: true })
    options.signal?.throwIfAborted()
    if (cause instanceof H5Error) throw cause
    const { message } = cause as Error
    if (!isDamage(cause)) throw new Error(`Cannot unpack \`${path}\` to \`${target}\`, ${message}`, { cause })
    const found = `damage: ${message}`
    throw unusable(path, 'zip-is-whole', { expected: `a whole \`${member.name}\` in it`, found, cause })
  }
}

/** Returns whether the archive is the cause; a full disk, for example, is not its fault. */
function isDamage(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException).code
  return code === undefined || code.startsWith('Z_')
}

/** Writes the bytes of a member, and checks their number and checksum. */
async function write(
  { name, bytes, crc, open: openMember }: Member,
  path: string,
  handle: FileHandle,
  { limitBytes = defaultLimitBytes, report, signal, refresh }: Unpacking,
): Promise<void> {
  const tooLarge = (found: string) => {
    const expected = `at most ${limitBytes} bytes in \`${name}\``
    return unusable(path, 'zip-is-bounded', { expected, found })
  }
  if (bytes > limitBytes) throw tooLarge(String(bytes))
  let size = 0
  let sum = 0
  for await (const chunk of gather(await openMember())) {
    signal?.throwIfAborted()
    const tenth = Math.floor((10 * size) / bytes)
    size += chunk.byteLength
    // Count the real bytes, whatever size the archive gives.
    if (size > limitBytes) throw tooLarge('more')
    sum = crc32(chunk, sum)
    await handle.writeFile(chunk)
    refresh()
    if (Math.floor((10 * size) / bytes) > tenth) {
      report(`${basename(path)}: unpacked ${size} of ${bytes} bytes`)
    }
  }
  if (sum === crc) return
  const expected = `\`${name}\` with the CRC-32 ${hex(crc)}`
  throw unusable(path, 'zip-is-whole', { expected, found: `${hex(sum)}: damaged` })
}

/** Joins the small pieces from zlib, because writing each one separately takes longer than unpacking it. */
async function* gather(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    size += piece.byteLength
    if (size < writeBytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}

/** Writes a checksum as eight hexadecimal digits. */
function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

const unusedMs = 7 * 24 * 3600 * 1000

/** Gives the name under which this process writes `target` before it is whole. */
function partOf(target: string): string {
  return `${target}.${hostKey()}.${process.pid}.part`
}

/** Removes what processes of this host left of `target` that have ended since; best effort. */
async function removeParts(target: string): Promise<void> {
  const folder = dirname(target)
  for (const name of await readdir(folder).catch(() => [])) {
    const [, host, pid] = /\.([^.]+)\.([1-9]\d*)\.part$/.exec(name.slice(basename(target).length)) ?? []
    if (host !== hostKey() || !isDead(Number(pid))) continue
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** Notes that what a folder of the cache holds was asked for now; best effort. */
async function noteUse(folder: string): Promise<void> {
  const now = new Date()
  await utimes(folder, now, now).catch(() => undefined)
}

/** Removes the folders beside that of `target` that nobody has asked for in a week; best effort. */
async function removeUnused(target: string): Promise<void> {
  const own = dirname(target)
  const all = dirname(own)
  for (const name of await readdir(all).catch(() => [])) {
    const folder = join(all, name)
    if (!/^[0-9a-f]{16}$/.test(name) || folder === own) continue
    const used = await stat(folder).catch(() => undefined)
    if (!used?.isDirectory() || Date.now() - used.mtimeMs < unusedMs) continue
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Gives the name of this machine in a form that file names may have. */
function hostKey(): string {
  return hostname().replaceAll(/[^\w-]/g, '_')
}
