import { statSync } from 'node:fs'

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
