import { homedir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import {
  type Bases,
  contentOf,
  isOfData,
  isOutside,
  pathOfPlace,
  placeOfPath,
  presenceOf,
  toPath,
} from '../cache/reads.ts'
import type { ReadState, Reads } from '../model/types.ts'

/** Notes what a task does in the file system; call it before a read and after a write. */
export interface FileNotes {
  /** The result will depend on whether something is there, or on its bytes or names. */
  read(path: unknown, what: 'presence' | 'content'): void
  /** From here on the task itself decides what is there. */
  wrote(path: unknown): void
  /** Sorted by place. */
  reads(): Reads
}

interface FileNotesOptions {
  readonly kind: 'cell' | 'job'
  readonly bases: Bases
  /** Folders that hold the tool's own files. */
  readonly tool: readonly string[]
  /** Called with a place outside the project before it is read; says whether the report's own code reads it. */
  isOwnOutside(place: string): boolean
  /** Says whether the code that reads now verifies a digest, for a job; undefined if that cannot be told. */
  isVerifying(): boolean | undefined
}

/**
 * Notes the state of each file before a task reads it, so that a change during the run makes the task run again.
 * Leaves out packages, the tool and whatever the task itself wrote; for a job also files outside the project, and data
 * sets that their reader verifies by a digest; for a cell also files outside that only a package reads.
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
  // A stream opens its file later, when its caller is no longer on the stack.
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
      // The first state counts; but a digest says more than that something was there.
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

// These hold data sets, each verified by its digest. Of the variables that lead to them, a task has only HOME.
function cacheFolders(): string[] {
  const home = homedir()
  const local = process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local')
  return [join(home, '.cache'), join(home, 'Library', 'Caches'), local].map((folder) => join(folder, 'weft'))
}
