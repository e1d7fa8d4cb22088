import { columnCount, pixelCount } from './dataset.ts'
import type { Values } from './element-type.ts'
import type { Grid, Range } from './normalisation.ts'

/**
 * Writes the grey levels of `rows` rows of 785 values, of which the last is no pixel, to `levels` `[rows, 784]`,
 * starting at `to`.
 * @returns whether all pixels were whole levels, 0 to 255; if not, the written levels are invalid
 */
export function writeLevels(
  values: Values,
  rows: number,
  grid: Grid,
  levels: Uint8Array,
  to: number,
): boolean {
  const { scale, shift, tolerance } = grid
  // Any level outside 0 to 255 sets a bit above the lowest eight.
  let bits = 0
  for (let row = 0; row < rows; row++) {
    const from = row * columnCount
    const target = to + row * pixelCount
    // Four at a time is a third faster; 784 is a multiple of four.
    for (let column = 0; column < pixelCount; column += 4) {
      const a = values[from + column]! * scale + shift
      const b = values[from + column + 1]! * scale + shift
      const c = values[from + column + 2]! * scale + shift
      const d = values[from + column + 3]! * scale + shift
      const [wholeA, wholeB, wholeC, wholeD] = [(a + 0.5) | 0, (b + 0.5) | 0, (c + 0.5) | 0, (d + 0.5) | 0]
      // This is false for NaN, too.
      const areWhole =
        Math.abs(a - wholeA) <= tolerance &&
        Math.abs(b - wholeB) <= tolerance &&
        Math.abs(c - wholeC) <= tolerance &&
        Math.abs(d - wholeD) <= tolerance
      if (!areWhole) return false
      bits |= wholeA | wholeB | wholeC | wholeD
      levels[target + column] = wholeA
      levels[target + column + 1] = wholeB
      levels[target + column + 2] = wholeC
      levels[target + column + 3] = wholeD
    }
  }
  return (bits & ~255) === 0
}

/** Copies the pixels of rows of 785 values as 32-bit floats. */
export function writeFloats(values: Values, rows: number, floats: Float32Array, to: number): void {
  for (let row = 0; row < rows; row++) {
    const from = row * columnCount
    floats.set(values.subarray(from, from + pixelCount), to + row * pixelCount)
  }
}

/** A value that breaks a rule, and its place in the given rows. */
export interface Flaw {
  readonly rule: 'pixels-are-numbers' | 'pixels-are-finite' | 'labels-are-whole' | 'labels-are-0-to-9'
  readonly value: number
  readonly row: number
  readonly column: number
}

/** Writes the labels of rows of 785 values to `labels`, starting at `to`. Gives the first label that is not 0 to 9. */
export function writeLabels(values: Values, rows: number, labels: Uint8Array, to: number): Flaw | undefined {
  for (let row = 0; row < rows; row++) {
    const value = values[row * columnCount + pixelCount]!
    const label = value & 15
    if (label !== value || label > 9) {
      const rule = Number.isInteger(value) ? 'labels-are-0-to-9' : 'labels-are-whole'
      return { rule, value, row, column: pixelCount }
    }
    labels[to + row] = label
  }
  return undefined
}

/** Gives the first pixel that is NaN or infinite, or becomes infinite as a 32-bit float. */
export function findFlaw(values: Values, rows: number): Flaw | undefined {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < pixelCount; column++) {
      const value = values[row * columnCount + column]!
      if (Number.isFinite(Math.fround(value))) continue
      return { rule: Number.isNaN(value) ? 'pixels-are-numbers' : 'pixels-are-finite', value, row, column }
    }
  }
  return undefined
}

/** Gives the smallest and largest of the pixels of rows and of `range`. All values must be finite. */
export function widen({ min, max }: Range, values: Values, rows: number): Range {
  for (let row = 0; row < rows; row++) {
    for (let at = row * columnCount; at < row * columnCount + pixelCount; at++) {
      const value = values[at]!
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  return { min, max }
}

/** The range of no pixels. */
export const emptyRange: Range = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }
