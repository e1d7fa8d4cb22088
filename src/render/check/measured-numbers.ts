import type { Results } from '../execute/run-report.ts'
import type { Digest, StoredResult } from '../model/types.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf, labelsOf } from './dependencies.ts'
import { differencesOf } from './differences.ts'
import type { Moved } from './moved.ts'
import { movedOf, still } from './moved.ts'
import type { Numbers } from './numbers.ts'
import { numbersOf } from './numbers.ts'
import type { Rerun, RerunInputs } from './rerun.ts'
import { withJobs } from './rerun.ts'
import type { Remeasure } from './scale-measured.ts'
import { isMeasuring, measureAsAccepted, scaleEach, scaleGroups } from './scale-measured.ts'

/** Which numbers rest on times or other measurements. */
export interface MeasuredNumbers {
  /** What moves of a value or claim, by its id. */
  movedOf(id: string): Moved
  /** Whether a value or claim came to nothing with strange measurements: nothing of it can be told apart. */
  isLost(id: string): boolean
  /** A number of a table, or a leaf of a figure's specification, by the id and its place. */
  hasPlace(id: string, place: string): boolean
  /** A leaf of what a cell shows and exports, by its path. */
  hasLeaf(label: string, path: string): boolean
  /** Cells that failed with strange measurements: all that rests on them is taken for measured. */
  readonly broken: readonly string[]
}

interface Measuring {
  readonly numbers: Numbers
  readonly results: Results
  readonly dependencies: Dependencies
  /** What the accepted jobs measured, as far as it is known. */
  readonly accepted: ReadonlyMap<Digest, StoredResult['measured']>
  readonly seed: number
  isInScope(labels: readonly string[]): boolean
}

/**
 * Finds what is measured without relying on names: the report runs again on the same jobs with other measurements, and
 * what rests on these jobs and comes out otherwise is measured. What is chosen by times, as the soonest of some, need
 * not change with the first others: they are changed in several ways.
 */
export async function measuredNumbers(
  known: Measuring,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<MeasuredNumbers> {
  const { accepted, seed } = known
  const jobs = measuringJobs(known)
  if (jobs.length === 0) return nothing
  const isKept = jobs.every(({ key }) => accepted.has(key))
  // Where it is known what was measured then, nothing else can explain a difference.
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
  // Asked for every datum of a figure.
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
  // What nothing that was computed again rests on need not be told apart.
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
