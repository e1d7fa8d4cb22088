import { dirname, join } from 'node:path'
import { fileOf, readStored } from '../../cache/result-store.ts'
import { type Lock, readLock } from '../../model/lock.ts'
import type { Paths } from '../../model/paths.ts'
import type { Digest } from '../../model/types.ts'
import { allLastKeys } from '../last-build.ts'
import { entriesOf } from './entries.ts'

/** The keys of results that something names. */
export interface UsedKeys {
  /** Those of every profile of every lock beside the report. */
  readonly locked: ReadonlySet<Digest>
  /** Those of the last build of every report and profile, with their jobs. */
  readonly lastBuilds: ReadonlySet<Digest>
}

/** Gathers the keys that are in use. Throws if a lock cannot be read. */
export function usedKeys({ source, freeze, cache }: Paths): UsedKeys {
  const folder = dirname(source)
  const names = entriesOf(folder).flatMap(({ name }) => (name.endsWith('.lock.json') ? [name] : []))
  const locked = names.flatMap((name) => namedBy(readLock(join(folder, name))))
  const last = allLastKeys(cache)
  const jobs = [...last, ...locked].flatMap((key) => jobsOf(key, [join(cache, 'freeze'), freeze]))
  return { locked: new Set(locked), lastBuilds: new Set([...last, ...jobs]) }
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
