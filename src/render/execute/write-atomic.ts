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
    rmSync(temporary, { force: true })
    throw new Error(
      `Cannot write ${path}: ${(cause as Error).message}. Make the folder writable, or choose another with --out`,
      { cause },
    )
  }
}
