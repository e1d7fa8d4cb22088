import { sha256 } from '../model/digest.ts'
import type { Bundle, Cell, Digest, ReportTree } from '../model/types.ts'
import { type Basis, basisOf, isCurrent, readsOf } from './basis.ts'
import type { Reads } from './bundle.ts'
import { cellText, type Scope } from './cell-plugin.ts'
import { codeDigest, keepCodeDigest } from './code-digest.ts'
import { FileDigests } from './file-digests.ts'
import { moveBundle } from './move-bundle.ts'
import { type PackedText, packTexts, unpackTexts } from './pack-texts.ts'

interface Kept {
  /** Digest of the cell's module, wherever in its chapter it stands, and of all of the report that decides its bundle. */
  readonly module: Digest
  /** Its first line in its chapter. */
  readonly line: number
  readonly bundle: Bundle
  readonly basis: Basis
}

/** What a memory knows, as JSON. */
export interface StoredMemory {
  readonly cells: readonly StoredCell[]
  readonly codes: readonly PackedText[]
  readonly maps: readonly PackedText[]
  /** What decided the bundles; many cells have the same. */
  readonly bases: readonly Basis[]
  readonly exports: readonly (readonly [Digest, readonly string[]])[]
  readonly free: readonly Digest[]
}

type StoredCell = Pick<Kept, 'module' | 'line'> & {
  readonly bundle: Omit<Bundle, 'code' | 'map'>
  readonly code: Digest
  /** The place of its basis in the list. */
  readonly basis: number
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
    const { line } = cell.position.start
    if (basis) this.#cells.set(cell.label, { module: moduleOf(cell, tree, scope), line, bundle, basis })
    else this.#cells.delete(cell.label)
  }

  /** Says whether what it knows of these cells tells all that decided their bundles. */
  hasAll(labels: readonly string[]): boolean {
    return labels.every((label) => this.#cells.has(label))
  }

  /** Gives what it knows, for the next build. */
  toStored(): StoredMemory {
    const kept = [...this.#cells.values()]
    const bases = new Map(kept.map(({ basis }) => [JSON.stringify(basis), basis]))
    const places = new Map([...bases.keys()].map((text, index) => [text, index]))
    return {
      cells: kept.map(({ module, line, basis, bundle }) => {
        const { code: _, map: __, ...rest } = bundle
        const place = places.get(JSON.stringify(basis))!
        return { module, line, bundle: rest, code: codeDigest(bundle), basis: place }
      }),
      codes: packTexts(kept.map(({ bundle }) => bundle.code)),
      maps: packTexts(kept.map(({ bundle }) => bundle.map)),
      bases: [...bases.values()],
      exports: [...this.#exports],
      free: [...this.#free],
    }
  }

  /** Takes up what an earlier build knew. */
  load({ cells, codes, maps, bases, exports, free }: StoredMemory): void {
    const [allCodes, allMaps] = [unpackTexts(codes), unpackTexts(maps)]
    for (const [index, { module, line, bundle, code, basis }] of cells.entries()) {
      const { label, ...rest } = bundle
      const whole = { label, code: allCodes[index]!, map: allMaps[index]!, ...rest }
      keepCodeDigest(whole, code)
      this.#cells.set(label, { module, line, bundle: whole, basis: bases[basis]! })
    }
    this.#exports = new Map(exports)
    this.#free = new Set(free)
  }

  /** Gives the bundle of a cell, whether it is current or not. */
  known(label: string): Bundle | undefined {
    return this.#cells.get(label)?.bundle
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
