import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sha256 } from '../model/digest.ts'
import type { ReadState } from '../model/types.ts'

// The functions as they are before the reads of a task are watched.
const { closeSync, existsSync, openSync, readdirSync, readSync, statSync } = fs

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
