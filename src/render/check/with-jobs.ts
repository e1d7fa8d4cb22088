import type { Results } from '../execute/run-report.ts'
import type { Digest, StoredResult } from '../model/types.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'

/**
 * Gives what to read so that a report runs as it did, with other jobs in the place of some: cells that rest on none of
 * these are not run again.
 */
export function withJobs(
  before: Pick<Results, 'cells' | 'jobs'>,
  others: ReadonlyMap<Digest, StoredResult>,
  dependencies: Dependencies,
): (key: Digest) => StoredResult | undefined {
  const kept = [...before.cells].flatMap(([label, cellResult]) => {
    if (!('stored' in cellResult) || !cellResult.stored) return []
    const jobs = jobKeysOf(allBelow([label], dependencies), before)
    return [...jobs].some((key) => others.has(key))
      ? []
      : [[cellResult.stored.key, cellResult.stored] as const]
  })
  const cells = new Map(kept)
  return (key) => others.get(key) ?? before.jobs.get(key) ?? cells.get(key)
}
