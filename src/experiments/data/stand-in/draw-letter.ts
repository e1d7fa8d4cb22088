import type { Random } from '../../../statistics/random.ts'
import type { Contour } from './rasterise.ts'
import { rasterise } from './rasterise.ts'

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

function extent(outline: readonly Contour[], axis: 0 | 1): [number, number] {
  const values = outline.flatMap((contour) => contour.filter((_, at) => at % 2 === axis))
  return [Math.min(...values), Math.max(...values)]
}

function mapCorners(contour: Contour, map: (x: number, y: number) => [number, number]): Contour {
  return Array.from({ length: contour.length / 2 }, (_, corner) =>
    map(contour[2 * corner]!, contour[2 * corner + 1]!),
  ).flat()
}
