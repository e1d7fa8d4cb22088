import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes what killed builds left in a folder: entries of a prefix that have not changed for a time. */
export async function removeStale(folder: string, prefix: string, ageMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || Date.now() - found.mtimeMs < ageMs) continue
    // Another user's is not ours to remove.
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
