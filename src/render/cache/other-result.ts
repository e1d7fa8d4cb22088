import { canonicalJson } from '../model/digest.ts'
import { firstDifference, type JsonDifference } from '../model/first-difference.ts'
import type { Json, StoredResult } from '../model/types.ts'

/** Two results of one key that should be equal. */
export interface Difference {
  readonly now: StoredResult
  readonly before: StoredResult
  /** File of the earlier one. */
  readonly beforePath: string
  /** File of the new one, which may be the same. */
  readonly nowPath: string
  /** Where they first differ, and what is there; undefined where there is nothing. */
  readonly member: JsonDifference
}

/**
 * Finds the first place at which a result computed again differs from an earlier one of its key, in what must
 * reproduce: what it shows and exports. Gives undefined if they agree, or if they may differ: because other files,
 * another engine, another kind of processor or another major version of Node computed them.
 */
export function differenceOf(before: StoredResult, now: StoredResult): JsonDifference | undefined {
  if (conditionsOf(before) !== conditionsOf(now)) return undefined
  const [one, other] = [before, now].map(({ shown, exports }) => ({ shown, exports }) as unknown as Json)
  return firstDifference(one, other)
}

function conditionsOf({ provenance }: StoredResult): string {
  const { node, platform, cpu, engine = '', threads = 0, reads = {} } = provenance
  return canonicalJson([node.split('.')[0]!, platform, cpu, engine, threads, reads])
}
