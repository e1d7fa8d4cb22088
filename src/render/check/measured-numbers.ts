import { seededRandom } from '../../statistics/random.ts'
import { toStoredResult } from '../cache/result-store.ts'
import type { Results } from '../execute/run-report.ts'
import { canonicalJson } from '../model/digest.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'
import { allBelow, type Dependencies, jobKeysOf, labelsOf } from './dependencies.ts'
import { differencesOf } from './differences.ts'
import { type Moved, movedOf, still } from './moved.ts'
import { type Numbers, numbersOf } from './numbers.ts'
import { type Rerun, type RerunInputs, withJobs } from './rerun.ts'

/** Which numbers depend on times or other measurements. */
export interface MeasuredNumbers {
  /** The parts of a value or claim that change with measurements, by its id. */
  movedOf(id: string): Moved
  /** Whether a value or claim fails with the changed measurements, so that its measured parts cannot be found. */
  isLost(id: string): boolean
  /** Whether a number of a table or a leaf of a figure's specification is measured, by the id and its place. */
  hasPlace(id: string, place: string): boolean
  /** Whether a leaf of a cell's outputs and exports is measured, by its path. */
  hasLeaf(label: string, path: string): boolean
  /** Cells that failed with the changed measurements: everything that depends on them counts as measured. */
  readonly broken: readonly string[]
}

interface Measuring {
  readonly numbers: Numbers
  readonly results: Results
  readonly dependencies: Dependencies
  /** The measurements of the accepted jobs, as far as known. */
  readonly accepted: ReadonlyMap<Digest, StoredResult['measured']>
  readonly seed: number
  isInScope(labels: readonly string[]): boolean
}

/**
 * Finds measured numbers without relying on names. The report runs again on the same jobs with other measurements: a
 * number that depends on these jobs and changes is measured. A choice made by times, such as the fastest of several,
 * may survive one change, so the measurements are changed in several ways.
 */
export async function measuredNumbers(
  known: Measuring,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<MeasuredNumbers> {
  const { accepted, seed } = known
  const jobs = measuringJobs(known)
  if (jobs.length === 0) return nothing
  const isKept = jobs.every(({ key }) => accepted.has(key))
  // If the accepted measurements are known, only they can explain a difference.
  const others = isKept
    ? [scaleEach(seed), scaleGroups(seed + 1), measureAsAccepted(accepted)]
    : [scaleEach(seed), scaleGroups(seed + 1), scaleGroups(seed + 2), scaleGroups(seed + 3)]
  const runs: Rerun[] = []
  for (const other of others) runs.push(await remeasured(known, other, run))
  return gathered(known, runs)
}

const nothing: MeasuredNumbers = {
  movedOf: () => still,
  isLost: () => false,
  hasPlace: () => false,
  hasLeaf: () => false,
  broken: [],
}

function gathered(known: Measuring, runs: readonly Rerun[]): MeasuredNumbers {
  const { numbers, results, dependencies } = known
  const measuring = new Set(measuringJobs(known).map(({ key }) => key))
  const broken = brokenIn(runs[0]!.results, results)
  const differences = runs.map((run) => differencesOf(known, run))
  const strange = runs.map(({ results }) => numbersOf(results).shown)
  const rests = (labels: readonly string[]) =>
    [...jobKeysOf(allBelow(labels, dependencies), results)].some((key) => measuring.has(key))
  // Computed once, because `hasPlace` is called for every datum of a figure.
  const resting = new Set([...results.cells.keys()].filter((label) => rests([label])))
  const isBroken = (label: string) => [...allBelow([label], dependencies)].some((one) => broken.includes(one))
  const restingShown = (id: string) => {
    const { expression, shown } = numbers.shown.get(id) ?? {}
    return shown && rests(labelsOf(expression!.source, shown.read, dependencies)) ? shown : undefined
  }
  return {
    movedOf(id) {
      const here = restingShown(id)
      return here
        ? movedOf(
            here,
            strange.flatMap((shown) => shown.get(id)?.shown ?? []),
          )
        : still
    },
    isLost: (id) => restingShown(id) !== undefined && !strange[0]!.get(id)?.shown,
    hasPlace(id, place) {
      const label = numbers.labels.get(id) ?? id
      return resting.has(label) && (isBroken(label) || differences.some((one) => one.hasPlace(id, place)))
    },
    hasLeaf: (label, path) =>
      resting.has(label) && (isBroken(label) || differences.some((one) => one.hasLeaf(label, path))),
    broken,
  }
}

function measuringJobs({ results, dependencies, isInScope }: Measuring): StoredResult[] {
  // Only measurements that something in scope depends on matter.
  const labels = [...results.cells.keys()].filter((label) => isInScope([label]))
  const inScope = jobKeysOf(allBelow(labels, dependencies), results)
  const jobs = [...results.jobs.values()].filter((job) => inScope.has(job.key) && isMeasuring(job))
  return jobs.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function remeasured(
  known: Measuring,
  remeasure: Remeasure,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<Rerun> {
  const { results, dependencies } = known
  return run({ read: withJobs(results, remeasure(measuringJobs(known)), dependencies) })
}

function brokenIn({ cells }: Results, before: Results): string[] {
  return [...cells.values()].flatMap(({ state, cell: { label } }) => {
    const was = before.cells.get(label)
    return (state === 'failed' || state === 'skipped') && was && 'stored' in was ? [label] : []
  })
}

/** Gives jobs with measurements as from another machine. */
export type Remeasure = (jobs: readonly StoredResult[]) => ReadonlyMap<Digest, StoredResult>

/** Multiplies every measured number by its own factor, 1.3 to 3. */
export function scaleEach(seed: number): Remeasure {
  const { uniform } = seededRandom(seed)
  const factor = () => 1.3 + 1.7 * uniform()
  return (jobs) => new Map(jobs.map((job) => [job.key, withMeasured(job, scale(job.measured, factor))]))
}

/**
 * Multiplies the measurements of jobs that differ only in their seed by one factor, 1/30 to 30: another group becomes
 * the fastest, and the seeds still agree about it.
 */
export function scaleGroups(seed: number): Remeasure {
  const { uniform } = seededRandom(seed)
  return (jobs) => {
    const groups = [...new Set(jobs.map(groupOf))].sort()
    const factors = new Map(groups.map((group) => [group, 30 ** (2 * uniform() - 1)]))
    return new Map(
      jobs.map((job) => [
        job.key,
        withMeasured(
          job,
          scale(job.measured, () => factors.get(groupOf(job))!),
        ),
      ]),
    )
  }
}

/** Gives jobs their accepted measurements beside their current results. */
export function measureAsAccepted(accepted: ReadonlyMap<Digest, StoredResult['measured']>): Remeasure {
  return (jobs) =>
    new Map(
      jobs.flatMap((job) => {
        const before = accepted.get(job.key)
        return before ? [[job.key, withMeasured(job, before)] as const] : []
      }),
    )
}

/** Checks whether a job measured anything. */
export function isMeasuring({ measured }: StoredResult): boolean {
  return Object.keys(measured).length > 0
}

function withMeasured(job: StoredResult, measured: Json): StoredResult {
  return toStoredResult({ ...job, measured: measured as StoredResult['measured'] })
}

function groupOf({ key, provenance: { job } }: StoredResult): string {
  return job ? canonicalJson([job.module, job.name, job.params]) : key
}

function scale(value: Json, factor: () => number): Json {
  // A factor would not change a zero.
  if (typeof value === 'number') return value === 0 ? factor() : value * factor()
  if (Array.isArray(value)) return value.map((item) => scale(item, factor))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scale(item, factor)]))
}
