import { statSync } from 'node:fs'

/** Tells one content of a file from the next by its number, size and time; undefined if it cannot be looked at. */
export function fileState(path: string): string | undefined {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs}`
  } catch {
    return undefined
  }
}
