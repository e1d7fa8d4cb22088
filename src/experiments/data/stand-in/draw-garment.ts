import type { Random } from '../../../statistics/random.ts'
import type { Garment } from './garment-parts.ts'
import type { Contour } from './rasterise.ts'
import { rasterise } from './rasterise.ts'

const size = 28

/** Draws a garment, slightly moved, rotated, stretched, patterned and noisy, as bytes `[28, 28]` on background 0. */
export function drawGarment(garment: Garment, random: Random): Uint8Array {
  const place = placing(random)
  const paint = pattern(random)
  const ink = new Float64Array(size * size)
  for (const { contours, tone } of garment(random)) {
    const coverage = rasterise(contours.map(place), size)
    for (let pixel = 0; pixel < ink.length; pixel++) {
      const share = coverage[pixel]!
      if (share > 0) ink[pixel] = ink[pixel]! * (1 - share) + tone * share
    }
  }
  const noise = random.uniform(4, 22)
  const image = new Uint8Array(size * size)
  for (let pixel = 0; pixel < ink.length; pixel++) {
    const value = ink[pixel]!
    if (value < 0.02) continue
    const grain = Math.min(1, value) * noise * random.uniform(-1, 1)
    const level = value * paint(pixel % size, Math.floor(pixel / size)) + grain
    image[pixel] = Math.max(0, Math.min(255, Math.round(level)))
  }
  return image
}

/** Gives a small random affine map about the centre of the image. */
function placing(random: Random): (contour: Contour) => Contour {
  const [scaleX, scaleY] = [random.uniform(0.86, 1.04), random.uniform(0.88, 1.02)]
  const [turn, shear] = [random.uniform(-0.06, 0.06), random.uniform(-0.05, 0.05)]
  const [moveX, moveY] = [random.uniform(-1, 1), random.uniform(-1, 1)]
  return (contour) =>
    contour.map((value, at) => {
      const isX = at % 2 === 0
      const x = (isX ? value : contour[at - 1]!) - size / 2
      const y = (isX ? contour[at + 1]! : value) - size / 2
      return size / 2 + (isX ? scaleX * x - (turn + shear) * y + moveX : scaleY * y + turn * x + moveY)
    })
}

/** Gives the brightness of the cloth at a pixel: plain, graded, striped in either direction, or checked. */
function pattern(random: Random): (x: number, y: number) => number {
  const tone = random.uniform(90, 235)
  const [fadeX, fadeY] = [random.uniform(-2, 2), random.uniform(-2, 2)]
  const depth = random.uniform(0.15, 0.6)
  const period = 2 + random.below(4)
  const kind = random.below(7)
  const isDark = (at: number) => at % (2 * period) < period
  return (x, y) => {
    const stripe =
      (kind === 0 && isDark(x)) || (kind === 1 && isDark(y)) || (kind === 2 && isDark(x) !== isDark(y))
        ? 1 - depth
        : 1
    return (tone + fadeX * (x - 14) + fadeY * (y - 14)) * stripe
  }
}
