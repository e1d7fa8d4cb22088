import type { Random } from '../../../statistics/random.ts'
import type { Contour } from './rasterise.ts'

/** A part of a drawn garment, painted over the parts before it. */
export interface Part {
  readonly contours: readonly Contour[]
  /** Brightness relative to the garment's own tone, which is 1. */
  readonly tone: number
}

/** Draws the parts of a garment in a box of 28 x 28, centred at x = 14, y downwards. */
export type Garment = (random: Random) => readonly Part[]

/** Gives a symmetric contour from the corners of its right half, top to bottom, as distances from the middle line. */
export function mirrored(right: readonly (readonly [distance: number, y: number])[]): Contour {
  const left = [...right].reverse()
  return [
    ...right.flatMap(([distance, y]) => [14 + distance, y]),
    ...left.flatMap(([distance, y]) => [14 - distance, y]),
  ]
}

/** Gives the same contour on both sides of the middle line. */
export function pair(right: readonly (readonly [distance: number, y: number])[]): readonly Contour[] {
  return [
    right.flatMap(([distance, y]) => [14 + distance, y]),
    right.flatMap(([distance, y]) => [14 - distance, y]),
  ]
}

/** Gives the outline of an upright half ring; (x, y) is the middle of its base. */
export function ring(x: number, y: number, radiusX: number, radiusY: number, thickness: number): Contour {
  const outer = arch(x, y, radiusX, radiusY)
  const inner = arch(x, y, radiusX - thickness, radiusY - thickness).reverse()
  return [...outer, ...inner].flat()
}

/**
 * Gives points of the upper half of an ellipse from left to right. It uses the rational form of a circle,
 * ((1-t^2)/(1+t^2), 2t/(1+t^2)), because the last digit of sine and cosine differs between machines.
 */
function arch(x: number, y: number, radiusX: number, radiusY: number): [number, number][] {
  const steps = 6
  return Array.from({ length: 2 * steps + 1 }, (_, index) => {
    const side = index <= steps ? -1 : 1
    const t = side < 0 ? index / steps : (2 * steps - index) / steps
    const norm = 1 + t * t
    return [x + (side * radiusX * (1 - t * t)) / norm, y - (radiusY * 2 * t) / norm]
  })
}
