import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file atomically: readers see the complete old file or the complete new one, even if the build is killed in
 * between.
 */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, content)
    renameSync(temporary, path)
  } catch (cause) {
    remove(temporary)
    throw cannotWrite(path, cause)
  }
}

/** Makes the error for a file that cannot be written, with advice. */
export function cannotWrite(path: string, cause: unknown): Error {
  const reason = (cause as Error).message
  return new Error(
    `Cannot write ${path}: ${reason}. Make the folder writable, or choose another with --out`,
    { cause },
  )
}

// If a parent of the path is not a folder, even looking for the file throws.
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}
