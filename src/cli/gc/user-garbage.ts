import { join } from 'node:path'
import { cacheFolder } from '../../experiments/data/folders.ts'
import { taskEnvironment } from '../../render/execute/workers.ts'
import { findPackage, isOurs, unpackedName } from '../../render/print/bundled.ts'
import { cacheFolders, thisMachine } from '../../render/print/cache-folder.ts'
import { entriesOf, garbageAt, timeOf } from '../../render/results/gc/entries.ts'
import { dayMs } from '../../render/results/gc/find-garbage.ts'
import type { Garbage } from '../../render/results/gc/garbage.ts'

/**
 * Finds what no report of this user has used for some days: data prepared by code that has changed since, and browsers
 * that other versions of Weft have unpacked. Both are made again where they are missed.
 */
export async function findUserGarbage(env: NodeJS.ProcessEnv, days: number): Promise<Garbage[]> {
  // Jobs and cells, which prepare data, get few of the variables.
  const prepared = join(cacheFolder({ env: taskEnvironment(env) }), 'prepared')
  const browsers = await otherBrowsers(env)
  const all = [...entriesOf(prepared).map(({ name }) => garbageAt('data', join(prepared, name))), ...browsers]
  const now = timeOf(prepared)
  return all.filter((one) => one !== undefined && now - one.usedAt >= days * dayMs) as Garbage[]
}

// That of this version stays: the next build needs it.
async function otherBrowsers(env: NodeJS.ProcessEnv): Promise<(Garbage | undefined)[]> {
  const own = await findPackage().then(unpackedName, () => undefined)
  const folders = cacheFolders({ ...thisMachine(), env })
  const isOwn = await Promise.all(folders.map(isOurs))
  return folders.flatMap((folder, index) =>
    (isOwn[index] ? entriesOf(folder) : [])
      .filter(({ name }) => /^chromium-\d|^\.partial-/.test(name) && name !== own)
      .map(({ name }) => garbageAt('browsers', join(folder, name))),
  )
}
