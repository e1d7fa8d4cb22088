import { seededRandom } from '../../statistics/random.ts'
import type { LockedProfile } from '../model/lock.ts'
import { suggestion } from '../model/nearest.ts'
import type { Digest, ReportTree, StoredResult } from '../model/types.ts'
import type { AcceptedResults } from './accepted-results.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow } from './dependencies.ts'

/** The part of a report to recompute. */
export type Scope =
  | { readonly kind: 'all' }
  /** These cells and their dependencies. */
  | { readonly kind: 'only'; readonly labels: readonly string[] }
  /** This many jobs, chosen by the seed. */
  | { readonly kind: 'sample'; readonly count: number }

/** Reads the scope from the options; throws an Error if they are invalid. */
export function scopeOf(
  asked: { readonly only?: readonly string[]; readonly sample?: number },
  { kept, jobs }: LockedProfile,
  { cells, report }: ReportTree,
): Scope {
  const { only, sample } = asked
  if (only === undefined && sample === undefined) return { kind: 'all' }
  if (only !== undefined && sample !== undefined)
    throw new Error('Unexpected --sample with --only, expected one of them')
  if (!kept) {
    const reason = `the results of the profile \`${report.profile}\` are not kept (it was accepted with --lock-only)`
    throw new Error(`Cannot check a part, ${reason}: check the whole of it`)
  }
  if (sample !== undefined)
    return sample >= Object.keys(jobs).length ? { kind: 'all' } : { kind: 'sample', count: sample }
  const known = cells.map(({ label }) => label)
  const unknown = only!.find((label) => !known.includes(label))
  if (unknown !== undefined)
    throw new Error(`Unknown label \`${unknown}\`, expected that of a cell${suggestion(unknown, known)}`)
  return { kind: 'only', labels: only! }
}

/** Gives the results that a scope may reuse: the accepted ones, except those to recompute. */
export function reusable(
  scope: Scope,
  { locked, accepted, dependencies, seed }: Known,
): (key: Digest) => StoredResult | undefined {
  if (scope.kind === 'all') return () => undefined
  const { stored, damaged, changed } = accepted
  const again = scope.kind === 'only' ? cellsAgain(scope.labels) : jobsAgain(scope.count)
  return (key) => (again.has(key) || damaged.has(key) || changed.has(key) ? undefined : stored.get(key))

  function cellsAgain(labels: readonly string[]): Set<Digest> {
    const keys = [...allBelow(labels, dependencies)].flatMap((label) => locked.cells[label] ?? [])
    return new Set(keys.flatMap((key) => [key, ...(stored.get(key)?.provenance.jobs ?? [])]))
  }

  function jobsAgain(count: number): Set<Digest> {
    const drawn = seededRandom(seed).shuffle(Object.keys(locked.jobs).sort()).slice(0, count)
    return new Set([...drawn, ...Object.values(locked.cells)])
  }
}

interface Known {
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  readonly dependencies: Dependencies
  readonly seed: number
}
