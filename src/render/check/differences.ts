import type { Results } from '../execute/run-report.ts'
import type { Digest, Json, StoredResult } from '../model/types.ts'
import { type Numbers, numbersOf } from './numbers.ts'
import type { Rerun, RerunInputs } from './rerun.ts'

/** The differences in another run of a report. */
export interface Differences {
  /** Whether a value or claim differs, by its id; true also if it has no value there. */
  hasShown(id: string): boolean
  /** Whether a number of a table or a leaf of a figure's specification differs, by the id and its place. */
  hasPlace(id: string, place: string): boolean
  /** Whether a leaf of a cell's outputs and exports differs, by its path. */
  hasLeaf(label: string, path: string): boolean
}

/** Compares a run of a report with another one. */
export function differencesOf(
  { numbers, results }: { readonly numbers: Numbers; readonly results: Results },
  other: Rerun,
): Differences {
  const strange = numbersOf(other.results)
  const ids = [...numbers.labels.keys()]
  const places = new Map(ids.map((id) => [id, differingPlaces(id, numbers, strange)]))
  const leaves = new Map<string, Set<string>>()
  const leavesThat = (label: string) => {
    const found = leaves.get(label) ?? differingLeaves(label, results, other.results)
    leaves.set(label, found)
    return found
  }
  return {
    hasShown(id) {
      const [a, b] = [numbers, strange].map(({ shown }) => shown.get(id)?.shown)
      return !isEqual(a, b)
    },
    hasPlace: (id, place) => places.get(id)?.has(place) ?? false,
    hasLeaf: (label, path) => leavesThat(label).has(path),
  }
}

function differingLeaves(label: string, ...runs: readonly [Results, Results]): Set<string> {
  const [a, b] = runs.map(({ cells }) => {
    const cellResult = cells.get(label)
    return cellResult && 'stored' in cellResult && cellResult.stored
      ? contentLeaves(cellResult.stored)
      : undefined
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
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A number that differs between two runs could match the accepted one only by chance. */
export const twoComputations = { verdict: 'differs', rule: 'differs between two computations' } as const

interface Known {
  readonly numbers: Numbers
  readonly results: Results
  isInScope(labels: readonly string[]): boolean
}

/** Runs every cell in scope once more on the same jobs, and gives the differences although nothing changed. */
export async function unstableNumbers(
  known: Known,
  run: (inputs: RerunInputs) => Promise<Rerun>,
): Promise<Differences> {
  const { results, isInScope } = known
  const outside = [...results.cells].flatMap(([label, cellResult]) => {
    const stored = 'stored' in cellResult ? cellResult.stored : undefined
    return stored && !isInScope([label]) ? [[stored.key, stored] as const] : []
  })
  const kept = new Map(outside)
  const read = (key: Digest) => results.jobs.get(key) ?? kept.get(key)
  return differencesOf(known, await run({ read }))
}

/** Lists the numbers, texts and booleans in JSON by path, such as `.data.values[2].loss`; also empty containers. */
export function leavesOf(value: Json, path = ''): Map<string, Json> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  const members = Array.isArray(value)
    ? value.map((item, index) => leavesOf(item, `${path}[${index}]`))
    : Object.entries(value).map(([name, item]) => leavesOf(item, `${path}${memberOf(name)}`))
  if (members.length === 0) return new Map([[path, Array.isArray(value) ? '[]' : '{}']])
  return new Map(members.flatMap((leaves) => [...leaves]))
}

/** Lists the paths where two lists of leaves differ, in the order of the first list. */
export function differingPaths(a: ReadonlyMap<string, Json>, b: ReadonlyMap<string, Json>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => !Object.is(a.get(path), b.get(path)))
}

/** Lists the leaves of a cell's outputs and exports. */
export function contentLeaves({
  shown,
  exports,
}: Pick<StoredResult, 'shown' | 'exports'>): Map<string, Json> {
  return leavesOf({ shown, exports } as unknown as Json)
}

function memberOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}
