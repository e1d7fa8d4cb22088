import { type Dirent, lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryOf } from '../../model/write-atomic.ts'
import type { Garbage, GarbageKind } from './garbage.ts'

/** Lists what is in a folder; nothing if there is no such folder, or it cannot be read. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** Measures a file, or a folder with all that is in it; undefined if it has gone. */
export function garbageAt(kind: GarbageKind, path: string): Garbage | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return undefined
  const inside = found.isDirectory()
    ? entriesOf(path).flatMap(({ name }) => garbageAt(kind, join(path, name)) ?? [])
    : []
  const bytes = inside.reduce((sum, each) => sum + each.bytes, found.isDirectory() ? 0 : found.size)
  return { kind, path, bytes, usedAt: Math.max(found.mtimeMs, ...inside.map(({ usedAt }) => usedAt)) }
}

/** Gives the time by the clock of a folder's disk, in ms; by this machine's if the folder cannot be written. */
export function timeOf(folder: string): number {
  const probe = temporaryOf(join(folder, 'time'))
  try {
    writeFileSync(probe, '')
    return lstatSync(probe).mtimeMs
  } catch {
    return Date.now()
  } finally {
    rmSync(probe, { force: true })
  }
}
