import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** How much two pictures differ. */
export interface Difference {
  /** Share of the pixels that differ by more than another machine's rounding, from 0 to 1. */
  readonly share: number
  /** The second picture, pale, with differences in red; undefined if the sizes differ. */
  readonly diff?: Buffer
}

/** Share of YIQ's range, from 0 to 1. Machines differ by less than this at the edges of letters. */
const threshold = 0.05

/** Compares two PNGs pixel by pixel. Pictures of different sizes differ in every pixel. */
export function comparePictures(expected: Buffer, actual: Buffer): Difference {
  const [one, other] = [PNG.sync.read(expected), PNG.sync.read(actual)]
  if (one.width !== other.width || one.height !== other.height) return { share: 1 }
  const { width, height } = other
  const diff = new PNG({ width, height })
  const options = { threshold, includeAA: true }
  const count = pixelmatch(one.data, other.data, diff.data, width, height, options)
  return { share: count / (width * height), diff: PNG.sync.write(diff) }
}

/** Rewrites a PNG without transparency, as small as possible. */
export function packPicture(picture: Buffer): Buffer {
  return packed(picture, 2)
}

/** Rewrites a PNG in shades of grey, as small as possible. */
export function packGrey(picture: Buffer): Buffer {
  return packed(picture, 0)
}

function packed(picture: Buffer, colorType: 0 | 2): Buffer {
  return PNG.sync.write(PNG.sync.read(picture), {
    colorType,
    inputHasAlpha: true,
    deflateLevel: 9,
    filterType: -1,
  })
}
