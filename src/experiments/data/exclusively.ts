import { rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

const staleMs = 60_000
const pollMs = 200

/**
 * Runs `work` while no other process or thread holds the lock file `lock`; waits for it otherwise. A lock that
 * its holder has not refreshed for a minute is taken to be left over from a crash.
 * @param work calls `refresh` as long as it gets on
 */
export async function exclusively<T>(
  lock: string,
  signal: AbortSignal | undefined,
  work: (refresh: () => void) => Promise<T>,
): Promise<T> {
  while (!(await take(lock))) {
    if (await isStale(lock)) await rm(lock, { force: true })
    else await setTimeout(pollMs, undefined, { signal })
  }
  try {
    return await work(() => void refresh(lock))
  } finally {
    await rm(lock, { force: true })
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if ((cause as { code?: string }).code === 'EEXIST') return false
    throw cause
  }
}

async function isStale(lock: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > staleMs
  } catch {
    return true
  }
}

async function refresh(lock: string): Promise<void> {
  const now = new Date()
  await utimes(lock, now, now).catch(() => undefined)
}
