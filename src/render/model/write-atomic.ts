import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file atomically: readers see the complete old file or the complete new one, even if the build is killed in
 * between.
 *
 * @param mode permissions of the file, such as 0o600
 */
export function writeAtomic(path: string, content: string | Uint8Array, mode?: number): void {
  const temporary = temporaryOf(path)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, content, { mode })
    rename(temporary, path, content)
  } catch (cause) {
    remove(temporary)
    throw cannotWrite(path, cause)
  }
}

/** Writes a file atomically, unless it has that content: to look at a small file takes a tenth of the time. */
export function writeIfOther(path: string, content: string): void {
  if (!hasContent(path, content)) writeAtomic(path, content)
}

function hasContent(path: string, content: string): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path).equals(Buffer.from(content))
  } catch {
    return false
  }
}

// NFS repeats a request whose answer was lost, and then misses the file that it has renamed.
function rename(temporary: string, path: string, content: string | Uint8Array): void {
  try {
    renameSync(temporary, path)
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!isGone || !existsSync(path) || !readFileSync(path).equals(Buffer.from(content))) throw error
  }
}

/**
 * Names a file to write before it is renamed to `path`. No other process has the same name for it, not even one of the
 * same number on another machine.
 */
export function temporaryOf(path: string): string {
  return `${path}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`
}

/** Says whether a name is one that `temporaryOf` gives. */
export function isTemporary(name: string): boolean {
  return /\.\d+-[0-9a-f]{16}\.tmp$/.test(name)
}

/** Makes the error for a file that cannot be written, with advice. */
export function cannotWrite(path: string, cause: unknown): Error {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const reason = reasons[code] ?? `${message}. Make the folder writable, or choose another with --out`
  return new Error(`Cannot write ${path}: ${reason}`, { cause })
}

const again =
  'and run the command again: finished results are kept, and what was accepted before is unchanged'

/** What is wrong, and what to do, by the code of the system's error. */
const reasons: { readonly [code: string]: string } = {
  EISDIR: 'expected a file, found a folder. Move it away',
  ENOSPC: `no space is left on the disk. Free some, ${again}`,
  EDQUOT: `no space is left for this user. Free some, ${again}`,
  EMFILE: `too many files are open. Raise the limit with \`ulimit -n\`, ${again}`,
}

// If a parent of the path is not a folder, even looking for the file throws.
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}
