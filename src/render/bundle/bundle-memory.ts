import { sha256 } from '../model/digest.ts'
import type { Bundle, Cell, Digest, ReportTree } from '../model/types.ts'
import { type Basis, basisOf, isCurrent, readsOf } from './basis.ts'
import type { Reads } from './bundle.ts'
import { cellText, type Scope } from './cell-plugin.ts'
import { FileDigests } from './file-digests.ts'
import { moveBundle } from './move-bundle.ts'

interface Kept {
  /** Digest of the cell's module, wherever in its chapter it stands, and of all of the report that decides its bundle. */
  readonly module: Digest
  /** Its first line in its chapter. */
  readonly line: number
  readonly bundle: Bundle
  readonly basis: Basis
}

/**
 * Remembers the bundles of a report's cells from update to update, each with all that decided it: an edit of one cell
 * costs one bundle. What a bundle is does not depend on the others in a call.
 */
export class BundleMemory {
  readonly files = new FileDigests()
  /** Writes what is known to where the next build reads it. */
  save: () => void = () => {}
  #exports = new Map<Digest, readonly string[]>()
  #free = new Set<Digest>()
  readonly #cells = new Map<string, Kept>()

  get isEmpty(): boolean {
    return this.#cells.size === 0
  }

  /** An update begins. What no cell has used since the last one is forgotten. */
  begin({ cells }: ReportTree): void {
    this.files.begin()
    const labels = new Set(cells.map(({ label }) => label))
    for (const label of [...this.#cells.keys()]) if (!labels.has(label)) this.#cells.delete(label)
    if (this.#exports.size > 2 * cells.length) this.#exports = new Map()
    if (this.#free.size > 2 * cells.length) this.#free = new Set()
  }

  /** What a cell exports by its source, if it has been bundled. */
  exportsOf(cell: Cell): readonly string[] | undefined {
    return this.#exports.get(sourceOf(cell))
  }

  keepExports(cell: Cell, names: readonly string[]): void {
    this.#exports.set(sourceOf(cell), names)
  }

  /** Whether a cell is known to declare none of these names. */
  isFree(cell: Cell, taken: readonly string[]): boolean {
    return this.#free.has(sha256(JSON.stringify([sourceOf(cell), taken])))
  }

  keepFree(cell: Cell, taken: readonly string[]): void {
    this.#free.add(sha256(JSON.stringify([sourceOf(cell), taken])))
  }

  /** Gives a cell's bundle if nothing has changed that decides it. */
  get(cell: Cell, tree: ReportTree, scope: Scope): Bundle | undefined {
    const kept = this.#cells.get(cell.label)
    if (kept?.module !== moduleOf(cell, tree, scope) || !isCurrent(kept.basis, this.files)) return undefined
    return moveBundle(kept.bundle, cell.position.start.line - kept.line, cell.file)
  }

  /** Keeps a bundle with what esbuild read for it; not if it depends on which of several files exists. */
  keep(
    cell: Cell,
    bundle: Bundle,
    { tree, scope, reads }: { tree: ReportTree; scope: Scope; reads: Reads },
  ): void {
    const basis = basisOf(readsOf(`weft-cell:${cell.label}`, reads), tree, this.files)
    if (basis) this.restore(cell, bundle, { tree, scope, basis })
    else this.#cells.delete(cell.label)
  }

  /** Keeps a bundle with all that decided it. */
  restore(
    cell: Cell,
    bundle: Bundle,
    { tree, scope, basis }: { tree: ReportTree; scope: Scope; basis: Basis },
  ): void {
    const { line } = cell.position.start
    this.#cells.set(cell.label, { module: moduleOf(cell, tree, scope), line, bundle, basis })
  }

  /** What decided the bundles of these cells; undefined if that is not known of one of them. */
  basesOf(labels: readonly string[]): readonly Basis[] | undefined {
    const bases = labels.map((label) => this.#cells.get(label)?.basis)
    return bases.every((basis) => basis !== undefined) ? (bases as Basis[]) : undefined
  }
}

function sourceOf({ lang, source }: Cell): Digest {
  return sha256(JSON.stringify([lang, source]))
}

function moduleOf(cell: Cell, { report }: ReportTree, scope: Scope): Digest {
  const { root, folder, params } = report
  return sha256(
    JSON.stringify([root, folder, Object.keys(params), cell.lang, cell.file, cellText(cell, scope)]),
  )
}
