import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { rgbAt } from './colour.ts'
import type { GrayImage, RgbImage } from './png.ts'
import { encodePng } from './png.ts'

const PNG_SCALE = 4
const COLORS = ['gray', 'diverging'] as const
const BAR_STEPS = 121

/** Pixels row by row: gray as bytes 0 to 255, numbers or base64; diverging as any numbers. */
export type Pixels = readonly number[] | Uint8Array | Float32Array | Float64Array | string

/** How to read and colour the pixels of all images of a grid. */
export interface PixelOptions {
  /** Width of an image in pixels; 28 by default. */
  readonly width?: number
  /** Height of an image in pixels; 28 by default. */
  readonly height?: number
  /** Draws 0 as white and 255 as black, like ink on paper; the default. False draws the bytes unchanged. */
  readonly invert?: boolean
  /**
   * By default `gray`. `diverging` draws numbers below zero dark and blue, zero grey, and numbers above zero pale and
   * orange, with the same scale for all images, and a bar below that explains it.
   */
  readonly colors?: 'gray' | 'diverging'
  /** The number that `diverging` draws palest, and its negative darkest; by default the largest number of all images. */
  readonly range?: number
}

/** Images ready to draw; with `bar`, numbers from `-range` to `range` have the colours that `url` shows. */
export interface GridUrls {
  readonly urls: readonly string[]
  readonly bar?: { readonly url: string; readonly range: number }
}

/** Writes the pixels of a grid's images as PNG. Throws unless each image has `width * height` pixels. */
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
  const values = images.map(({ pixels }, index) => readNumbers(pixels, { width, height }, pathOf(index)))
  const most = range ?? largest(values)
  if (typeof most !== 'number' || !Number.isFinite(most) || most <= 0)
    throw new Error(`imageGrid: expected a positive number at options.range, found ${found(range)}`)
  const ramp = Array.from({ length: BAR_STEPS }, (_, step) => -1 + (2 * step) / (BAR_STEPS - 1))
  return {
    urls: values.map((one) => urlOf(divergingImage(one, { width, height, range: most }), PNG_SCALE)),
    bar: { url: urlOf(divergingImage(ramp, { width: BAR_STEPS, height: 1, range: 1 }), 1), range: most },
  }
}

// If all images contain only zeros, they are grey whatever the range.
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

interface GrayImageOptions {
  readonly width: number
  readonly height: number
  /** Whether 255 is ink and so black. */
  readonly invert: boolean
}

/** Reads `width * height` bytes, given as numbers 0 to 255 or as base64. `path` names them in errors. */
function grayImage(pixels: unknown, { width, height, invert }: GrayImageOptions, path: string): GrayImage {
  const bytes = typeof pixels === 'string' ? fromBase64(pixels, path) : fromNumbers(pixels, path)
  if (bytes.length !== width * height) {
    throw new Error(
      `imageGrid: expected ${width} x ${height} = ${width * height} bytes at ${path}, found ${bytes.length}`,
    )
  }
  return { width, height, pixels: invert ? bytes.map((byte) => 255 - byte) : bytes }
}

// Node silently skips characters that are not base64.
function fromBase64(pixels: string, path: string): Uint8Array {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(pixels)) return Uint8Array.from(Buffer.from(pixels, 'base64'))
  throw new Error(`imageGrid: expected base64 at ${path}, found ${found(pixels)}`)
}

function fromNumbers(pixels: unknown, path: string): Uint8Array {
  if (!Array.isArray(pixels) && !(pixels instanceof Uint8Array)) {
    throw new Error(`imageGrid: expected bytes or base64 at ${path}, found ${found(pixels)}`)
  }
  const wrong = pixels.findIndex(
    (value: unknown) => !Number.isInteger(value) || (value as number) < 0 || (value as number) > 255,
  )
  if (wrong >= 0) {
    throw new Error(
      `imageGrid: expected a whole number from 0 to 255 at ${path}[${wrong}], found ${found(pixels[wrong])}`,
    )
  }
  return Uint8Array.from(pixels)
}

/** From dark over grey to pale, so that a copy in grey keeps the signs; blue and orange differ for every kind of colour vision. */
const NEGATIVE = ['#b0b0b0', '#3f78b5', '#04264f'] as const
const POSITIVE = ['#b0b0b0', '#f2ad62', '#fff3d9'] as const

interface DivergingImageOptions {
  readonly width: number
  readonly height: number
  /** The number drawn palest, like all beyond it; its negative is darkest. */
  readonly range: number
}

/** Colours numbers by their sign and size: dark blue below zero, grey at zero, pale orange above. */
function divergingImage(
  values: readonly number[],
  { width, height, range }: DivergingImageOptions,
): RgbImage {
  const pixels = Uint8Array.from(
    values.flatMap((value) => [...rgbAt(value < 0 ? NEGATIVE : POSITIVE, Math.abs(value) / range)]),
  )
  return { width, height, channels: 3, pixels }
}

/** Reads `width * height` numbers of any size. `path` names them in errors. */
function readNumbers(
  pixels: unknown,
  { width, height }: { readonly width: number; readonly height: number },
  path: string,
): number[] {
  const isList = Array.isArray(pixels) || (ArrayBuffer.isView(pixels) && !(pixels instanceof DataView))
  if (!isList) throw new Error(`imageGrid: expected numbers at ${path}, found ${found(pixels)}`)
  const values = Array.from(pixels as ArrayLike<unknown>)
  if (values.length !== width * height) {
    throw new Error(
      `imageGrid: expected ${width} x ${height} = ${width * height} numbers at ${path}, found ${values.length}`,
    )
  }
  const wrong = values.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value))
  if (wrong < 0) return values as number[]
  throw new Error(`imageGrid: expected a number at ${path}[${wrong}], found ${found(values[wrong])}`)
}
