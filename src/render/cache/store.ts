import type { Digest, Report, StoredResult } from '../model/types.ts'
import { openReads } from './current-reads.ts'
import type { Difference } from './other-result.ts'
import { basesOf } from './read-place.ts'
import type { ResultStore, ResultStoreOptions } from './result-store.ts'
import { openResultStore } from './result-store.ts'

/** The results of a report as they are kept, of which only those are read whose tasks read what is there now. */
export interface Store extends ResultStore {
  /** Gives the result of a key also where it may no longer be used: to show it as stale, or to say why. */
  find(key: Digest | undefined): StoredResult | undefined
  /** The places of what a result, or a job of it, has read and that is different now, sorted. */
  changed(stored: StoredResult): readonly string[]
  /** Results of this build that are not the earlier ones of their keys. */
  readonly differences: readonly Difference[]
}

/**
 * Opens the folders of stored results for one build.
 *
 * @param env Of it WEFT_DATA counts.
 */
export function openResults(
  { root, folder }: Report,
  env: NodeJS.ProcessEnv,
  options: Pick<ResultStoreOptions, 'layers' | 'writeTo' | 'onDamaged'>,
): Store {
  const reads = openReads(basesOf(root, folder, env))
  const differences: Difference[] = []
  const store = openResultStore({
    ...options,
    isCurrent: reads.isCurrent,
    onDiffers: (difference) => differences.push(difference),
  })
  return {
    ...store,
    find: (key) => (key === undefined ? undefined : store.find(key)),
    changed(stored) {
      const jobs = (stored.provenance.jobs ?? []).flatMap((key) => store.find(key) ?? [])
      return [...new Set([stored, ...jobs].flatMap(reads.changed))].sort()
    },
    differences,
  }
}
