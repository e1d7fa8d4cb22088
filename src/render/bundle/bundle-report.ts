import { dirname, join } from 'node:path'
import type { Message } from 'esbuild'
import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import { fileSuggestion } from '../model/nearest-file.ts'
import type { Bundle, Cell, ReportTree } from '../model/types.ts'
import { comparers, prelude } from '../output/prelude.ts'
import { bundle, exportsOf, type Reads } from './bundle.ts'
import { BundleMemory } from './bundle-memory.ts'
import { guessExports, takenName } from './cell-names.ts'
import { cellPlugin, type Scope } from './cell-plugin.ts'
import { missingImports } from './import-faults.ts'
import { placeInCell, pointInChapter } from './point-source.ts'

/** The code of a report that can run, as bundles. */
export interface BundledReport {
  /** Label -> bundle, for the cells without an error. */
  readonly cells: ReadonlyMap<string, Bundle>
  /** Name of an export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
}

/**
 * Bundles all cells of a report, in two calls of esbuild. Reports `cell-bundles` and `name-is-free` at their places; the
 * result omits cells with such an error.
 *
 * @param memory Of earlier updates: what it has is not bundled again.
 */
export async function bundleReport(tree: ReportTree, memory = new BundleMemory()): Promise<BundledReport> {
  const { root } = tree.report
  const sound = new SoundCells(tree)
  const exported = await sound.attempt(async () => {
    const entries = sound.entries((cell) => !memory.exportsOf(cell))
    return exportsOf(root, entries, [cellPlugin(tree)])
  })
  for (const [label, names] of exported?.exports ?? []) memory.keepExports(sound.cell(label)!, names)
  const scope = await scopeOf(tree, sound, memory)
  const known = new Map<string, Bundle>()
  for (const cell of sound.cells()) {
    const bundled = memory.get(cell, tree, scope)
    if (bundled) known.set(cell.label, bundled)
  }
  let reads: Reads | undefined
  const result = await sound.attempt(
    async () => {
      const done = await bundle({
        root,
        entries: sound.entries(({ label }) => !known.has(label)),
        plugins: [cellPlugin(tree, scope)],
        sourceName: (source) => sound.sourceName(source),
        onRead(now) {
          reads = now
        },
      })
      return done.ok ? withUndefinedImports(done) : done
    },
    (label) => known.has(label),
  )
  for (const [label, bundled] of result?.bundles ?? [])
    memory.keep(sound.cell(label)!, bundled, { tree, scope, reads: reads! })
  const bundles = sound
    .cells()
    .map(({ label }) => [label, known.get(label) ?? result!.bundles.get(label)!] as const)
  return { cells: new Map(bundles), owners: scope.owners }
}

// The cells without an error so far.
class SoundCells {
  readonly #cells: Map<string, Cell>
  readonly #tree: ReportTree
  readonly #files: ReadonlyMap<string, VFile>

  constructor(tree: ReportTree) {
    this.#tree = tree
    this.#files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
    this.#cells = new Map(
      tree.cells.filter((cell) => cell.options.evaluate).map((cell) => [cell.label, cell]),
    )
  }

  has(label: string): boolean {
    return this.#cells.has(label)
  }

  drop(label: string): VFile {
    const cell = this.#cells.get(label)!
    this.#cells.delete(label)
    return this.#files.get(cell.file)!
  }

  textOf({ file }: Cell): string {
    return String(this.#files.get(file)!)
  }

  cells(): readonly Cell[] {
    return [...this.#cells.values()]
  }

  cell(label: string): Cell | undefined {
    return this.#cells.get(label)
  }

  entries(isWanted: (cell: Cell) => boolean): Record<string, string> {
    return Object.fromEntries(
      this.cells()
        .filter(isWanted)
        .map(({ label }) => [label, `weft-cell:${label}`]),
    )
  }

  sourceName(source: string): string {
    const label = /^weft-cell:(.*)$/.exec(source)?.[1]
    return label === undefined ? source : this.#cells.get(label)!.file
  }

  /** Tries again without the cells that failed, until the rest succeeds. */
  async attempt<Done extends { readonly ok: true }>(
    bundleAll: () => Promise<Done | { readonly ok: false; readonly errors: readonly Message[] }>,
    isKnown: (label: string) => boolean = () => false,
  ): Promise<Done | undefined> {
    while (this.#cells.size > 0) {
      const result = await bundleAll()
      if (result.ok) return result
      const before = this.#cells.size
      for (const error of result.errors) await this.#report(error)
      // The fault is in an imported module: find the cells that import it.
      if (this.#cells.size === before) await this.#blame(result.errors[0]!, isKnown)
      if (this.#cells.size === before) throw new Error(result.errors.map((error) => error.text).join('\n'))
    }
    return undefined
  }

  async #report(error: Message): Promise<void> {
    const label = /^weft-cell:(.*)$/.exec(error.location?.file ?? '')?.[1]
    const cell = label === undefined ? undefined : this.#cells.get(label)
    if (!cell) return
    const file = this.drop(cell.label)
    const tell = (reason: string, place: Point | Position) =>
      fail(file, 'cell-bundles', `Cannot bundle \`#${label}\`, ${reason}`, place)
    const [, name] = /^No matching export in ".*" for import "(.+)"$/.exec(error.text) ?? []
    const faults = name === undefined ? [] : await missingImports(cell, this.#tree, name)
    for (const { message, place } of faults)
      tell(message, place ? pointInChapter(place, cell, String(file)) : cell.position)
    if (faults.length === 0)
      tell(this.#explain(error.text, cell.file), placeInCell(error, cell, String(file)))
  }

  async #blame({ location, text }: Message, isKnown: (label: string) => boolean): Promise<void> {
    const { root } = this.#tree.report
    const where = location ? `${location.file}:${location.line}:${location.column + 1}: ` : ''
    for (const cell of this.cells().filter(({ label }) => !isKnown(label))) {
      const entries = { [cell.label]: `weft-cell:${cell.label}` }
      const alone = await bundle({
        root,
        entries,
        plugins: [cellPlugin(this.#tree)],
        sourceName: (source) => source,
      })
      if (!alone.ok)
        fail(
          this.drop(cell.label),
          'cell-bundles',
          `Cannot bundle \`#${cell.label}\`, ${where}${this.#explain(text, location?.file ?? cell.file)}`,
          cell.position,
        )
    }
  }

  #explain(text: string, importer: string): string {
    const { root, params } = this.#tree.report
    const [, file] = /^Could not resolve "([.#].*)"$/.exec(text) ?? []
    if (file?.startsWith('#'))
      return `Cannot find \`${file}\`, expected a file that \`imports\` of package.json names`
    if (file !== undefined)
      return `Cannot find \`${file}\`, expected a file${fileSuggestion(file, join(root, dirname(importer)))}`
    const param = /^Import "(.+)" will always be undefined/.exec(text)?.[1]
    if (!param) return text
    const names = Object.keys(params)
    return `unknown param \`${param}\`, expected one of ${names.join(', ')}${suggestion(param, names)}`
  }
}

// Turns esbuild's warning about a missing member of `params` into an error.
function withUndefinedImports<Done extends { readonly warnings: readonly Message[] }>(done: Done) {
  const errors = done.warnings.filter(
    ({ id, location }) => id === 'import-is-undefined' && location?.file.startsWith('weft-cell:'),
  )
  return errors.length > 0 ? { ok: false as const, errors } : done
}

async function scopeOf(tree: ReportTree, sound: SoundCells, memory: BundleMemory): Promise<Scope> {
  const owners = new Map<string, string>()
  const earlier = new Map<string, readonly string[]>()
  for (const cell of tree.cells) {
    const names = [...owners.keys()]
    earlier.set(cell.label, names)
    const claim = (own: readonly string[]) => {
      for (const name of own) if (!owners.has(name) && isFree(name)) owners.set(name, cell.label)
    }
    if (!sound.has(cell.label)) {
      if (cell.options.evaluate) claim(guessExports(cell.source))
      continue
    }
    const own = (memory.exportsOf(cell) ?? []).filter((name) => name !== 'default')
    const taken = ['params', ...names, ...own.filter((name) => !isFree(name))]
    const alias = own.find((name) => taken.includes(name))
    const declared = memory.isFree(cell, taken) ? undefined : await takenName(cell, taken, sound.textOf(cell))
    if (!declared) memory.keepFree(cell, taken)
    const clash = declared ?? (alias === undefined ? undefined : { name: alias, place: cell.position })
    if (clash) {
      const owner = owners.get(clash.name)
      const by = owner
        ? `\`#${owner}\` exports it already`
        : clash.name === 'params'
          ? 'it is that of the params'
          : `it is a ${Object.hasOwn(comparers, clash.name) ? 'function' : 'formatter'} of values`
      fail(
        sound.drop(cell.label),
        'name-is-free',
        `Unexpected name \`${clash.name}\` in \`#${cell.label}\`, expected a free one: ${by}`,
        clash.place,
      )
    }
    // Claim the exports of a faulty cell too, so that cells that need them are skipped by name.
    claim(own)
  }
  return { owners, earlier }
}

function isFree(name: string): boolean {
  return name !== 'params' && !Object.hasOwn(prelude, name)
}
