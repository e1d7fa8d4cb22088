import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning, machineName } from '../model/machine-name.ts'
import { isTemporary, writeAtomic } from '../model/write-atomic.ts'

/** A build that works with a cache. */
export interface RunningBuild {
  /** The file that says so. */
  readonly path: string
  readonly host: string
  readonly pid: number
  readonly startedAt: string
}

interface Note extends Omit<RunningBuild, 'path'> {
  /** Processes of one number may run on several machines, and in several containers of one. */
  readonly machine: string
}

const beatMs = 60_000
// Another machine's processes cannot be asked for.
const silentMs = 3_600_000

const folderIn = (cache: string) => join(cache, 'running')

/**
 * Says in a cache that this process works with it, also to other machines, until the function that it gives is called.
 * A cache that cannot be written is left alone.
 */
export function noteRunning(cache: string): () => void {
  const path = join(folderIn(cache), `${randomUUID()}.json`)
  const startedAt = new Date().toISOString()
  const note: Note = { machine: machineName(), host: hostname(), pid: process.pid, startedAt }
  try {
    writeAtomic(path, JSON.stringify(note))
  } catch {
    return () => {}
  }
  const timer = setInterval(() => beat(path), beatMs).unref()
  return () => {
    clearInterval(timer)
    remove(path)
  }
}

/** What a cache says of the builds that work with it, and the notes of those that have ended without a word. */
export interface NotedBuilds {
  readonly running: readonly RunningBuild[]
  readonly dead: readonly string[]
}

/**
 * Finds the builds that work with a cache now. One of another machine counts as ended if it has been silent for an hour.
 *
 * @param now in ms, by the clock of the cache's disk
 */
export function runningIn(cache: string, now: number): NotedBuilds {
  const running: RunningBuild[] = []
  const dead: string[] = []
  for (const path of notesIn(cache)) {
    const note = readNote(path)
    const beaten = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (beaten === undefined) continue
    const isGone = note?.machine === machineName() && !isRunning(note.pid)
    if (!note || isGone || now - beaten > silentMs) dead.push(path)
    else running.push({ path, host: note.host, pid: note.pid, startedAt: note.startedAt })
  }
  return { running, dead }
}

function notesIn(cache: string): string[] {
  try {
    return readdirSync(folderIn(cache))
      .filter((name) => !isTemporary(name))
      .map((name) => join(folderIn(cache), name))
  } catch {
    return []
  }
}

function readNote(path: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Note
  } catch {
    return undefined
  }
}

function beat(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Somebody has removed the cache.
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // It has become read-only: `weft gc` removes the note of a process that has ended.
  }
}
