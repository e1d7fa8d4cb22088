import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readCached, writeCached } from '../../model/cache-file.ts'
import { isRunning, machineName } from '../../model/machine-name.ts'
import type { Paths } from '../../model/paths.ts'
import type { Digest } from '../../model/types.ts'

// A process that checks the types of a report now.
interface Note {
  /** Of what it checks; a process that is about to read the report does not know it yet. */
  readonly key?: Digest
  /** Processes of one number may run in several containers. */
  readonly machine: string
  readonly pid: number
  /** In ms since 1970. */
  readonly startedAt: number
}

/** Gives the file that keeps the faults of a report from build to build. */
export function faultsPath({ cache, stem }: Pick<Paths, 'cache' | 'stem'>): string {
  return join(cache, `types-${stem}.json`)
}

const noteOf = (path: string) => `${path}.running`
const pollMs = 25
// Longer than a check takes: whoever said so may have been stopped.
const patienceMs = 30_000

/**
 * Says that this process checks what `key` names, or without one that it will soon, until the function that it gives is called.
 *
 * @param path file of the faults that it will write
 */
export function noteCheck(path: string, key?: Digest): () => void {
  const note: Note = { key, machine: machineName(), pid: process.pid, startedAt: Date.now() }
  writeCached(noteOf(path), note)
  return () => {
    try {
      rmSync(noteOf(path), { force: true })
    } catch {
      // It has become read-only; nobody waits for a process that has ended.
    }
  }
}

/**
 * Waits while another check of the same is running, and at most half a minute from its start. Resolves at once if there
 * is none, if its process has ended, or when `closed` is aborted.
 */
export async function awaitCheck(path: string, key: Digest, closed: AbortSignal): Promise<void> {
  while (!closed.aborted && isNoted(path, key))
    await pause(pollMs, undefined, { signal: closed }).catch(() => {})
}

function isNoted(path: string, key: Digest): boolean {
  const note = readCached<Note>(noteOf(path))
  if (note?.machine !== machineName()) return false
  const isSame = note.key === undefined ? note.pid !== process.pid : note.key === key
  return isSame && Date.now() - note.startedAt < patienceMs && isRunning(note.pid)
}
