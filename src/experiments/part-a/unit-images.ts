import type { Value } from '../graph/index.ts'

/** The pattern that a unit of the first layer responds to. */
export interface UnitImage {
  readonly unit: number
  /** Its weights, one per pixel, to four decimals. */
  readonly weights: number[]
  /** Its weights minus its initial weights. */
  readonly change: number[]
}

/**
 * Gives the units whose weights changed most in training (Euclidean norm of the change), the largest change first.
 * @param before `[inputs, units]`
 * @param after `[inputs, units]`
 */
export function strongestUnits(before: Value, after: Value, most: number): UnitImage[] {
  const [inputs, units] = after.shape as [number, number]
  const at = (of: Value, unit: number) =>
    Array.from({ length: inputs }, (_, input) => of.data[input * units + unit]!)
  const all = Array.from({ length: units }, (_, unit) => {
    const weights = at(after, unit)
    const start = at(before, unit)
    const change = weights.map((weight, input) => weight - start[input]!)
    return { unit, weights, change, norm: Math.hypot(...change) }
  })
  return all
    .sort((a, b) => b.norm - a.norm || a.unit - b.unit)
    .slice(0, most)
    .map(({ unit, weights, change }) => ({
      unit,
      weights: weights.map(rounded),
      change: change.map(rounded),
    }))
}

function rounded(x: number): number {
  // Adding 0 turns -0 into 0, because JSON has no -0.
  return Math.round(x * 1e4) / 1e4 + 0
}
