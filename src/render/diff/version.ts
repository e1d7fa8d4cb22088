import { figuresOf } from '../check/numbers.ts'
import { digestOf } from '../model/digest.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Digest, Figure, ReportTree, StoredResult } from '../model/types.ts'
import { environmentsOf, shownCells } from '../results/used.ts'

/** One of the two versions of a report that are compared. */
export interface Version {
  /** `HEAD`, `submission.zip`, `work tree`. */
  readonly name: string
  readonly detail: string
  /** What its numbers are: those that were accepted, or those of the results that this machine has. */
  readonly numbers: 'accepted' | 'current'
  readonly locked: LockedProfile
  /** Its chapters; undefined if they cannot be read any more. */
  readonly tree: ReportTree | undefined
  /** Its results, of cells and jobs; none if they are not kept. */
  readonly stored: ReadonlyMap<Digest, StoredResult>
  /** Gives the specification of a figure as it lies beside its drawing. */
  spec(id: string): Figure['spec'] | undefined
  /** Gives the drawing of a figure as SVG. */
  drawing(id: string): Promise<string | undefined>
  /** Package -> installed version, from package-lock.json; empty without one. */
  readonly packages: ReadonlyMap<string, string>
  /** What could not be read or computed, and what is compared instead. */
  readonly notes: readonly string[]
}

/** Gives the stored result of a cell. */
export function resultOf({ locked, stored }: Version, label: string): StoredResult | undefined {
  return Object.hasOwn(locked.cells, label) ? stored.get(locked.cells[label]!) : undefined
}

/** Gives the labels of the cells of a version in the order of its chapters. */
export function labelsIn({ tree, locked }: Version): string[] {
  const known = tree?.cells.map(({ label }) => label) ?? []
  return [...new Set([...known, ...Object.keys(locked.cells)])]
}

/** Lists the versions of the packages that a package-lock.json has installed at its top. */
export function packagesIn(lockFile: string | undefined): Map<string, string> {
  try {
    const { packages = {} } = JSON.parse(lockFile ?? '{}') as {
      packages?: Record<string, { version?: string }>
    }
    return new Map(
      Object.entries(packages).flatMap(([path, { version }]) => {
        const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
        return name !== undefined && version !== undefined ? [[name, version] as const] : []
      }),
    )
  } catch {
    return new Map()
  }
}

/** Gives what a lock has of the outputs of stored results: tables, figures, and where their jobs were computed. */
export function outputsIn(
  cells: LockedProfile['cells'],
  stored: ReadonlyMap<Digest, StoredResult>,
): Pick<LockedProfile, 'tables' | 'drawings' | 'environments'> {
  const results = Object.entries(cells).flatMap(([label, key]) => {
    const one = stored.get(key)
    return one ? [{ label, stored: one }] : []
  })
  const jobs = new Set(results.flatMap(({ stored: { provenance } }) => provenance.jobs ?? []))
  return {
    tables: shownCells(results),
    drawings: Object.fromEntries(results.flatMap(figuresOf).map(([id, spec]) => [id, digestOf(spec)])),
    environments: environmentsOf([...jobs].flatMap((key) => stored.get(key) ?? [])),
  }
}

/** Reads a specification as it lies beside a drawing; undefined if it is none. */
export function specIn(text: string | undefined): Figure['spec'] | undefined {
  try {
    const spec: unknown = JSON.parse(text ?? 'null')
    return typeof spec === 'object' && spec !== null && !Array.isArray(spec)
      ? (spec as Figure['spec'])
      : undefined
  } catch {
    return undefined
  }
}
