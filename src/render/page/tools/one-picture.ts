import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { PNG } from 'pngjs'
import type { BlockCache } from '../block-cache.ts'
import { packedBytes } from '../pack.ts'

/** Images side by side in a drawing, at least so many, become one picture. */
const fewest = 4
/** Most pixels of an image, and of all of them as one. */
const most = { image: 400_000, picture: 6_000_000 } as const

const runs = new RegExp(`(?:<image [^<>]*/>){${fewest},}`, 'g')

/**
 * Puts the images of a grid into one picture with nothing between them, where they are all of one size. What it cannot
 * read stays as it is. A cache keeps what was packed.
 */
export function withOnePicture(svg: string, cache?: BlockCache): string {
  return svg.replace(runs, (run) => {
    try {
      return onePicture(run, cache) ?? run
    } catch {
      // A browser may know pictures that this does not.
      return run
    }
  })
}

interface Tile {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly bytes: Buffer
}

function onePicture(run: string, cache: BlockCache | undefined): string | undefined {
  const tiles = (run.match(/<image [^<>]*\/>/g) ?? []).map(tileOf)
  const [first] = tiles
  if (!first || tiles.some((tile) => !tile || tile.width !== first.width || tile.height !== first.height))
    return undefined
  const all = tiles as Tile[]
  const { width, height } = first
  const pixels = sizeOf(first.bytes)
  const isAlike = all.every(({ bytes }) => {
    const size = sizeOf(bytes)
    return size.width === pixels.width && size.height === pixels.height
  })
  if (!isAlike || pixels.width * pixels.height > most.image) return undefined
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))]
  const [across, down] = [pixels.width / width, pixels.height / height]
  const columns = Math.round((Math.max(...all.map(({ x }) => x)) - left) * across) + pixels.width
  const rows = Math.round((Math.max(...all.map(({ y }) => y)) - top) * down) + pixels.height
  if (columns * rows > most.picture) return undefined
  const canvas = Buffer.alloc(columns * rows * 4)
  for (const { x, y, bytes } of all) {
    const { data } = PNG.sync.read(bytes)
    const [column, row] = [Math.round((x - left) * across), Math.round((y - top) * down)]
    for (let line = 0; line < pixels.height; line++)
      data.copy(
        canvas,
        ((row + line) * columns + column) * 4,
        line * pixels.width * 4,
        (line + 1) * pixels.width * 4,
      )
  }
  const picture = encoded(canvas, { width: columns, height: rows, cache })
  const address = `data:image/png;base64,${picture.toString('base64')}`
  const place = `transform="translate(${left},${top})" width="${rounded(columns / across)}" height="${rounded(rows / down)}"`
  return `<image href="${address}" ${place} preserveAspectRatio="none"/>`
}

function rounded(number: number): number {
  return Number(number.toFixed(2))
}

function tileOf(markup: string): Tile | undefined {
  const [, base64] = / (?:xlink:)?href="data:image\/png;base64,([A-Za-z0-9+/=]+)"/.exec(markup) ?? []
  const [, x, y] = / transform="translate\((-?[\d.]+),(-?[\d.]+)\)"/.exec(markup) ?? [0, '0', '0']
  const [width, height] = ['width', 'height'].map((side) =>
    Number(new RegExp(` ${side}="([\\d.]+)"`).exec(markup)?.[1]),
  )
  const others = / (?:opacity|clip-path|style|x|y)="/.test(markup)
  if (base64 === undefined || !width || !height || others) return undefined
  return { x: Number(x), y: Number(y), width, height, bytes: Buffer.from(base64, 'base64') }
}

// As its head says, before anything is unpacked.
function sizeOf(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

interface Encoding {
  readonly width: number
  readonly height: number
  readonly cache: BlockCache | undefined
}

/** Writes pixels as PNG, grey ones with half the bytes; by JavaScript alone, so that all give the same bytes. */
function encoded(rgba: Buffer, { width, height, cache }: Encoding): Buffer {
  const isGrey = isAllGrey(rgba)
  const samples = isGrey ? 2 : 4
  const stride = width * samples
  const pixels = isGrey ? greyOf(rgba) : rgba
  const lines = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const line = pixels.subarray(row * stride, (row + 1) * stride)
    const isRepeated = row > 0 && line.equals(pixels.subarray((row - 1) * stride, row * stride))
    // The filter "up" makes a repeated line zeros.
    lines[row * (stride + 1)] = isRepeated ? 2 : 0
    if (!isRepeated) line.copy(lines, row * (stride + 1) + 1)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  header.writeUInt8(isGrey ? 4 : 6, 9)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = packedBytes(lines, cache)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function isAllGrey(rgba: Buffer): boolean {
  for (let at = 0; at < rgba.length; at += 4)
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false
  return true
}

function greyOf(rgba: Buffer): Buffer {
  const grey = Buffer.alloc(rgba.length / 2)
  for (let at = 0; at < rgba.length; at += 4) {
    grey[at / 2] = rgba[at]!
    grey[at / 2 + 1] = rgba[at + 3]!
  }
  return grey
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [size, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, checksum])
}
