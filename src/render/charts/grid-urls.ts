import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { divergingImage, numbersOf } from './diverging-image.ts'
import { grayImage } from './gray-image.ts'
import { encodePng, type GrayImage, type RgbImage } from './png.ts'

const PNG_SCALE = 4
const COLORS = ['gray', 'diverging'] as const
const BAR_STEPS = 121

/** Pixels row by row: gray as bytes 0 to 255, numbers or base64; diverging as any numbers. */
export type Pixels = readonly number[] | Uint8Array | Float32Array | Float64Array | string

/** How the pixels of all images of a grid are read and coloured. */
export interface PixelOptions {
  /** Of the pixels, 28 unless given. */
  readonly width?: number
  /** Of the pixels, 28 unless given. */
  readonly height?: number
  /** Draws 0 white and 255 black, as ink on paper, which is the default; false draws the bytes as they are. */
  readonly invert?: boolean
  /**
   * `gray` unless given. `diverging` draws numbers below zero blue, zero white and numbers above orange, scaled
   * alike for all images, with a bar below that says how.
   */
  readonly colors?: 'gray' | 'diverging'
  /** The number drawn darkest by `diverging`, as is its negative; the largest of all images unless given. */
  readonly range?: number
}

/** Images ready to be drawn; with `range`, numbers from its negative to it are coloured as `barUrl` shows. */
export interface GridUrls {
  readonly urls: readonly string[]
  readonly bar?: { readonly url: string; readonly range: number }
}

/** Writes the pixels of a grid's images as PNG. Throws unless each image has `width * height` of them. */
export function gridUrls(images: readonly { readonly pixels: Pixels }[], options: PixelOptions): GridUrls {
  const { width = 28, height = 28, colors = 'gray', invert, range } = options
  if (!COLORS.includes(colors)) {
    const near = typeof colors === 'string' ? suggestion(colors, COLORS) : ''
    throw new Error(`imageGrid: expected ${listed(COLORS)} at options.colors, found ${found(colors)}${near}`)
  }
  if (colors === 'gray') {
    if (range !== undefined)
      throw new Error('imageGrid: expected options.range with diverging colors, found gray')
    const gray = { width, height, invert: invert ?? true }
    return {
      urls: images.map(({ pixels }, index) => urlOf(grayImage(pixels, gray, pathOf(index)), PNG_SCALE)),
    }
  }
  if (invert !== undefined)
    throw new Error('imageGrid: expected options.invert with gray colors, found diverging')
  const values = images.map(({ pixels }, index) => numbersOf(pixels, { width, height }, pathOf(index)))
  const most = range ?? largest(values)
  if (typeof most !== 'number' || !Number.isFinite(most) || most <= 0)
    throw new Error(`imageGrid: expected a positive number at options.range, found ${found(range)}`)
  const ramp = Array.from({ length: BAR_STEPS }, (_, step) => -1 + (2 * step) / (BAR_STEPS - 1))
  return {
    urls: values.map((one) => urlOf(divergingImage(one, { width, height, range: most }), PNG_SCALE)),
    bar: { url: urlOf(divergingImage(ramp, { width: BAR_STEPS, height: 1, range: 1 }), 1), range: most },
  }
}

// Images of nothing but zeros are white whatever the range.
function largest(values: readonly (readonly number[])[]): number {
  const most = values.reduce((so, one) => one.reduce((far, value) => Math.max(far, Math.abs(value)), so), 0)
  return most === 0 ? 1 : most
}

function urlOf(image: GrayImage | RgbImage, scale: number): string {
  return `data:image/png;base64,${encodePng(image, scale).toString('base64')}`
}

function pathOf(index: number): string {
  return `images[${index}].pixels`
}
