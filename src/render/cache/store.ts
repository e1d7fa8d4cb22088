import type { Digest, ReadState, Report, StoredResult } from '../model/types.ts'
import type { Difference } from './other-result.ts'
import type { Bases } from './read-place.ts'
import { basesOf, isOfData, pathOfPlace } from './read-place.ts'
import { contentOf, presenceOf } from './read-state.ts'
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
  options: Pick<ResultStoreOptions, 'layers' | 'writeTo' | 'onDamaged' | 'memory'>,
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

// Compares what results have read with what is there now.
interface CurrentReads {
  /** Whether everything that a task read is as it was. */
  isCurrent(stored: StoredResult): boolean
  /** The places of what is not as it was, in the order of their names. */
  changed(stored: StoredResult): readonly string[]
}

// Looks at each file once, when it is first asked for. What lies below WEFT_DATA is taken as it was where that is not
// set, or where its folder is not there: a clone without data still finds what was accepted.
function openReads(bases: Bases): CurrentReads {
  const hasData = bases.data[0] !== undefined && presenceOf(bases.data[0]) === 'present'
  const contents = new Map<string, ReadState>()
  const contentNow = (path: string) => {
    const state = contents.get(path) ?? contentOf(path, bases.folder)
    contents.set(path, state)
    return state
  }
  const isAsBefore = ([place, before]: [string, ReadState]) => {
    const path = pathOfPlace(place, bases)
    if (path === undefined) return true
    if (isOfData(place) && !hasData) return true
    return before === 'present' ? presenceOf(path) === before : contentNow(path) === before
  }
  const changed = ({ provenance }: StoredResult) =>
    Object.entries(provenance.reads ?? {})
      .filter((read) => !isAsBefore(read))
      .map(([place]) => place)
      .sort()
  return { changed, isCurrent: (stored) => changed(stored).length === 0 }
}
