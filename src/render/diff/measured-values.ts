import { isSpread, spread } from '../../statistics/spread.ts'
import { leavesOf } from '../check/differences.ts'
import type { Shown, ShownCell } from '../check/judgement.ts'
import { isAnyMoved, type Moved, piecesOf, still } from '../check/moved.ts'
import { canonicalJson } from '../model/digest.ts'
import type { Json, StoredResult } from '../model/types.ts'

/** The numbers that some jobs measured, and those that are usually made of them. */
export type MeasuredValues = ReadonlySet<number>

/**
 * Gathers what jobs measured, and what cells usually show of it: mean, median, sum, least and greatest of lists, and the
 * same over the seeds of one experiment. Without running anything, a measured number is known by its value alone.
 */
export function measuredValues(jobs: readonly StoredResult[]): MeasuredValues {
  const found = new Set<number>()
  const add = (value: number) => {
    if (isTelling(value)) found.add(value)
  }
  const groups = new Map<string, StoredResult[]>()
  for (const job of jobs.filter(({ measured }) => Object.keys(measured).length > 0)) {
    const { module, name, params } = job.provenance.job ?? { module: job.key, name: '', params: null }
    const group = canonicalJson([module, name, params])
    groups.set(group, [...(groups.get(group) ?? []), job])
  }
  for (const group of groups.values()) {
    const all = group.map(({ measured }) => summaries(measured))
    for (const one of all) for (const values of one.values()) values.forEach(add)
    for (const path of all[0]?.keys() ?? [])
      for (const [index] of all[0]!.get(path)!.entries()) {
        const values = all.flatMap((one) => one.get(path)?.[index] ?? [])
        const { mean, std, min, max } = spread(values)
        ;[mean, std, min, max, median(values)].forEach(add)
      }
  }
  return found
}

function summaries(measured: StoredResult['measured']): ReadonlyMap<string, readonly number[]> {
  const lists = new Map<string, number[]>()
  for (const [path, value] of leavesOf(measured as unknown as Json)) {
    if (typeof value !== 'number') continue
    const list = path.replace(/\[\d+\]$/, '[]')
    lists.set(path, [value])
    if (list !== path) lists.set(list, [...(lists.get(list) ?? []), value])
  }
  return new Map([...lists].map(([path, values]) => [path, path.endsWith('[]') ? inShort(values) : values]))
}

function inShort(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return [sum / values.length, median(values), sum, Math.min(...values), Math.max(...values)]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

// A small whole number is found by chance.
function isTelling(value: number): boolean {
  return !Number.isInteger(value) && String(value).length >= 8
}

/** Says whether a number or Spread was measured. */
export function isMeasured(raw: unknown, values: MeasuredValues): boolean {
  if (typeof raw === 'number') return values.has(raw)
  return isSpread(raw) && values.has(raw.mean)
}

/** Finds the measured parts of a value or claim: what it read, and what it printed of that. */
export function movedIn(one: Shown, values: MeasuredValues): Moved {
  if (values.size === 0) return still
  const reads = Object.entries(one.read).filter(([, value]) => isMeasured(value, values))
  if (reads.length === 0) return still
  const others = new Set(
    Object.entries(one.read)
      .filter(([path]) => !reads.some(([measured]) => parentOf(measured) === parentOf(path)))
      .map(([, value]) => value),
  )
  const pieces = piecesOf(one).flatMap((piece, at) => (isOther(piece, others) ? [] : [at]))
  return {
    reads: new Set(reads.map(([path]) => path)),
    isSteered: false,
    pieces: new Set(pieces),
    isText: one.kind === 'claim',
  }
}

function isOther({ raw }: ShownCell, others: ReadonlySet<unknown>): boolean {
  return others.has(isSpread(raw) ? raw.mean : raw)
}

function parentOf(path: string): string {
  return path.replace(/\.(mean|std|n|min|max)$/, '')
}

/** Joins what was measured before and after. */
export function bothMoved(a: Moved, b: Moved): Moved {
  if (!isAnyMoved(a)) return b
  if (!isAnyMoved(b)) return a
  return {
    reads: new Set([...a.reads, ...b.reads]),
    isSteered: a.isSteered || b.isSteered,
    pieces: a.pieces === 'all' || b.pieces === 'all' ? 'all' : new Set([...a.pieces, ...b.pieces]),
    isText: a.isText || b.isText,
  }
}
