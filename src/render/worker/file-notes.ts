import { homedir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import type { Bases } from '../cache/read-place.ts'
import { isOfData, isOutside, pathOfPlace, placeOfPath, toPath } from '../cache/read-place.ts'
import { contentOf, presenceOf } from '../cache/read-state.ts'
import type { ReadState, Reads } from '../model/types.ts'

/** What a task does with the file system, told before it reads and after it has written. */
export interface FileNotes {
  /** Its result will depend on whether something is there, or on its bytes or names. */
  read(path: unknown, what: 'presence' | 'content'): void
  /** From here on it is the task itself that decides what lies there. */
  wrote(path: unknown): void
  /** In the order of their places. */
  reads(): Reads
}

interface FileNotesOptions {
  readonly kind: 'cell' | 'job'
  readonly bases: Bases
  /** Folders whose files are the tool's own. */
  readonly tool: readonly string[]
  /** Told of what lies outside the project, before it is read; whether it is the report's own code that reads it. */
  isOwnOutside(place: string): boolean
  /** Whether who reads now, of a job, verifies by a digest what it reads; undefined where that cannot be told. */
  isVerifying(): boolean | undefined
}

/**
 * Notes what a task reads as it was before the task read it, so that a change in the middle makes it run again. What
 * the task itself wrote is left out, as are packages and the tool. A job's data sets are pinned by their digests:
 * of a job only what it reads of the project is noted, of a package only what it reads of the project or of WEFT_DATA.
 */
export function openFileNotes(options: FileNotesOptions): FileNotes {
  const { kind, bases, tool, isOwnOutside, isVerifying } = options
  const states = new Map<string, ReadState>()
  const own = new Set<string>()
  const verified = new Set<string>()
  const left = [...tool, ...cacheFolders()]
  const isLeftOut = (path: string) =>
    path.includes(`${sep}node_modules${sep}`) ||
    left.some((folder) => path === folder || path.startsWith(folder + sep)) ||
    isWithin(path, own)
  // A stream opens its file in its own time, when nobody calls any more.
  const isVerified = (place: string) => {
    const is = isVerifying() ?? verified.has(place)
    if (is) verified.add(place)
    return is
  }
  const counts = (place: string) => {
    if (kind === 'job') return isOfData(place) ? !isVerified(place) : !isOutside(place)
    return !isOutside(place) || isOwnOutside(place)
  }
  return {
    read(given, what) {
      const path = toPath(given)
      if (path === undefined || isLeftOut(path)) return
      const place = placeOfPath(path, bases)
      const before = states.get(place)
      // What was there first counts; that it was there is the lesser half of what it was.
      if (before !== undefined && (before !== 'present' || what === 'presence')) return
      if (!counts(place)) return
      const known = pathOfPlace(place, bases) ?? path
      states.set(place, what === 'presence' ? presenceOf(known) : contentOf(known, bases.folder))
    },
    wrote(given) {
      const path = toPath(given)
      if (path !== undefined) own.add(path)
    },
    reads: () => Object.fromEntries([...states].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function isWithin(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false
  for (let folder = path; ; folder = dirname(folder)) {
    if (folders.has(folder)) return true
    if (folder === dirname(folder)) return false
  }
}

// Data sets lie there, each verified by its digest. Of the environment a task has HOME alone.
function cacheFolders(): string[] {
  const home = homedir()
  const local = process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local')
  return [join(home, '.cache'), join(home, 'Library', 'Caches'), local].map((folder) => join(folder, 'weft'))
}
