import { isSame } from '../cache/provenance.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Digest, StoredResult } from '../model/types.ts'

/**
 * Writes what a check computes where builds find it, but keeps an earlier result that is the same: its times are those of
 * the last build, and perhaps of one that runs meanwhile. A cell that depends on a job with kept times is not
 * written either, since it shows others.
 */
export function addResults(store: ResultStore): (stored: StoredResult) => void {
  const kept = new Set<Digest>()
  return (now) => {
    const before = store.read(now.key)
    const isOfKept = (now.provenance.jobs ?? []).some((job) => kept.has(job))
    if (isOfKept || (before && isSame(before, now))) kept.add(now.key)
    else store.write(now)
  }
}
