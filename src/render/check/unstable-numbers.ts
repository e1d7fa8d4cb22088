import type { Results } from '../execute/run-report.ts'
import type { Digest } from '../model/types.ts'
import type { Differences } from './differences.ts'
import { differencesOf } from './differences.ts'
import type { Numbers } from './numbers.ts'
import type { Given, Rerun } from './rerun.ts'

/** What is not the same twice cannot be the accepted one but by chance. */
export const twoComputations = { verdict: 'differs', rule: 'differs between two computations' } as const

interface Known {
  readonly numbers: Numbers
  readonly results: Results
  isInScope(labels: readonly string[]): boolean
}

/** Runs every cell in scope once more on the same jobs, and gives what comes out otherwise although nothing changed. */
export async function unstableNumbers(
  known: Known,
  run: (given: Given) => Promise<Rerun>,
): Promise<Differences> {
  const { results, isInScope } = known
  const outside = [...results.cells].flatMap(([label, cellResult]) => {
    const stored = 'stored' in cellResult ? cellResult.stored : undefined
    return stored && !isInScope([label]) ? [[stored.key, stored] as const] : []
  })
  const given = new Map(outside)
  const read = (key: Digest) => results.jobs.get(key) ?? given.get(key)
  return differencesOf(known, await run({ read }))
}
