import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isDead } from './exclusively.ts'

const unusedMs = 7 * 24 * 3600 * 1000

/** Gives the temporary name under which this process writes `target`. */
export function partOf(target: string): string {
  return `${target}.${hostKey()}.${process.pid}.part`
}

/** Removes parts of `target` left by processes of this host that have ended; ignores failures. */
export async function removeParts(target: string): Promise<void> {
  const folder = dirname(target)
  for (const name of await readdir(folder).catch(() => [])) {
    const [, host, pid] = /\.([^.]+)\.([1-9]\d*)\.part$/.exec(name.slice(basename(target).length)) ?? []
    if (host !== hostKey() || !isDead(Number(pid))) continue
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

/** Marks a folder of the cache as used now; ignores failures. */
export async function noteUse(folder: string): Promise<void> {
  const now = new Date()
  await utimes(folder, now, now).catch(() => undefined)
}

/** Removes the other folders beside that of `target` that have not been used for a week; ignores failures. */
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
