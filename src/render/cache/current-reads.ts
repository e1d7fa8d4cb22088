import type { ReadState, StoredResult } from '../model/types.ts'
import type { Bases } from './read-place.ts'
import { isOfData, pathOf } from './read-place.ts'
import { contentOf, presenceOf } from './read-state.ts'

/** Compares what results have read with what is there now. */
export interface CurrentReads {
  /** Whether everything that a task read is as it was. */
  isCurrent(stored: StoredResult): boolean
  /** The places of what is not as it was, in the order of their names. */
  changed(stored: StoredResult): readonly string[]
}

/**
 * Looks at each file once, when it is first asked for. What lies below WEFT_DATA is taken as it was where that is not
 * set, or where its folder is not there: a clone without data still finds what was accepted.
 */
export function openReads(bases: Bases): CurrentReads {
  const hasData = bases.data[0] !== undefined && presenceOf(bases.data[0]) === 'present'
  const contents = new Map<string, ReadState>()
  const contentNow = (path: string) => {
    const state = contents.get(path) ?? contentOf(path, bases.folder)
    contents.set(path, state)
    return state
  }
  const isAsBefore = ([place, before]: [string, ReadState]) => {
    const path = pathOf(place, bases)
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
