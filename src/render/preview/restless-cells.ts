import type { Store } from '../cache/store.ts'
import type { Digest, Failure, StoredResult } from '../model/types.ts'

// Twice may be chance: someone wrote a file while the cell ran.
const mostRuns = 3

/** Finds cells that change what they read, so that their results are never current: they would run for ever. */
export class RestlessCells {
  readonly #runs = new Map<string, { readonly key: Digest; readonly count: number }>()

  /** Counts a run. Gives the failure of a cell whose results were out of date at once several times. */
  failureOf(stored: StoredResult, store: Store): Failure | undefined {
    const { label } = stored.provenance
    const changed = store.changed(stored)
    const before = this.#runs.get(label)
    this.#runs.delete(label)
    if (changed.length === 0) return undefined
    const count = before?.key === stored.key ? before.count + 1 : 1
    if (count < mostRuns) this.#runs.set(label, { key: stored.key, count })
    if (count < mostRuns) return undefined
    const message = `changed ${changed.join(', ')}, which it or its job reads, expected files that stay as they are: its result is out of date when it is there`
    return { kind: 'error', message }
  }
}
