import { COLUMN_WIDTH_PX } from '../charts/theme.ts'
import { found } from '../model/found.ts'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
  /** Pixels of the picture in one CSS pixel. */
  readonly density: number
}

const INCH_PX = 96

/** Says whether a value is the bytes of a file. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

/**
 * Gives the SVG that shows a picture, from the bytes of a PNG or a JPEG: as large as its pixels, or as its own
 * resolution says where that is finer than a screen's, but not wider than a column. Throws `expected …, found …` for
 * other bytes.
 */
export function pictureSvg(bytes: Uint8Array): string {
  const [type, size] = sizeOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const widthPx = Math.min(COLUMN_WIDTH_PX, size.widthPx / size.density)
  const heightPx = (widthPx * size.heightPx) / size.widthPx
  const [width, height] = [widthPx, heightPx].map((side) => Number(side.toFixed(2)))
  const uri = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`
  return `<svg width="${width}" height="${height}"><image width="${width}" height="${height}" href="${uri}"/></svg>`
}

function sizeOf(bytes: Buffer): readonly ['png' | 'jpeg', Size] {
  const size = sizeOfPng(bytes) ?? sizeOfJpeg(bytes)
  if (size && size[1].widthPx > 0 && size[1].heightPx > 0) return size
  const start = bytes.subarray(0, 4)
  throw new Error(
    `Cannot make a figure of bytes, expected a whole PNG or JPEG, found ${bytes.length === 0 ? 'none' : `${bytes.length} bytes that begin with ${found(start.toString('latin1'))}`}`,
  )
}

function sizeOfPng(bytes: Buffer): readonly ['png', Size] | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined
  const perMetre = perMetreIn(bytes)
  const density = Math.max(1, (perMetre * 0.0254) / INCH_PX)
  return ['png', { widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20), density }]
}

// 0 if the picture does not say so in metres, before its pixels.
function perMetreIn(bytes: Buffer): number {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') return 0
    if (type === 'pHYs' && at + 17 <= bytes.length && bytes[at + 16] === 1) return bytes.readUInt32BE(at + 8)
  }
  return 0
}

// Segments of a JPEG: the header of its frame has its size, JFIF its resolution.
function sizeOfJpeg(bytes: Buffer): readonly ['jpeg', Size] | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  let density = 1
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!
    const isFrame = 0xc0 <= marker && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame)
      return ['jpeg', { widthPx: bytes.readUInt16BE(at + 7), heightPx: bytes.readUInt16BE(at + 5), density }]
    if (marker === 0xe0 && bytes.toString('latin1', at + 4, at + 8) === 'JFIF' && at + 14 < bytes.length) {
      const perInch = { 1: 1, 2: 2.54 }[bytes[at + 11]!] ?? 0
      density = Math.max(1, (bytes.readUInt16BE(at + 12) * perInch) / INCH_PX)
    }
  }
  return undefined
}
