import { readFileSync } from 'node:fs'
import { sha256 } from './digest.ts'
import { setAside } from './set-aside.ts'
import { writeAtomic } from './write-atomic.ts'

/** Reads what was cached as JSON; undefined if there is nothing, or nothing that is JSON. */
export function readCached<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch {
    return undefined
  }
}

/** Caches something as JSON. Whatever prevents that does no harm: output that cannot be written is reported elsewhere. */
export function writeCached(path: string, value: unknown): void {
  write(path, JSON.stringify(value))
}

/** Reads what `writeVerified` cached; undefined if a byte of the file is not what was written. */
export function readVerified<T>(path: string): T | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    const end = text.indexOf('\n')
    const json = text.slice(end + 1)
    return text.slice(0, end) === sha256(json) ? (JSON.parse(json) as T) : undefined
  } catch {
    return undefined
  }
}

/**
 * Caches something that decides numbers, as a line with its digest and a line of JSON: a damaged file may still be
 * JSON. Whatever prevents that does no harm.
 */
export function writeVerified(path: string, value: unknown): void {
  const json = JSON.stringify(value)
  write(path, `${sha256(json)}\n${json}`)
}

function write(path: string, text: string): void {
  try {
    writeAtomic(path, text)
  } catch (error) {
    if (isFolder(error)) writeAsideOf(path, text)
  }
}

// A folder in its place would make every later build slower.
function writeAsideOf(path: string, text: string): void {
  try {
    setAside(path)
    writeAtomic(path, text)
  } catch {}
}

function isFolder(error: unknown): boolean {
  const { code } = Object((error as Error).cause) as NodeJS.ErrnoException
  return code === 'EISDIR' || code === 'ENOTEMPTY'
}
