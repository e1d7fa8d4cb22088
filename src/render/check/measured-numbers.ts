import type { Results } from '../execute/run-report.ts'
import type { Digest, Frozen, Json } from '../types.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'
import { contentLeaves, differingPaths, leavesOf } from './leaves.ts'
import type { Numbers } from './numbers.ts'
import { numbersOf } from './numbers.ts'
import type { Given, Rerun } from './rerun.ts'
import type { Remeasure } from './scale-measured.ts'
import { isMeasuring, measureAsAccepted, scaleEach, scaleGroups } from './scale-measured.ts'
import { withJobs } from './with-jobs.ts'

/** Which numbers rest on times or other measurements. */
export interface MeasuredNumbers {
  /** A value or claim by its identity. */
  hasShown(name: string): boolean
  /** A number of a table, or a leaf of a figure's specification, by the id and its place. */
  hasPlace(id: string, place: string): boolean
  /** A leaf of what a cell shows and exports, by its path. */
  hasLeaf(label: string, path: string): boolean
  /** Cells that failed with strange measurements: all that rests on them is taken for measured. */
  readonly broken: readonly string[]
}

export interface Measuring {
  readonly numbers: Numbers
  readonly results: Results
  readonly dependencies: Dependencies
  readonly accepted: ReadonlyMap<Digest, Frozen>
  readonly seed: number
  isInScope(labels: readonly string[]): boolean
}

/**
 * Finds what is measured without relying on names: the report runs again on the same jobs with other measurements, and
 * what comes out otherwise is measured. What is chosen by times, as the soonest of some, need not change with the first
 * others: they are changed in several ways.
 */
export async function measuredNumbers(
  known: Measuring,
  run: (given: Given) => Promise<Rerun>,
): Promise<MeasuredNumbers> {
  const { results, dependencies, accepted, seed } = known
  const jobs = measuringJobs(known)
  if (jobs.length === 0) return anyOf([])
  const first = await remeasured(known, scaleEach(seed), run)
  const broken = brokenIn(first.results, results)
  const isKept = jobs.every(({ key }) => accepted.has(key))
  // Where it is known what was measured then, nothing else can explain a difference.
  const others = isKept
    ? [scaleGroups(seed + 1), measureAsAccepted(accepted)]
    : [scaleGroups(seed + 1), scaleGroups(seed + 2), scaleGroups(seed + 3)]
  const found = [differences(known, first, true)]
  for (const other of others) found.push(differences(known, await remeasured(known, other, run), false))
  const rests = (label: string) => [...allBelow([label], dependencies)].some((one) => broken.includes(one))
  const { numbers } = known
  const ofBroken: MeasuredNumbers = {
    hasShown: () => false,
    hasPlace: (id) => rests(numbers.labels.get(id) ?? id),
    hasLeaf: (label) => rests(label),
    broken,
  }
  return anyOf([...found, ofBroken])
}

function measuringJobs({ results, dependencies, isInScope }: Measuring): Frozen[] {
  // What nothing that was computed again rests on need not be told apart.
  const labels = [...results.cells.keys()].filter((label) => isInScope([label]))
  const inScope = jobKeysOf(allBelow(labels, dependencies), results)
  const jobs = [...results.jobs.values()].filter((job) => inScope.has(job.key) && isMeasuring(job))
  return jobs.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function remeasured(
  known: Measuring,
  remeasure: Remeasure,
  run: (given: Given) => Promise<Rerun>,
): Promise<Rerun> {
  const { results, dependencies } = known
  return run({ read: withJobs(results, remeasure(measuringJobs(known)), dependencies) })
}

function brokenIn({ cells }: Results, before: Results): string[] {
  return [...cells.values()].flatMap(({ state, cell: { label } }) => {
    const was = before.cells.get(label)
    return (state === 'failed' || state === 'skipped') && was && 'frozen' in was ? [label] : []
  })
}

// @param isAbsentOther Whether what has no value with other measurements is measured too.
function differences({ numbers, results }: Measuring, other: Rerun, isAbsentOther: boolean): MeasuredNumbers {
  const strange = numbersOf(other.tree, other.results)
  const ids = [...numbers.labels.keys()]
  const places = new Map(ids.map((id) => [id, differingPlaces(id, numbers, strange)]))
  const leaves = new Map<string, Set<string>>()
  const leavesThat = (label: string) => {
    const found = leaves.get(label) ?? differingLeaves(label, results, other.results)
    leaves.set(label, found)
    return found
  }
  return {
    hasShown(name) {
      const [a, b] = [numbers, strange].map(({ shown }) => shown.get(name)?.shown)
      return b ? !isEqual(a, b) : isAbsentOther
    },
    hasPlace: (id, place) => places.get(id)?.has(place) ?? false,
    hasLeaf: (label, path) => leavesThat(label).has(path),
    broken: [],
  }
}

function anyOf(all: readonly MeasuredNumbers[]): MeasuredNumbers {
  return {
    hasShown: (name) => all.some((one) => one.hasShown(name)),
    hasPlace: (id, place) => all.some((one) => one.hasPlace(id, place)),
    hasLeaf: (label, path) => all.some((one) => one.hasLeaf(label, path)),
    broken: all.flatMap(({ broken }) => broken),
  }
}

function differingLeaves(label: string, ...runs: readonly [Results, Results]): Set<string> {
  const [a, b] = runs.map(({ cells }) => {
    const settled = cells.get(label)
    return settled && 'frozen' in settled && settled.frozen ? contentLeaves(settled.frozen) : undefined
  })
  return new Set(a && b && differingPaths(a, b))
}

function differingPlaces(id: string, a: Numbers, b: Numbers): Set<string> {
  const [tableA, tableB] = [a.tables[id], b.tables[id]]
  const cells = tableA && tableB ? Object.keys({ ...tableA, ...tableB }) : []
  const [figureA, figureB] = [a.figures.get(id), b.figures.get(id)]
  const leaves = figureA && figureB ? differingPaths(leavesOf(figureA), leavesOf(figureB)) : []
  return new Set([...cells.filter((place) => !isEqual(tableA?.[place], tableB?.[place])), ...leaves])
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a as Json) === JSON.stringify(b as Json)
}
