import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../model/digest.ts'
import type { ReadState } from '../model/types.ts'

// The functions as they are before the reads of a task are watched.
const { closeSync, existsSync, openSync, readdirSync, readSync, realpathSync, statSync } = fs

/** Absolute folders that places are relative to. */
export interface Bases {
  /** The project, also by its real path. */
  readonly roots: readonly string[]
  /** The folder of report.md, where cells run. */
  readonly folder: string
  /** The folder that WEFT_DATA names, also by its real path; empty if it is not set. */
  readonly data: readonly string[]
}

/** Gives the folders of a project in an environment; WEFT_DATA may be relative to the report's. */
export function basesOf(root: string, folder: string, env: NodeJS.ProcessEnv): Bases {
  return { roots: names(root), folder, data: env.WEFT_DATA ? names(resolve(folder, env.WEFT_DATA)) : [] }
}

const dataPrefix = '$WEFT_DATA/'

/** Names a path so that it means the same elsewhere: `report-src/data.csv`, `$WEFT_DATA/rest`, `../outside.csv`. */
export function placeOfPath(path: string, { roots, data }: Bases): string {
  const rest = inside(path, data)
  if (rest !== undefined) return `${dataPrefix}${posix(rest)}`
  return posix(inside(path, roots) ?? relative(roots[0]!, path)) || '.'
}

/** Gives the path of a place; undefined for one below WEFT_DATA if that is not set. */
export function pathOfPlace(place: string, { roots, data }: Bases): string | undefined {
  if (!isOfData(place)) return resolve(roots[0]!, place)
  return data[0] === undefined ? undefined : join(data[0], place.slice(dataPrefix.length))
}

/** Says whether a place lies below WEFT_DATA. */
export function isOfData(place: string): boolean {
  return place.startsWith(dataPrefix)
}

/** Says whether a place is neither in the project nor in WEFT_DATA, so that nobody else has it. */
export function isOutside(place: string): boolean {
  return place === '..' || place.startsWith('../') || isAbsolute(place)
}

/** Reads the path argument of a function of `node:fs`; undefined for a file that is already open. */
export function toPath(given: unknown): string | undefined {
  try {
    if (typeof given === 'string') return resolve(given)
    if (given instanceof URL) return fileURLToPath(given)
    if (given instanceof Uint8Array) return resolve(Buffer.from(given).toString())
  } catch {
    // The function itself reports what is wrong with it.
  }
  return undefined
}

// The working folder is a real path, but the project's may lead through a link.
function names(folder: string): string[] {
  try {
    return [...new Set([folder, realpathSync(folder)])]
  } catch {
    return [folder]
  }
}

function inside(path: string, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => relative(folder, path))
    .find((rest) => rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest))
}

function posix(path: string): string {
  return path.split(sep).join('/')
}

const pieceBytes = 1 << 20

/** Says whether there is something at a path. */
export function presenceOf(path: string): ReadState {
  return existsSync(path) ? 'present' : 'absent'
}

/**
 * Digests what is at a path now: the bytes of a file, or the names in a folder. Anything else, or an unreadable file,
 * is only `present`.
 *
 * @param folder of report.md: files that Weft itself puts beside it do not count
 */
export function contentOf(path: string, folder: string): ReadState {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) return 'absent'
  try {
    if (status.isFile()) return digestFile(path)
    if (status.isDirectory()) return sha256(JSON.stringify(namesIn(path, folder)))
  } catch {}
  return 'present'
}

function digestFile(path: string): ReadState {
  const descriptor = openSync(path, 'r')
  try {
    const hash = createHash('sha256')
    const piece = Buffer.allocUnsafe(pieceBytes)
    for (let count = readSync(descriptor, piece); count > 0; count = readSync(descriptor, piece))
      hash.update(piece.subarray(0, count))
    return hash.digest('hex')
  } finally {
    closeSync(descriptor)
  }
}

// Neither a build nor `accept` may change the state of what results have read.
function namesIn(path: string, folder: string): string[] {
  const base = basename(folder) === 'report-src' ? dirname(folder) : folder
  const made = new Set([join(folder, 'freeze'), join(base, 'dist'), join(base, 'figures')])
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !made.has(join(path, name)) && !(path === folder && name.endsWith('.lock.json')))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort()
}

/**
 * Identifies the content of a file by its inode number, size and modification time; undefined if the file cannot be
 * inspected.
 */
export function fileState(path: string): string | undefined {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs}`
  } catch {
    return undefined
  }
}
