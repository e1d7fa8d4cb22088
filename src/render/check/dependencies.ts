import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Results } from '../execute/run-report.ts'
import type { Environment, LockedProfile } from '../model/lock.ts'
import type { Digest, Json, ReportTree, StoredResult } from '../model/types.ts'
import { environmentsOf } from '../results/used.ts'
import type { AcceptedResults } from './accepted-results.ts'
import type { Basis } from './judgement.ts'

/** Which cells depend on which, from the names that their bundles use. */
export interface Dependencies {
  /** Export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
  /** Label -> the labels that it depends on, directly or not, including itself; in document order. */
  readonly below: ReadonlyMap<string, ReadonlySet<string>>
}

/** Finds the dependencies of every cell. A cell that cannot be bundled depends only on itself. */
export function dependenciesOf(tree: ReportTree, { cells, owners }: BundledReport): Dependencies {
  const below = new Map<string, ReadonlySet<string>>()
  for (const { label } of tree.cells) {
    const needs = cells.get(label)?.needs ?? []
    // Cells see only earlier cells.
    const all = needs.flatMap((name) => [...(below.get(owners.get(name) ?? '') ?? [])])
    below.set(label, new Set([...all, label]))
  }
  return { owners, below }
}

/** Gives the cells whose exports an expression names or read. */
export function labelsOf(
  source: string,
  read: { readonly [path: string]: Json },
  { owners }: Dependencies,
): string[] {
  // Reading the length of an array is not recorded, so the names in the expression count too; members such as
  // `.plain` and texts in quotes do not.
  const words =
    source
      .replace(/'[^']*'|"[^"]*"/g, "''")
      .match(/(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []
  const roots = Object.keys(read).map((path) => /^[^.[]+/.exec(path)?.[0] ?? path)
  return [...new Set([...words, ...roots].flatMap((name) => owners.get(name) ?? []))]
}

/** Gives all cells that some cells depend on, including themselves. */
export function allBelow(labels: readonly string[], { below }: Dependencies): Set<string> {
  return new Set(labels.flatMap((label) => [...(below.get(label) ?? [label])]))
}

/** Gives the cells that depend on any of some cells, including those. */
export function allAbove(labels: ReadonlySet<string>, { below }: Dependencies): string[] {
  return [...below].filter(([, rests]) => [...rests].some((one) => labels.has(one))).map(([label]) => label)
}

/** Gives the keys of the jobs that some cells requested. */
export function jobKeysOf(labels: ReadonlySet<string>, { cells }: Pick<OfCells, 'cells'>): Set<Digest> {
  return new Set([...labels].flatMap((label) => cellHere(label, { cells })[0]?.provenance.jobs ?? []))
}

/** The results of some cells and of their jobs. */
export interface OfCells {
  readonly cells: ReadonlyMap<string, { readonly stored?: StoredResult } | object>
  readonly jobs: Results['jobs']
}

interface Known {
  readonly locked: Pick<LockedProfile, 'cells' | 'environments'>
  readonly accepted: Pick<AcceptedResults, 'stored'>
  readonly results: OfCells
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

function cellHere(label: string, { cells }: Pick<OfCells, 'cells'>): StoredResult[] {
  const cellResult = cells.get(label)
  return cellResult && 'stored' in cellResult && cellResult.stored ? [cellResult.stored] : []
}

function jobsHere(keys: ReadonlySet<Digest>, { jobs }: OfCells): StoredResult[] {
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
