import type { Digest, Frozen, Report } from '../model/types.ts'
import { openReads } from './current-reads.ts'
import type { Freezer, FreezerOptions } from './freezer.ts'
import { openFreezer } from './freezer.ts'
import type { Difference } from './other-result.ts'
import { basesOf } from './read-place.ts'

/** The results of a report as they are kept, of which only those are read whose tasks read what is there now. */
export interface Store extends Freezer {
  /** Gives the result of a key also where it may no longer be used: to show it as stale, or to say why. */
  find(key: Digest | undefined): Frozen | undefined
  /** The places of what a result, or a job of it, has read and that is different now, sorted. */
  changed(frozen: Frozen): readonly string[]
  /** Results of this build that are not the earlier ones of their keys. */
  readonly differences: readonly Difference[]
}

/**
 * Opens the folders of frozen results for one build.
 *
 * @param env Of it WEFT_DATA counts.
 */
export function openResults(
  { root, folder }: Report,
  env: NodeJS.ProcessEnv,
  options: Pick<FreezerOptions, 'layers' | 'writeTo' | 'onDamaged'>,
): Store {
  const reads = openReads(basesOf(root, folder, env))
  const differences: Difference[] = []
  const freezer = openFreezer({
    ...options,
    isCurrent: reads.isCurrent,
    onDiffers: (difference) => differences.push(difference),
  })
  return {
    ...freezer,
    find: (key) => (key === undefined ? undefined : freezer.find(key)),
    changed(frozen) {
      const jobs = (frozen.provenance.jobs ?? []).flatMap((key) => freezer.find(key) ?? [])
      return [...new Set([frozen, ...jobs].flatMap(reads.changed))].sort()
    },
    differences,
  }
}
