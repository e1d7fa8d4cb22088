import type ts from 'typescript'
import type { CellFence } from './cell-fence.ts'
import { applyEdits } from './edits.ts'
import { fenced } from './fenced.ts'
import { changeModule, changeModules } from './imports.ts'
import { parseCells } from './parse-cells.ts'
import { shareNames } from './share-names.ts'
import { showLast } from './shown-value.ts'

/** A code cell that is to become a cell of a chapter. */
export interface CellToWrite {
  readonly number: number
  readonly lang: 'ts' | 'js'
  readonly code: string
  readonly fence: CellFence
}

/** A cell of a chapter. */
export interface WrittenCell {
  readonly text: string
  readonly notes: readonly string[]
  readonly isRun: boolean
}

export interface WritingOptions {
  readonly name: string
  readonly toNotebook: string
  readonly compiler: typeof ts
}

/** Writes the cells of a chapter, by their numbers, and notes on all of them. */
export function writeCells(
  given: readonly CellToWrite[],
  { name, toNotebook, compiler }: WritingOptions,
): { readonly cells: ReadonlyMap<number, WrittenCell>; readonly notes: readonly string[] } {
  const fences = new Map(given.map(({ number, fence }) => [number, fence]))
  const parsed = parseCells(given, compiler)
  const shared = shareNames(parsed.cells, compiler)
  const written = new Map<number, WrittenCell>()
  const packages = new Set<string>()
  for (const cell of parsed.cells) {
    const fence = fences.get(cell.number)!
    const names = shared.get(cell)!
    const modules = changeModules(cell, toNotebook, compiler)
    const shown = showLast(cell, fence.isShown, compiler)
    for (const one of modules.packages) packages.add(one)
    const before = names.before.map((line) => withModule(line, toNotebook))
    const code = applyEdits(cell.code, [...shown.edits, ...names.edits, ...modules.edits])
    written.set(cell.number, {
      text: fenced([...before, code].join('\n'), infoOf(cell.lang, fence)),
      notes: [...fence.notes, ...names.notes, ...modules.notes, ...shown.notes],
      isRun: true,
    })
  }
  for (const { number, line, reason } of parsed.faults) {
    const { code, lang, fence } = given.find((one) => one.number === number)!
    const note = `Cannot parse line ${line}, ${reason}: its code is shown and not run`
    written.set(number, { text: fenced(code, lang), notes: [...fence.notes, note], isRun: false })
  }
  const list = [...packages]
  const notes =
    list.length === 0 ? [] : [`${name}: Install what its cells import: \`npm install ${list.join(' ')}\``]
  return { cells: written, notes }
}

function infoOf(lang: string, { label, options }: CellFence): string {
  return [lang, 'exec', `#${label}`, ...options].join(' ')
}

// An import that another cell has, as this cell repeats it.
function withModule(line: string, toNotebook: string): string {
  const [whole, start, name] = /^(import .* from )['"]([^'"]+)['"]/.exec(line) ?? []
  const to = name === undefined ? undefined : changeModule(name, toNotebook).to
  return to === undefined ? line : `${start}'${to}'${line.slice(whole!.length)}`
}
