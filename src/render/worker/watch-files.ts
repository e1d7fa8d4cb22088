import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { toPath } from '../cache/reads.ts'
import type { FileNotes } from './file-notes.ts'
import type { Watcher } from './watch-calls.ts'
import { watchCalls } from './watch-calls.ts'

// Each has three forms: with a callback, ending in Sync, and in `fs.promises`.
const contents = ['readFile', 'stat', 'lstat', 'readlink']
const presences = ['access', 'exists', 'realpath']
const folders = ['readdir', 'opendir']
const copies = ['copyFile', 'cp', 'rename', 'link']
const removals = ['rm', 'rmdir', 'unlink', 'rename']
const { O_EXCL, O_RDWR, O_TRUNC, O_WRONLY } = fs.constants
// The function as it is before it is watched.
const { readdirSync } = fs

/**
 * Watches `node:fs` in this thread and notes what is read through it, even by a package, or by Node to load a module.
 * Asks for `notes` at each call. Does not see native addons, other threads and other programs.
 */
export function watchFiles(notes: () => FileNotes | undefined): void {
  const read = (what: 'presence' | 'content'): Watcher => ({
    before: ([path]) => notes()?.read(path, what),
  })
  const wrote = (path: unknown) => notes()?.wrote(path)
  for (const path of [fs.realpath, fs.realpathSync]) watchCalls(path, 'native', read('presence'))
  watchEach(presences, read('presence'))
  watchEach(contents, read('content'))
  watchEach(folders, { before: ([path, options]) => readFolder(notes(), path, isRecursive(options)) })
  watchEach(copies, {
    before: ([from]) => readFolder(notes(), from, true),
    after: ([, to]) => wrote(to),
  })
  watchEach(removals, { after: ([path]) => wrote(path) })
  watchEach(['symlink'], { after: ([, path]) => wrote(path) })
  watchEach(['mkdtemp'], { after: (_, path) => wrote(path) })
  // `made` is the first folder that it made. If it made none, the folder may hold files of others.
  watchEach(['mkdir'], { after: ([path, options], made) => wrote(isRecursive(options) ? made : path) })
  watchEach(['writeFile'], {
    after([path, , options]) {
      if (isNew(flagOf(options) ?? 'w')) wrote(path)
    },
  })
  watchEach(['open'], {
    before([path, flags]) {
      if (isExclusive(flags)) notes()?.read(path, 'presence')
      else if (isReading(flags)) notes()?.read(path, 'content')
    },
    after([path, flags]) {
      if (isNew(flags)) wrote(path)
    },
  })
  // These open their file later.
  watchCalls(fs, 'createReadStream', read('content'))
  watchCalls(fs, 'openAsBlob', read('content'))
  syncBuiltinESMExports()
}

function watchEach(names: readonly string[], watcher: Watcher): void {
  for (const name of names) {
    watchCalls(fs, name, watcher)
    watchCalls(fs, `${name}Sync`, watcher)
    watchCalls(fs.promises, name, watcher)
  }
}

// A copy reads all files below; a recursive listing reads all names.
function readFolder(notes: FileNotes | undefined, given: unknown, isWhole: boolean): void {
  notes?.read(given, 'content')
  const path = toPath(given)
  if (!notes || !isWhole || path === undefined) return
  try {
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
      notes.read(join(entry.parentPath ?? entry.path, entry.name), 'content')
  } catch {
    // It is a file, or nothing: the function that was called reports that.
  }
}

function isRecursive(options: unknown): boolean {
  return Boolean(Object(options).recursive)
}

function flagOf(options: unknown): unknown {
  return Object(options).flag
}

function isExclusive(flags: unknown): boolean {
  return typeof flags === 'number' ? (flags & O_EXCL) !== 0 : String(flags).includes('x')
}

// These flags empty the file, or demand that there is none.
function isNew(flags: unknown): boolean {
  const empties = typeof flags === 'number' ? (flags & O_TRUNC) !== 0 : /^w/.test(String(flags))
  return empties || isExclusive(flags)
}

function isReading(flags: unknown): boolean {
  if (isNew(flags)) return false
  if (typeof flags === 'number') return (flags & (O_WRONLY | O_RDWR)) !== O_WRONLY
  return typeof flags !== 'string' || /[r+]/.test(flags)
}
