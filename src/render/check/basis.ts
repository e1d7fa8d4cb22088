import type { Results } from '../execute/run-report.ts'
import type { Environment, LockedProfile } from '../model/lock.ts'
import type { Digest, StoredResult } from '../model/types.ts'
import { environmentsOf } from '../results/used.ts'
import type { AcceptedResults } from './accepted-results.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'
import type { Basis } from './judgement.ts'

interface Known {
  readonly locked: LockedProfile
  readonly accepted: AcceptedResults
  readonly results: Results
  readonly dependencies: Dependencies
}

/**
 * Gives the basis of the numbers of some cells: whether they were computed in the same environment, and whether they
 * were trained.
 */
export function basisOf(known: Known): (labels: readonly string[]) => Pick<Basis, 'isSame' | 'isTrained'> {
  const { results, dependencies } = known
  const memory = new Map<string, Pick<Basis, 'isSame' | 'isTrained'>>()
  return (labels) => {
    const below = allBelow(labels, dependencies)
    const name = [...below].join(' ')
    const before = memory.get(name)
    if (before) return before
    const jobs = jobsHere(jobKeysOf(below, results), results)
    const basis = { isSame: isSame(below, jobs, known), isTrained: jobs.some(isTraining) }
    memory.set(name, basis)
    return basis
  }
}

// Results of earlier versions lack this field; treat them as training.
function isTraining({ provenance }: StoredResult): boolean {
  return provenance.usesEngine !== false
}

function isSame(below: ReadonlySet<string>, jobs: readonly StoredResult[], known: Known): boolean {
  const { locked, accepted, results } = known
  const cells = [...below].flatMap((label) => cellHere(label, results))
  const labels = [...below].filter((label) => locked.cells[label] !== undefined)
  const cellsBefore = labels.flatMap((label) => accepted.stored.get(locked.cells[label]!) ?? [])
  const keysBefore = [...new Set(cellsBefore.flatMap(({ provenance }) => provenance.jobs ?? []))]
  const jobsBefore = keysBefore.flatMap((key) => accepted.stored.get(key) ?? [])
  const isKnown = cellsBefore.length === below.size && jobsBefore.length === keysBefore.length
  if (!isKnown) {
    const all = [...results.jobs.values()]
    return jobs.length === 0 || namesOf(environmentsOf(all)) === namesOf(locked.environments)
  }
  return (
    namesOf(environmentsOf(jobs)) === namesOf(environmentsOf(jobsBefore)) &&
    packagesOf([...cells, ...jobs]) === packagesOf([...cellsBefore, ...jobsBefore])
  )
}

function cellHere(label: string, { cells }: Results): StoredResult[] {
  const cellResult = cells.get(label)
  return cellResult && 'stored' in cellResult && cellResult.stored ? [cellResult.stored] : []
}

function jobsHere(keys: ReadonlySet<Digest>, { jobs }: Results): StoredResult[] {
  return [...keys].flatMap((key) => jobs.get(key) ?? [])
}

function namesOf(environments: readonly Environment[]): string {
  return JSON.stringify(environments.map(({ engine, cpu, node }) => [engine, cpu, node]))
}

function packagesOf(results: readonly StoredResult[]): string {
  const parts = results.flatMap(({ parts }) =>
    Object.entries(parts).filter(([name]) => name.startsWith('package:')),
  )
  return [...new Set(parts.map(([name, digest]) => `${name} ${digest}`))].sort().join('\n')
}
