import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { statIfThere } from '../model/stat-if-there.ts'

/** What is at a path: `absent`, or what tells its content from any other. */
type FileState = string

interface Seen {
  readonly state: FileState
  readonly bytes?: Buffer
}

/** Remembers what files hold, so that a save which changes nothing is none. */
interface FileStates {
  /** Looks at a file for the first time, and says when it last changed, in milliseconds; undefined for a known one. */
  prime(path: string): number | undefined
  /**
   * Looks at a file again. `later`: it looks half written, or is away for a moment, as between the two steps of a save:
   * look again soon, or take it as it is.
   */
  look(path: string): 'same' | 'changed' | 'later'
  /** Takes a file as it is. */
  accept(path: string): 'same' | 'changed'
}

// Larger files are told apart by size and time alone.
const mostBytes = 4_000_000
// Only so much of a file is kept to see whether the next content is its beginning.
const mostKept = 500_000

/** Opens an empty memory of files. */
export function openFileStates(): FileStates {
  const known = new Map<string, Seen>()
  const take = (path: string, seen: Seen) => {
    const before = known.get(path)?.state
    known.set(path, seen)
    return before === seen.state ? 'same' : 'changed'
  }
  return {
    prime(path) {
      if (known.has(path)) return undefined
      known.set(path, see(path))
      return statIfThere(path)?.mtimeMs
    },
    look(path) {
      const seen = see(path)
      const before = known.get(path)
      return before && looksHalfWritten(before, seen) ? 'later' : take(path, seen)
    },
    accept: (path) => take(path, see(path)),
  }
}

function see(path: string): Seen {
  try {
    const status = statSync(path)
    const stamp = `${status.ino} ${status.size} ${status.mtimeMs}`
    if (!status.isFile() || status.size > mostBytes) return { state: stamp }
    const bytes = readFileSync(path)
    const state = createHash('sha1').update(bytes).digest('hex')
    return bytes.length > mostKept ? { state } : { state, bytes }
  } catch {
    return { state: 'absent' }
  }
}

function looksHalfWritten(before: Seen, now: Seen): boolean {
  if (now.state === before.state) return false
  if (now.state === 'absent') return true
  if (!before.bytes || !now.bytes || before.bytes.length === 0) return false
  return (
    now.bytes.length < before.bytes.length && before.bytes.subarray(0, now.bytes.length).equals(now.bytes)
  )
}
