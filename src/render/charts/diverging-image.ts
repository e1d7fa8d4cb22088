import { found } from '../model/found.ts'
import { rgbAt } from './colour.ts'
import type { RgbImage } from './png.ts'

/** Equally far numbers below and above zero are equally dark, and blue and orange differ to every eye. */
const NEGATIVE = ['#ffffff', '#5aa0d6', '#08478c'] as const
const POSITIVE = ['#ffffff', '#f5914a', '#9c3403'] as const

export interface DivergingImageOptions {
  readonly width: number
  readonly height: number
  /** Drawn darkest, as is its negative and whatever lies beyond. */
  readonly range: number
}

/** Colours numbers by their sign and size: blue below zero, white at zero, orange above. */
export function divergingImage(
  values: readonly number[],
  { width, height, range }: DivergingImageOptions,
): RgbImage {
  const pixels = Uint8Array.from(
    values.flatMap((value) => [...rgbAt(value < 0 ? NEGATIVE : POSITIVE, Math.abs(value) / range)]),
  )
  return { width, height, channels: 3, pixels }
}

/** Reads `width * height` numbers of any size. `path` names them in errors. */
export function numbersOf(
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
