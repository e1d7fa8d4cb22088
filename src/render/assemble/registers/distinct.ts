import { canonicalJson } from '../../model/digest.ts'
import type { Json } from '../../model/types.ts'

/** Removes duplicate values and sorts the rest: by kind, numbers by size, arrays by length and then by their elements. */
export function distinct(values: readonly Json[]): Json[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]))
  return [...byText.values()].sort(compareJson)
}

const ranks = ['null', 'boolean', 'number', 'string', 'array', 'object']

function compareJson(a: Json, b: Json): number {
  const rank = ranks.indexOf(kindOf(a)) - ranks.indexOf(kindOf(b))
  if (rank !== 0) return rank
  if (typeof a === 'number') return a - (b as number)
  if (Array.isArray(a)) return compareArrays(a, b as readonly Json[])
  const [one, other] = [canonicalJson(a), canonicalJson(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function compareArrays(a: readonly Json[], b: readonly Json[]): number {
  if (a.length !== b.length) return a.length - b.length
  for (const [index, element] of a.entries()) {
    const order = compareJson(element, b[index]!)
    if (order !== 0) return order
  }
  return 0
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
