import type { BundledReport } from '../bundle/bundle-report.ts'
import type { Results } from '../execute/run-report.ts'
import type { Digest, Json, ReportTree } from '../model/types.ts'

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
export function jobKeysOf(labels: ReadonlySet<string>, { cells }: Pick<Results, 'cells'>): Set<Digest> {
  return new Set(
    [...labels].flatMap((label) => {
      const cellResult = cells.get(label)
      return cellResult && 'stored' in cellResult ? (cellResult.stored?.provenance.jobs ?? []) : []
    }),
  )
}
