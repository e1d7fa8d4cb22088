import { isSpread } from '../../statistics/spread.ts'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import type { Json, TableCell } from '../model/types.ts'

const DIRECTIONS = ['max', 'min'] as const

/** Key of a column -> whether its greatest or its least values are the best. */
export type Best = { readonly [key: string]: (typeof DIRECTIONS)[number] }

type Cells = { readonly [key: string]: TableCell }

interface BestOptions {
  readonly best: Best
  /** The group of each row; the best are found in each group. */
  readonly groups: readonly unknown[]
}

/** Throws unless every entry names a column and a direction. */
export function assertBest(best: Best, keys: readonly string[]): void {
  if (typeof best !== 'object' || best === null || Array.isArray(best))
    throw new Error(
      `Unexpected best ${found(best)}, expected a direction a column, such as {accuracy: 'max'}`,
    )
  for (const [key, direction] of Object.entries(best)) {
    if (!keys.includes(key))
      throw new Error(
        `Unexpected best of column "${key}", expected one of ${listed(keys)}${suggestion(key, keys)}`,
      )
    if (!DIRECTIONS.includes(direction))
      throw new Error(`Unexpected ${found(direction)} in best.${key}, expected max or min`)
  }
}

/**
 * Marks the best cells of columns. A Spread counts by its mean; strings and null do not count. Cells whose means
 * are printed alike are equally good. Throws if a column has no number at all.
 */
export function bestCells(rows: readonly Cells[], { best, groups }: BestOptions): Cells[] {
  const winners = new Set<TableCell>()
  for (const [key, direction] of Object.entries(best)) {
    const cells = rows.map((row) => row[key]!)
    if (rows.length > 0 && !cells.some(({ raw }) => sizeOf(raw) !== undefined))
      throw new Error(
        `Cannot mark the best of column "${key}", expected numbers or Spreads, found ${found(cells[0]!.raw)}`,
      )
    for (const group of new Set(groups))
      for (const cell of winnersOf(
        cells.filter((_, index) => groups[index] === group),
        direction,
      ))
        winners.add(cell)
  }
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, cell]) => [key, winners.has(cell) ? { ...cell, best: true } : cell]),
    ),
  )
}

function winnersOf(cells: readonly TableCell[], direction: Best[string]): TableCell[] {
  const sign = direction === 'max' ? 1 : -1
  const counted = cells.filter(({ raw }) => sizeOf(raw) !== undefined)
  const size = ({ raw }: TableCell) => sign * sizeOf(raw)!
  const first = counted.reduce<TableCell | undefined>(
    (winner, cell) => (winner === undefined || size(cell) > size(winner) ? cell : winner),
    undefined,
  )
  return counted.filter((cell) => meanText(cell) === meanText(first!))
}

function sizeOf(raw: Json): number | undefined {
  if (typeof raw === 'number') return raw
  return isSpread(raw) ? raw.mean : undefined
}

function meanText({ text }: TableCell): string {
  return text.replace(/\s±\s\d[\d.,’']*(?:\s\d{3}(?!\d)[\d.,]*)*/u, '').replace(/\s\(n\s=\s\d+\)$/u, '')
}
