import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const staleMs = 60_000
const pollMs = 200

interface LockOptions {
  readonly signal?: AbortSignal
  /** Receives one line that names the process that this one waits for. */
  readonly report?: (line: string) => void
}

/**
 * Runs `work` while no other process or thread holds the lock file `lock`; waits until it is free. A lock counts as
 * left over from a crash if its process has ended on this host, or if nobody has refreshed it for a minute.
 * @param work must call `refresh` while it makes progress
 */
export async function exclusively<T>(
  lock: string,
  { signal, report }: LockOptions,
  work: (refresh: () => void) => Promise<T>,
): Promise<T> {
  const mine = `${process.pid} ${hostname()} ${randomUUID()}`
  for (let isTold = false; !(await take(lock, mine)); ) {
    const holder = await read(lock)
    if (await isStale(lock, holder)) {
      await remove(lock, holder)
      continue
    }
    if (holder && !isTold) report?.(`${basename(lock)}: waiting for process ${holder.split(' ')[0]}`)
    isTold ||= Boolean(holder)
    await setTimeout(pollMs, undefined, { signal })
  }
  try {
    return await work(() => void refresh(lock))
  } finally {
    if ((await read(lock)) === mine) await remove(lock, mine)
  }
}

/** Returns whether a process of this host has ended. A process of another user counts as running. */
export function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Takes the lock; false if another process has it. */
async function take(lock: string, mine: string): Promise<boolean> {
  try {
    await writeFile(lock, mine, { flag: 'wx' })
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
}

/** Gives who holds the lock; undefined if nobody does. */
async function read(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(() => undefined)
}

/** Says whether the holder of a lock is dead, or has not renewed it for too long. */
async function isStale(lock: string, holder: string | undefined): Promise<boolean> {
  const [pid, host] = holder?.split(' ') ?? []
  if (host === hostname() && /^[1-9]\d*$/.test(pid!) && isDead(Number(pid))) return true
  try {
    return Date.now() - (await stat(lock)).mtimeMs > staleMs
  } catch {
    return false
  }
}

/** Removes the lock of `holder` only: another waiting process may have replaced it in the meantime. */
async function remove(lock: string, holder: string | undefined): Promise<void> {
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw cause
  }
  // If this fails, a third process has taken the lock.
  if ((await read(aside)) !== holder) await link(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}

/** Renews the lock, so that others see its holder alive. */
async function refresh(lock: string): Promise<void> {
  const now = new Date()
  await utimes(lock, now, now).catch(() => undefined)
}
