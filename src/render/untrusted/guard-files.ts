import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'

/** Reads a file; throws `UntrustedInputError` for one that a report may not have, and what Node throws for one that is not there. */
type ReadGuarded = (path: string, mostBytes?: number) => Buffer

/**
 * Gives what reads the files of a folder and no others: links are followed to where they lead, a device or a pipe is
 * refused before it is opened, and so is a file that is too large, or that makes all of them together so.
 */
export function guardFiles(folder: string): ReadGuarded {
  let left: number = limits.allBytes
  return (path, mostBytes = limits.fileBytes) => {
    assertName(path)
    const named = resolve(folder, path)
    // The name first: whether there is a file elsewhere is nobody's business.
    assertInside(named, folder)
    const real = realpathSync(named)
    assertInside(real, realpathSync(folder))
    const size = assertFile(statSync(real), Math.min(mostBytes, left))
    const bytes = readWhole(real, size)
    left -= bytes.length
    return bytes
  }
}

/** Throws `UntrustedInputError` for a name that means another place on some system: an address, a drive, a backslash, a NUL. */
function assertName(name: string): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(name))
    throw new UntrustedInputError("expected a file in the report's own folder, found an address")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\\\u0000-\u001f]/.test(name))
    throw new UntrustedInputError('expected a name without backslashes and control characters')
}

function assertInside(path: string, folder: string): void {
  if (!path.startsWith(withSeparator(folder)))
    throw new UntrustedInputError("expected a file in the report's own folder, found one elsewhere")
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}

function assertFile(file: { isFile(): boolean; readonly size: number }, mostBytes: number): number {
  if (!file.isFile()) throw new UntrustedInputError('expected a file, found a folder, a device or a pipe')
  if (file.size <= mostBytes) return file.size
  throw new UntrustedInputError(`expected at most ${mostBytes} bytes, found ${file.size}`)
}

// The file may be another one by now: what is opened is looked at again, and no more is read than was promised.
function readWhole(path: string, size: number): Buffer {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    assertFile(fstatSync(file), size)
    const bytes = Buffer.alloc(size)
    let at = 0
    for (let count = 1; count > 0 && at < size; at += count) count = readSync(file, bytes, at, size - at, at)
    return bytes.subarray(0, at)
  } finally {
    closeSync(file)
  }
}
