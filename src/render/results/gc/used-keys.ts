import { dirname, join } from 'node:path'
import { fileOf, readStored } from '../../cache/result-store.ts'
import { type Batch, readBatches } from '../../execute/executors/batches.ts'
import { type Lock, readLock } from '../../model/lock.ts'
import type { Paths } from '../../model/paths.ts'
import type { Digest } from '../../model/types.ts'
import { allLastKeys } from '../last-build.ts'
import { entriesOf, garbageAt } from './entries.ts'

/** The keys of results that something names. */
export interface UsedKeys {
  /** Those of every profile of every lock beside the report. */
  readonly locked: ReadonlySet<Digest>
  /** Those of the last build of every report and profile, with their jobs, and of jobs that a cluster may still run. */
  readonly lastBuilds: ReadonlySet<Digest>
  /** Those of jobs that a cluster may still run. */
  readonly underWay: ReadonlySet<Digest>
}

/**
 * Gathers the keys that are in use. Throws if a lock cannot be read.
 *
 * @param now in ms, by the clock of the cache's disk
 */
export function usedKeys({ source, freeze, cache }: Paths, now: number): UsedKeys {
  const folder = dirname(source)
  const names = entriesOf(folder).flatMap(({ name }) => (name.endsWith('.lock.json') ? [name] : []))
  const locked = names.flatMap((name) => namedBy(readLock(join(folder, name))))
  const last = allLastKeys(cache)
  const jobs = [...last, ...locked].flatMap((key) => jobsOf(key, [join(cache, 'freeze'), freeze]))
  const underWay = openBatches(cache, now).flatMap(({ tasks }) => tasks.flat())
  return {
    locked: new Set(locked),
    lastBuilds: new Set([...last, ...jobs, ...underWay]),
    underWay: new Set(underWay),
  }
}

// An array outlives the build that submitted it. The next one on the cluster removes its folder, but perhaps none comes.
const forgottenMs = 30 * 86_400_000

function openBatches(cache: string, now: number): Batch[] {
  return readBatches(join(cache, 'slurm')).filter(({ folder }) => {
    const usedAt = garbageAt('leftovers', folder)?.usedAt
    return usedAt !== undefined && now - usedAt < forgottenMs
  })
}

// Also those of a profile that keeps no results: this machine's cache has them.
function namedBy({ profiles }: Lock): Digest[] {
  return Object.values(profiles).flatMap(({ cells, jobs }) => [...Object.values(cells), ...Object.keys(jobs)])
}

function jobsOf(key: Digest, folders: readonly string[]): readonly Digest[] {
  for (const folder of folders) {
    const stored = readStored(fileOf(folder, key), key)
    if (typeof stored !== 'string') return stored.provenance.jobs ?? []
  }
  return []
}
