import { found } from '../model/found.ts'
import type { GrayImage } from './png.ts'

export interface GrayImageOptions {
  readonly width: number
  readonly height: number
  /** Whether 255 is ink, hence black. */
  readonly invert: boolean
}

/** Reads `width * height` bytes, given as numbers 0 to 255 or as base64. `path` names them in errors. */
export function grayImage(
  pixels: unknown,
  { width, height, invert }: GrayImageOptions,
  path: string,
): GrayImage {
  const bytes = typeof pixels === 'string' ? fromBase64(pixels, path) : fromNumbers(pixels, path)
  if (bytes.length !== width * height) {
    throw new Error(
      `imageGrid: expected ${width} x ${height} = ${width * height} bytes at ${path}, found ${bytes.length}`,
    )
  }
  return { width, height, pixels: invert ? bytes.map((byte) => 255 - byte) : bytes }
}

// Node skips what is no base64 without a word.
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
