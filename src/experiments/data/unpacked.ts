import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isDead } from './exclusively.ts'

const unusedMs = 7 * 24 * 3600 * 1000

/** Gives the name under which this process writes `target` before it is whole. */
export function partOf(target: string): string {
  return `${target}.${hostKey()}.${process.pid}.part`
}

/** Removes what processes of this host left of `target` that have ended since; best effort. */
export async function removeParts(target: string): Promise<void> {
  const folder = dirname(target)
  for (const name of await readdir(folder).catch(() => [])) {
    const [, host, pid] = /\.([^.]+)\.([1-9]\d*)\.part$/.exec(name.slice(basename(target).length)) ?? []
    if (host !== hostKey() || !isDead(Number(pid))) continue
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** Notes that what a folder of the cache holds was asked for now; best effort. */
export async function noteUse(folder: string): Promise<void> {
  const now = new Date()
  await utimes(folder, now, now).catch(() => undefined)
}

/** Removes the folders beside that of `target` that nobody has asked for in a week; best effort. */
export async function removeUnused(target: string): Promise<void> {
  const own = dirname(target)
  const all = dirname(own)
  for (const name of await readdir(all).catch(() => [])) {
    const folder = join(all, name)
    if (!/^[0-9a-f]{16}$/.test(name) || folder === own) continue
    const used = await stat(folder).catch(() => undefined)
    if (!used?.isDirectory() || Date.now() - used.mtimeMs < unusedMs) continue
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

function hostKey(): string {
  return hostname().replaceAll(/[^\w-]/g, '_')
}
