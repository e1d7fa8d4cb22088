import { existsSync, statSync } from 'node:fs'
import { openFolder } from './folder-files.ts'
import { openRepository, openRevision } from './git-files.ts'
import type { VersionFiles } from './version-files.ts'
import { openZip } from './zip-files.ts'

/**
 * Opens the files of the version that a word names: a zip, a folder, or else a revision of the repository of `folder`.
 * Throws an Error that says what was expected.
 */
export function openFiles(word: string, folder: string): VersionFiles {
  const isPath = /\.zip$/i.test(word) || /^\.{0,2}[/\\]/.test(word)
  const found = statSync(word, { throwIfNoEntry: false })
  if (found?.isFile()) return openZip(word)
  // A branch may have the name of a folder, which then needs `./`.
  if (found?.isDirectory() && (isPath || !isRevision(word, folder))) return openFolder(word)
  if (isPath && !existsSync(word)) throw new Error(`Cannot find ${word}, expected a zip or a folder`)
  return openRevision(openRepository(folder), word)
}

function isRevision(word: string, folder: string): boolean {
  try {
    openRevision(openRepository(folder), word)
    return true
  } catch {
    return false
  }
}

/** Parts `A..B` into two versions; a missing side is HEAD, as for git. `..` in a path parts nothing. */
export function sidesOf(word: string): [before: string, after: string | undefined] {
  const [, before, after] = /^(.*?[^./\\]|)\.\.(?![./\\])(.*)$/.exec(word) ?? []
  return before === undefined ? [word, undefined] : [before || 'HEAD', after || 'HEAD']
}
