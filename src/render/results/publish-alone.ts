import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isRunning, machineName } from '../model/machine-name.ts'
import { cannotWrite, isTemporary, temporaryOf } from '../model/write-atomic.ts'

interface Patience {
  /** How long to wait for others. */
  readonly patienceMs?: number
}

// Another machine's processes cannot be asked for.
const silentMs = 3_600_000

/**
 * Publishes while no other process does the same in a folder of accepted results: two at once would each write a lock
 * without what the other has added, and remove results that the other's lock names. Whoever wants to publish writes a
 * note into the folder, then looks for notes of others. Of two that see each other both withdraw, and try again after
 * different pauses.
 *
 * @throws if another process publishes all the time, or the folder cannot be written
 */
export async function publishAlone<Result>(
  folder: string,
  publish: () => Result,
  { patienceMs = 30_000 }: Patience = {},
): Promise<Result> {
  const until = performance.now() + patienceMs
  for (;;) {
    const note = writeNote(folder)
    try {
      const others = othersIn(folder, note)
      if (others.length === 0) return publish()
      if (performance.now() > until)
        throw new Error(
          `Cannot publish into ${folder}, another \`weft accept\` does so now: run the command again when that has ended, or remove ${others[0]} if no other is running`,
        )
    } finally {
      removeNote(folder, note)
    }
    await pause(10 + 90 * Math.random())
  }
}

function writeNote(folder: string): string {
  const note = temporaryOf(join(folder, `publishing-${machineName()}`))
  for (let tries = 1; ; tries++) {
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(note, '')
      return note
    } catch (cause) {
      // Another process has just removed the empty folder.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 10) throw cannotWrite(note, cause)
    }
  }
}

// Times are compared by the clock of the folder's own machine.
function othersIn(folder: string, own: string): string[] {
  const now = timeOf(own)
  const others = readdirSync(folder)
    .filter((name) => name.startsWith('publishing-') && isTemporary(name) && name !== basename(own))
    .map((name) => join(folder, name))
  const dead = others.filter((path) => isDead(path, now))
  for (const path of dead) rmSync(path, { force: true })
  return others.filter((path) => !dead.includes(path))
}

function isDead(path: string, now: number): boolean {
  const [, machine, pid] = /^publishing-([0-9a-f]+)\.(\d+)-/.exec(basename(path)) ?? []
  if (machine === machineName()) return !isRunning(Number(pid))
  return now - timeOf(path) > silentMs
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN
}

function removeNote(folder: string, note: string): void {
  try {
    rmSync(note, { force: true })
    // Only if nothing is kept.
    rmdirSync(folder)
  } catch {}
}
