/** A closed polygon: x and y of each corner in turn, in pixels, y downwards. */
export type Contour = readonly number[]

const lines = 5

/**
 * Gives the share of each pixel that is inside closed polygons, in [0, 1], as `[size, size]`, by the non-zero winding
 * rule. It samples five lines per pixel row and is exact along each line. It uses only + - * /, so that all machines
 * give the same result.
 */
export function rasterise(contours: readonly Contour[], size: number): Float64Array {
  const coverage = new Float64Array(size * size)
  for (const [line, crossings] of crossingsByLine(contours, size * lines).entries()) {
    if (!crossings) continue
    const start = Math.floor(line / lines) * size
    let winding = 0
    crossings.sort((a, b) => a.x - b.x)
    for (let index = 0; index + 1 < crossings.length; index++) {
      winding += crossings[index]!.direction
      if (winding !== 0) fill(coverage, start, size, crossings[index]!.x, crossings[index + 1]!.x)
    }
  }
  return coverage
}

interface Crossing {
  readonly x: number
  readonly direction: 1 | -1
}

/** Gives the points where edges cross the sampled lines; line k is at y = (k + 0.5) / lines. */
function crossingsByLine(contours: readonly Contour[], count: number): Crossing[][] {
  const byLine: Crossing[][] = []
  for (const contour of contours) {
    for (let at = 0; at < contour.length; at += 2) {
      const end = (at + 2) % contour.length
      const [x0, y0, x1, y1] = [contour[at]!, contour[at + 1]!, contour[end]!, contour[end + 1]!]
      const first = Math.max(0, Math.ceil(Math.min(y0, y1) * lines - 0.5))
      const last = Math.min(count, Math.ceil(Math.max(y0, y1) * lines - 0.5))
      for (let line = first; line < last; line++) {
        const x = x0 + (((line + 0.5) / lines - y0) / (y1 - y0)) * (x1 - x0)
        const crossings = byLine[line] ?? []
        crossings.push({ x, direction: y1 > y0 ? 1 : -1 })
        byLine[line] = crossings
      }
    }
  }
  return byLine
}

/** Adds the part of each pixel between two abscissas of one line. */
function fill(coverage: Float64Array, start: number, size: number, from: number, to: number): void {
  const left = Math.max(0, from)
  const right = Math.min(size, to)
  for (let x = Math.floor(left); x < right; x++) {
    coverage[start + x]! += Math.max(0, Math.min(x + 1, right) - Math.max(x, left)) / lines
  }
}
