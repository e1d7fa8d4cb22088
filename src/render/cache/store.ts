import type { Digest, Provenance, ReadState, Report, StoredResult } from '../model/types.ts'
import type { Difference } from './provenance.ts'
import { type Bases, basesOf, contentOf, fileState, isOfData, pathOfPlace, presenceOf } from './reads.ts'
import { openResultStore, type ResultStore, type ResultStoreOptions } from './result-store.ts'

/** The stored results of a report. A result counts only while the files that its task has read are unchanged. */
export interface Store extends ResultStore {
  /** Gives the result of a key even if it may no longer be used: to show it as stale, or to say why it is. */
  find(key: Digest | undefined): StoredResult | undefined
  /** Lists the places that a result or one of its jobs has read, and that have changed since, sorted. */
  changed(stored: { readonly provenance: Pick<Provenance, 'jobs' | 'reads'> }): readonly string[]
  /** The results of this build that differ from earlier ones of their keys. */
  readonly differences: readonly Difference[]
}

/**
 * Opens the folders of stored results for one build.
 *
 * @param env only its WEFT_DATA is used
 */
export function openResults(
  { root, folder }: Pick<Report, 'root' | 'folder'>,
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

/**
 * Opens a comparison of what jobs of other machines have read with what is here. It lists the places of files that a
 * result was made from, and that are others here.
 *
 * @param env only its WEFT_DATA is used
 */
export function openElsewhere(
  { root, folder }: Pick<Report, 'root' | 'folder'>,
  env: NodeJS.ProcessEnv,
): (stored: StoredResult) => readonly string[] {
  const bases = basesOf(root, folder, env)
  let reads = openReads(bases)
  let looked = ''
  return (stored) => {
    const others = reads.changed(stored)
    if (others.length === 0) return []
    // They may have changed since they were read.
    const states = others.map((place) => fileState(pathOfPlace(place, bases)!)).join()
    if (states === looked) return others
    looked = states
    reads = openReads(bases)
    return reads.changed(stored)
  }
}

// Compares the files that results have read with those that are there now.
interface CurrentReads {
  /** Says whether everything that a task has read is unchanged. */
  isCurrent(stored: StoredResult): boolean
  /** Lists the places that have changed, sorted. */
  changed(stored: { readonly provenance: Pick<Provenance, 'reads'> }): readonly string[]
}

// Looks at each file once, when it is first asked for. Files below WEFT_DATA count as unchanged if that is not set or
// its folder is missing, so that a clone without data still finds accepted results.
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
  const changed: CurrentReads['changed'] = ({ provenance }) =>
    Object.entries(provenance.reads ?? {})
      .filter((read) => !isAsBefore(read))
      .map(([place]) => place)
      .sort()
  return { changed, isCurrent: (stored) => changed(stored).length === 0 }
}
