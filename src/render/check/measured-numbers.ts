import type { Results } from '../execute/run-report.ts'
import { seededRandom } from '../random.ts'
import type { Json } from '../types.ts'
import type { Dependencies } from './dependencies.ts'
import { allBelow, jobKeysOf } from './dependencies.ts'
import { contentLeaves, differingPaths, leavesOf } from './leaves.ts'
import type { Numbers } from './numbers.ts'
import { numbersOf } from './numbers.ts'
import type { Given, Rerun } from './rerun.ts'
import { isMeasuring, scaleMeasured } from './scale-measured.ts'
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

/**
 * Finds what is measured without relying on names: the report runs once more with every measurement multiplied by a
 * factor of its own, and what comes out otherwise is measured.
 */
export async function measuredNumbers(
  { numbers, results, dependencies, isInScope, seed }: Measuring,
  run: (given: Given) => Promise<Rerun>,
): Promise<MeasuredNumbers> {
  const random = seededRandom(seed)
  // What nothing that was computed again rests on need not be told apart.
  const labels = [...results.cells.keys()].filter((label) => isInScope([label]))
  const inScope = jobKeysOf(allBelow(labels, dependencies), results)
  const measuring = [...results.jobs.values()]
    .filter((job) => inScope.has(job.key) && isMeasuring(job))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  if (measuring.length === 0) return none
  const scaled = new Map(measuring.map((job) => [job.key, scaleMeasured(job, random)]))
  const other = await run({ read: withJobs(results, scaled, dependencies) })
  const broken = [...other.results.cells.values()].flatMap(({ state, cell: { label } }) => {
    const before = results.cells.get(label)
    const isNew = (state === 'failed' || state === 'skipped') && before && 'frozen' in before
    return isNew ? [label] : []
  })
  const strange = numbersOf(other.tree, other.results)
  const restsOnMeasured = (labels: readonly string[]) => {
    const below = allBelow(labels, dependencies)
    return [...jobKeysOf(below, results)].some((key) => scaled.has(key))
  }
  const places = new Map(
    [...numbers.labels].flatMap(([id, label]) =>
      restsOnMeasured([label]) ? [[id, differingPlaces(id, numbers, strange)] as const] : [],
    ),
  )
  return {
    hasShown: (name) => !isEqual(numbers.shown.get(name)?.shown, strange.shown.get(name)?.shown),
    hasPlace: (id, place) => {
      const label = numbers.labels.get(id) ?? id
      return broken.includes(label) || (places.get(id)?.has(place) ?? false)
    },
    hasLeaf: (label, path) => broken.includes(label) || leavesThat(label).has(path),
    broken,
  }

  function leavesThat(label: string): Set<string> {
    const both = [results, other.results].map(({ cells }) => cells.get(label))
    const [a, b] = both.flatMap((one) =>
      one && 'frozen' in one && one.frozen ? [contentLeaves(one.frozen)] : [],
    )
    return new Set(a && b && restsOnMeasured([label]) ? differingPaths(a, b) : [])
  }
}

interface Measuring {
  readonly numbers: Numbers
  readonly results: Results
  readonly dependencies: Dependencies
  isInScope(labels: readonly string[]): boolean
  readonly seed: number
}

const none: MeasuredNumbers = {
  hasShown: () => false,
  hasPlace: () => false,
  hasLeaf: () => false,
  broken: [],
}

function differingPlaces(id: string, a: Numbers, b: Numbers): Set<string> {
  const [tableA = {}, tableB = {}] = [a.tables[id], b.tables[id]]
  const cells = Object.keys({ ...tableA, ...tableB }).filter(
    (place) => !isEqual(tableA[place], tableB[place]),
  )
  const [figureA, figureB] = [a.figures.get(id), b.figures.get(id)]
  const leaves = figureA && figureB ? differingPaths(leavesOf(figureA), leavesOf(figureB)) : []
  return new Set([...cells, ...leaves])
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a as Json) === JSON.stringify(b as Json)
}
