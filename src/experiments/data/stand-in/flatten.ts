import type { Contour } from './rasterise.ts'

/** A step of an outline in the format of opentype.js, y downwards. */
export interface OutlineStep {
  readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z'
  readonly x?: number
  readonly y?: number
  readonly x1?: number
  readonly y1?: number
  readonly x2?: number
  readonly y2?: number
}

const pieces = 8

/** Converts outlines of lines, quadratic and cubic Bezier curves to closed polygons, with eight sides per curve. */
export function flatten(steps: readonly OutlineStep[]): Contour[] {
  const contours: number[][] = []
  for (const step of steps) {
    if (step.type === 'Z') continue
    const { x = 0, y = 0 } = step
    const contour = contours.at(-1)
    if (step.type === 'M' || !contour) contours.push([x, y])
    else if (step.type === 'L') contour.push(x, y)
    else contour.push(...curve(contour.slice(-2), step))
  }
  return contours
}

function curve([x0 = 0, y0 = 0]: readonly number[], step: OutlineStep): number[] {
  const { x = 0, y = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0 } = step
  return Array.from({ length: pieces }, (_, index) => {
    const t = (index + 1) / pieces
    const s = 1 - t
    if (step.type === 'Q')
      return [s * s * x0 + 2 * s * t * x1 + t * t * x, s * s * y0 + 2 * s * t * y1 + t * t * y]
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    return [a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y]
  }).flat()
}
