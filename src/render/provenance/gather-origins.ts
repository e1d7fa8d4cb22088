import { dataSetsOf, describedIn, namedIn } from '../assemble/registers/data-sets.ts'
import type { Results } from '../execute/run-report.ts'
import type { Bundle, Cell, Digest, ReportTree, StoredResult } from '../model/types.ts'
import type { Dependencies } from './schema.ts'

/** A cell that has a result, with its direct dependencies. */
export interface CellOrigin {
  readonly cell: Cell
  readonly stored: StoredResult
  readonly isStale: boolean
  /** Labels of the cells whose exports it reads. */
  readonly needs: readonly string[]
  readonly jobs: readonly Digest[]
  readonly params: readonly string[]
  readonly dataSets: readonly string[]
  /** Data files: path -> digest. */
  readonly files: Readonly<Record<string, string>>
}

/** A job with a stored result, and its dependencies. */
export interface JobOrigin {
  readonly stored: StoredResult
  readonly request: NonNullable<StoredResult['provenance']['job']>
  readonly dataSets: readonly string[]
  readonly files: Readonly<Record<string, string>>
}

/** The dependencies of a report's results, by cell and by job. They come only from stored results and sources. */
export interface Origins {
  /** By label, in document order. */
  readonly cells: ReadonlyMap<string, CellOrigin>
  /** By key, in the order of the keys. */
  readonly jobs: ReadonlyMap<Digest, JobOrigin>
  /** Name of an export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
  readonly dataSets: ReturnType<typeof dataSetsOf>
}

/** Gathers the dependencies of each cell and each job of a report. */
export function gatherOrigins(tree: ReportTree, { cells, jobs, bundles }: Results): Origins {
  const cellResults = tree.cells.flatMap(({ label }) => {
    const one = cells.get(label)
    return one && 'stored' in one && one.stored
      ? [{ cell: one.cell, stored: one.stored, isStale: one.state === 'stale' }]
      : []
  })
  const owners = new Map(
    cellResults.flatMap(({ cell, stored }) =>
      Object.keys(stored.exports).map((name) => [name, cell.label] as const),
    ),
  )
  const origins = cellResults.map((one) =>
    cellOrigin(one, owners, one.isStale ? {} : bundles.get(one.cell.label)?.inputs),
  )
  const kept = [...jobs].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, job]) => jobOrigin(key, job))
  return {
    cells: new Map(origins.map((origin) => [origin.cell.label, origin])),
    jobs: new Map(kept),
    owners,
    dataSets: dataSetsOf({ cells: origins, jobs: kept.map(([, job]) => job) }),
  }
}

function cellOrigin(
  cellResult: Pick<CellOrigin, 'cell' | 'stored' | 'isStale'>,
  owners: ReadonlyMap<string, string>,
  inputs: Bundle['inputs'] = {},
): CellOrigin {
  const { exports, parts, provenance } = cellResult.stored
  const needs = partsOf(parts, 'export:').flatMap((name) => owners.get(name) ?? [])
  const imported = Object.entries(inputs).filter(([file]) => isData(file))
  return {
    ...cellResult,
    needs: [...new Set(needs)],
    jobs: provenance.jobs ?? [],
    params: partsOf(parts, 'param:'),
    dataSets: describedIn(exports),
    files: { ...Object.fromEntries(imported), ...provenance.reads },
  }
}

function jobOrigin(key: Digest, stored: StoredResult): [Digest, JobOrigin][] {
  const { job: request, reads = {} } = stored.provenance
  if (!request) return []
  const dataSets = [...new Set([...namedIn(request.params), ...describedIn(stored.exports)])]
  return [[key, { stored, request, dataSets, files: reads }]]
}

function partsOf(parts: StoredResult['parts'], prefix: string): string[] {
  return Object.keys(parts)
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length))
    .sort()
}

/** Says whether an imported file is data, not code. */
export function isData(file: string): boolean {
  return !/\.[cm]?[jt]sx?$/.test(file)
}

/** The sets of dependencies of numbers, each once. */
export interface DependencySets {
  /** Gives the index of the set with these cells and params and all their dependencies. */
  of(cells: Iterable<string>, params?: readonly string[]): number
  readonly list: readonly Dependencies[]
}

/** Opens an empty list of dependency sets. */
export function openDependencySets(origins: Origins): DependencySets {
  const list: Dependencies[] = []
  const numbers = new Map<string, number>()
  return {
    list,
    of(labels, params = []) {
      const cells = withAbove(labels, origins)
      const id = JSON.stringify([cells.map(({ cell }) => cell.label), [...params].sort()])
      if (!numbers.has(id)) numbers.set(id, list.push(dependenciesOf(cells, params, origins)) - 1)
      return numbers.get(id)!
    },
  }
}

/** Adds to some cells those that they need. The result is in document order: every cell comes after those that it needs. */
export function withAbove(labels: Iterable<string>, { cells }: Origins): CellOrigin[] {
  const wanted = new Set(labels)
  // The loop adds to the set that it reads.
  for (const label of wanted) for (const need of cells.get(label)?.needs ?? []) wanted.add(need)
  const places = placesOf(cells)
  return [...wanted]
    .filter((label) => places.has(label))
    .sort((one, other) => places.get(one)! - places.get(other)!)
    .map((label) => cells.get(label)!)
}

// Asked for once a number, and there may be thousands, of a thousand cells.
const knownPlaces = new WeakMap<Origins['cells'], ReadonlyMap<string, number>>()

function placesOf(cells: Origins['cells']): ReadonlyMap<string, number> {
  const places = knownPlaces.get(cells) ?? new Map([...cells.keys()].map((label, index) => [label, index]))
  knownPlaces.set(cells, places)
  return places
}

/** Lists all that some cells depend on by themselves, with all jobs that they asked for or those that are named. */
export function dependenciesOf(
  cells: readonly CellOrigin[],
  params: readonly string[],
  origins: Origins,
  jobs: readonly Digest[] = distinct(cells.flatMap((cell) => cell.jobs)),
): Dependencies {
  const all = [...cells, ...jobs.flatMap((key) => origins.jobs.get(key) ?? [])]
  return {
    cells: cells.map(({ cell }) => cell.label),
    jobs: [...jobs],
    params: distinct([...params, ...cells.flatMap((cell) => cell.params)]),
    dataSets: distinct(all.flatMap((one) => one.dataSets)),
    files: distinct(all.flatMap((one) => Object.keys(one.files))),
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
