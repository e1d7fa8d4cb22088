import { isDescribed } from '../assemble/registers/data-sets.ts'
import type { CellResult } from '../execute/cell-result.ts'
import type { Bundle, StoredResult } from '../model/types.ts'
import type { Linted } from './lint-source.ts'

/** What numbers may rest on. */
export interface Origins {
  /** Export -> label of the cell that gives it. */
  readonly owners: ReadonlyMap<string, string>
  /** Says whether what a cell gives rests on a job, a data set, a data file or a param. */
  hasOrigin(label: string): boolean
  /** The same of one export: a literal rests on nothing, whatever else its cell does. */
  exportHasOrigin(name: string): boolean
}

/** Follows what the results of cells rest on, through the exports of other cells. */
export function originsOf({ cells, bundles }: Linted): Origins {
  const owners = new Map(
    [...cells].flatMap(([label, cellResult]) =>
      Object.keys(storedOf(cellResult)?.exports ?? {}).map((name) => [name, label] as const),
    ),
  )
  const literals = new Set([...cells.values()].flatMap(({ cell }) => literalExports(cell.source)))
  const exportHasOrigin = (name: string) =>
    owners.has(name) && !literals.has(name) && hasOrigin(owners.get(name)!)
  const known = new Map<string, boolean>()
  const hasOrigin = (label: string): boolean => {
    const before = known.get(label)
    if (before !== undefined) return before
    const stored = storedOf(cells.get(label))
    // Cells need earlier ones alone; the entry is for results that contradict that.
    known.set(label, false)
    const has =
      stored !== undefined &&
      (hasOwnOrigin(stored, bundles.get(label)) || namesOf(stored, 'export:').some(exportHasOrigin))
    known.set(label, has)
    return has
  }
  return { owners, hasOrigin, exportHasOrigin }
}

// `export const margin = 0.02`
function literalExports(source: string): string[] {
  const typed =
    /^export\s+(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=\n]+)?=\s*-?\.?\d[\d._]*(?:e[-+]?\d+)?[\t ]*;?[\t ]*(?:\/\/.*)?$/gmu
  return [...source.matchAll(typed)].map(([, name]) => name!)
}

/** Gives the result of a cell that has one. */
export function storedOf(cellResult: CellResult | undefined): StoredResult | undefined {
  return cellResult && 'stored' in cellResult ? cellResult.stored : undefined
}

function hasOwnOrigin({ parts, exports, provenance }: StoredResult, bundle: Bundle | undefined): boolean {
  const { jobs = [], params = {}, reads = {} } = provenance
  return (
    jobs.length > 0 ||
    Object.keys(params).length > 0 ||
    Object.keys(parts).some((name) => name.startsWith('param:')) ||
    Object.values(reads).some((digest) => digest !== 'absent') ||
    Object.values(exports).some((value) => isDescribed(value)) ||
    (bundle !== undefined && restsOnData(bundle))
  )
}

// A data file that is imported, or a data set, which its source pins by a digest.
function restsOnData({ inputs, code }: Bundle): boolean {
  return Object.keys(inputs).some((file) => dataFile.test(file)) || /["'`][0-9a-f]{64}["'`]/.test(code)
}

const dataFile = /(?<!package)\.(?:json|csv|tsv|txt|md)$/i

function namesOf({ parts }: StoredResult, prefix: string): string[] {
  return Object.keys(parts).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
}
