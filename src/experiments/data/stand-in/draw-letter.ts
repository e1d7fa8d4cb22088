import type { Random } from '../../../statistics/random.ts'
import { type Contour, rasterise } from './rasterise.ts'

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

/** Gives points of a quadratic or cubic Bezier curve. */
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

const size = 28

/**
 * Draws a letter from its polygons, slightly rotated, sheared and stretched, and fitted into the image as in notMNIST.
 * Gives bytes `[28, 28]` of 16 levels, 0 = background, 255 = ink.
 */
export function drawLetter(outline: readonly Contour[], random: Random): Uint8Array {
  const [turn, shear, stretch] = [
    random.uniform(-0.2, 0.2),
    random.uniform(-0.25, 0.25),
    random.uniform(0.8, 1.25),
  ]
  const bent = outline.map((contour) =>
    mapCorners(contour, (x, y) => [stretch * (x - (turn + shear) * y), y + turn * x]),
  )
  const coverage = rasterise(fit(bent, random), size)
  return Uint8Array.from(coverage, (share) => Math.min(15, Math.round(share * 15)) * 17)
}

/** Scales polygons so that the longer side is 22 to 28 pixels, and moves them near the centre. */
function fit(outline: readonly Contour[], random: Random): Contour[] {
  const [left, right] = extent(outline, 0)
  const [top, bottom] = extent(outline, 1)
  const scale = random.uniform(22, 28) / Math.max(right - left, bottom - top)
  const place = (low: number, high: number) => {
    const room = size - scale * (high - low)
    return room * random.uniform(0.35, 0.65) - scale * low
  }
  const [moveX, moveY] = [place(left, right), place(top, bottom)]
  return outline.map((contour) => mapCorners(contour, (x, y) => [scale * x + moveX, scale * y + moveY]))
}

/** Gives the smallest and the largest coordinate along an axis. */
function extent(outline: readonly Contour[], axis: 0 | 1): [number, number] {
  const values = outline.flatMap((contour) => contour.filter((_, at) => at % 2 === axis))
  return [Math.min(...values), Math.max(...values)]
}

/** Moves each corner of a contour. */
function mapCorners(contour: Contour, map: (x: number, y: number) => [number, number]): Contour {
  return Array.from({ length: contour.length / 2 }, (_, corner) =>
    map(contour[2 * corner]!, contour[2 * corner + 1]!),
  ).flat()
}
