import { type PreparedCell, prepareCell } from '../execute/run-cell.ts'
import type { Cell, Json, StoredResult } from '../model/types.ts'
import type { Program } from '../pipeline/stages.ts'

/** What a cell gives to those that need it: its exports, nothing because it failed, or nothing yet. */
export type Given = StoredResult['exports'] | 'nothing' | 'later'

interface Visitor {
  /** Whether the walk still counts: a later one may have begun. */
  isCurrent(): boolean
  /** Called for each cell whose inputs are known, once those that it needs have theirs. */
  obtain(prepared: PreparedCell): Promise<Given>
  /** Called for a cell that needs something of a cell that gives nothing yet. */
  waits(cell: Cell): void
  /** Called for a cell with an error of its own, or that needs something of a cell that failed. */
  cannot(cell: Cell): void
}

/** Goes through the cells of a program in the order in which they need each other. */
export async function walk(program: Program, visitor: Visitor): Promise<void> {
  const { tree } = program.source
  const exports = new Map<string, Json>()
  const pending = new Map<string, Promise<Given>>()
  const visit = async (cell: Cell, before: readonly Promise<Given>[]): Promise<Given> => {
    const needed = await Promise.all(before)
    if (!visitor.isCurrent()) return 'later'
    const bundle = program.cells.get(cell.label)
    if (!bundle || (!needed.includes('later') && bundle.needs.some((name) => !exports.has(name)))) {
      visitor.cannot(cell)
      return 'nothing'
    }
    if (needed.includes('later')) {
      visitor.waits(cell)
      return 'later'
    }
    const given = await visitor.obtain(prepareCell(cell, bundle, exports, tree))
    if (typeof given === 'object') for (const [name, value] of Object.entries(given)) exports.set(name, value)
    return given
  }
  for (const cell of tree.cells) {
    const before = ownersOf(program, cell.label).map((label) => pending.get(label)!)
    pending.set(cell.label, visit(cell, before))
  }
  await Promise.all(pending.values())
}

/** Lists the cells that a cell needs exports of. */
function ownersOf(program: Program, label: string): string[] {
  const needs = program.cells.get(label)?.needs ?? []
  return [...new Set(needs.flatMap((name) => program.owners.get(name) ?? []))]
}

/** Lists the cells that need a cell, directly or through others. */
export function dependentsOf(program: Program, label: string): string[] {
  const found = new Set([label])
  // Cells are in document order, so that each comes after those that it needs.
  for (const cell of program.source.tree.cells)
    if (ownersOf(program, cell.label).some((owner) => found.has(owner))) found.add(cell.label)
  return [...found].slice(1)
}

/** Lists the cells that a cell needs, directly or through others. */
export function ancestorsOf(program: Program, label: string): string[] {
  const found = new Set([label])
  // The loop adds to the set that it reads.
  for (const one of found) for (const owner of ownersOf(program, one)) found.add(owner)
  return [...found].slice(1)
}
