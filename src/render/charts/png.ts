import { constants, crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const FILTER = { none: 0, up: 2 } as const

export interface GrayImage {
  readonly width: number
  readonly height: number
  /** Row by row, 0 is black. */
  readonly pixels: Uint8Array
}

/**
 * Encodes an 8-bit gray image as PNG, every pixel enlarged to `scale` by `scale`, so that a viewer that
 * smooths what it enlarges leaves the pixels square. Gives the same bytes everywhere.
 */
export function encodePng({ width, height, pixels }: GrayImage, scale = 1): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width * scale, 0)
  header.writeUInt32BE(height * scale, 4)
  // Bit depth 8; colour type 0 (gray), compression, filter and interlace methods stay 0.
  header.writeUInt8(8, 8)
  // The run-length strategy never searches, so that zlib's builds for other processors find no other matches.
  const body = deflateSync(scanlines({ width, height, pixels }, scale), {
    strategy: constants.Z_RLE,
    level: 9,
  })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

// A repeated line is all zeros under the filter "up", which costs next to nothing.
function scanlines({ width, height, pixels }: GrayImage, scale: number): Buffer {
  const stride = width * scale + 1
  const lines = Buffer.alloc(stride * height * scale)
  for (let y = 0; y < height * scale; y++) {
    const start = y * stride
    const isRepeated = y % scale !== 0
    lines[start] = isRepeated ? FILTER.up : FILTER.none
    if (isRepeated) continue
    for (let x = 0; x < width * scale; x++) {
      lines[start + 1 + x] = pixels[(y / scale) * width + Math.floor(x / scale)]!
    }
  }
  return lines
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, checksum])
}
