import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file so that readers, and a build killed in the middle, see the old one or the new one, whole. */
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

/** Says that something cannot be written, and what to do. */
export function cannotWrite(path: string, cause: unknown): Error {
  const reason = (cause as Error).message
  return new Error(
    `Cannot write ${path}: ${reason}. Make the folder writable, or choose another with --out`,
    { cause },
  )
}

// Where its folder is none, even looking for it throws.
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}
