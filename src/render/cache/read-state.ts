import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sha256 } from '../model/digest.ts'
import type { ReadState } from '../model/types.ts'

// As they are before those of a task are watched.
const { closeSync, existsSync, openSync, readdirSync, readSync, statSync } = fs

const pieceBytes = 1 << 20

/** Says whether something lies at a path. */
export function presenceOf(path: string): ReadState {
  return existsSync(path) ? 'present' : 'absent'
}

/**
 * Digests what lies at a path now: the bytes of a file, or the names in a folder. What is neither, and what may not
 * be read, is only present.
 *
 * @param folder Of report.md: what Weft itself puts beside it does not count among the names.
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

// A build and accepting its results must not change what they rest on.
function namesIn(path: string, folder: string): string[] {
  const base = basename(folder) === 'report-src' ? dirname(folder) : folder
  const made = new Set([join(folder, 'freeze'), join(base, 'dist'), join(base, 'figures')])
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !made.has(join(path, name)) && !(path === folder && name.endsWith('.lock.json')))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort()
}
