import type { Json } from '../../model/types.ts'

// Deno computes logarithms and powers with another V8 than Node, which may change the last digits of a sum.
const nearEnough = 1e-9
// A sum that ought to be 0 has no digits to compare: what is left over is a few bits of what was added up.
const leftOver = 1e-15

/**
 * Gives `now` with the numbers of `before` where both are the same to nine digits. What is left over of a sum that
 * ought to be 0 counts as 0: in a list of numbers what is small beside the largest of them, elsewhere what is compared
 * with 0 and small beside 1. Other small numbers, such as the p of a test, are compared by their digits too.
 */
export function withNear(before: Json | undefined, now: Json): Json {
  if (typeof before === 'number' && typeof now === 'number') return near(before, now, 0)
  if (Array.isArray(before) && Array.isArray(now)) {
    const largest = Math.max(0, ...[before, now].map(largestOf))
    return now.map((one, index) => {
      const other = before[index]
      return typeof one === 'number' && typeof other === 'number'
        ? near(other, one, largest)
        : withNear(other, one)
    })
  }
  if (!isRecord(before) || !isRecord(now)) return now
  return Object.fromEntries(Object.entries(now).map(([name, one]) => [name, withNear(before[name], one)]))
}

function near(before: number, now: number, largestBeside: number): number {
  const scale = before === 0 || now === 0 ? Math.max(1, largestBeside) : largestBeside
  const tolerance = Math.max(nearEnough * Math.max(Math.abs(before), Math.abs(now)), leftOver * scale)
  return Math.abs(before - now) <= tolerance ? before : now
}

function largestOf(list: readonly Json[]): number {
  return list.reduce<number>(
    (most, one) => (typeof one === 'number' ? Math.max(most, Math.abs(one)) : most),
    0,
  )
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
