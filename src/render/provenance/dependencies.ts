import type { CellOrigin, Origins } from './gather-origins.ts'
import type { Dependencies } from './schema.ts'

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

// Adds the cells that these cells need. The result is in document order: every cell comes after those that it needs.
function withAbove(labels: Iterable<string>, { cells }: Origins): CellOrigin[] {
  const wanted = new Set(labels)
  for (const origin of [...cells.values()].reverse())
    if (wanted.has(origin.cell.label)) for (const need of origin.needs) wanted.add(need)
  return [...cells.values()].filter(({ cell }) => wanted.has(cell.label))
}

function dependenciesOf(
  cells: readonly CellOrigin[],
  params: readonly string[],
  origins: Origins,
): Dependencies {
  const jobs = distinct(cells.flatMap((cell) => cell.jobs))
  const all = [...cells, ...jobs.flatMap((key) => origins.jobs.get(key) ?? [])]
  return {
    cells: cells.map(({ cell }) => cell.label),
    jobs,
    params: distinct([...params, ...cells.flatMap((cell) => cell.params)]),
    dataSets: distinct(all.flatMap((one) => one.dataSets)),
    files: distinct(all.flatMap((one) => Object.keys(one.files))),
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
