import { constants, crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const FILTER = { none: 0, sub: 1, up: 2 } as const
/** PNG's colour types by the bytes of a pixel. */
const COLOUR_TYPE = { 1: 0, 3: 2 } as const

export interface GrayImage {
  readonly width: number
  readonly height: number
  /** Row by row, 0 is black. */
  readonly pixels: Uint8Array
}

/** Three bytes a pixel: red, green, blue. */
export interface RgbImage extends GrayImage {
  readonly channels: 3
}

/**
 * Encodes an 8-bit gray or RGB image as PNG, every pixel enlarged to `scale` by `scale`, so that a viewer that
 * smooths what it enlarges leaves the pixels square. Gives the same bytes everywhere.
 */
export function encodePng(image: GrayImage | RgbImage, scale = 1): Buffer {
  const { width, height } = image
  const channels = 'channels' in image ? image.channels : 1
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width * scale, 0)
  header.writeUInt32BE(height * scale, 4)
  // Bit depth 8; compression, filter and interlace methods stay 0.
  header.writeUInt8(8, 8)
  header.writeUInt8(COLOUR_TYPE[channels], 9)
  // The run-length strategy never searches, so that zlib's builds for other processors find no other matches.
  const body = deflateSync(scanlines(image, channels, scale), {
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

// A repeated line is all zeros under the filter "up", which costs next to nothing. So are the repeated pixels of
// an RGB line under "sub"; those of a gray line are runs as they stand.
function scanlines({ width, height, pixels }: GrayImage, channels: 1 | 3, scale: number): Buffer {
  const stride = width * scale * channels + 1
  const lines = Buffer.alloc(stride * height * scale)
  for (let y = 0; y < height * scale; y++) {
    const start = y * stride
    const isRepeated = y % scale !== 0
    lines[start] = isRepeated ? FILTER.up : channels === 1 ? FILTER.none : FILTER.sub
    if (isRepeated) continue
    const row = (y / scale) * width * channels
    for (let at = 0; at < width * scale * channels; at++) {
      const pixel = Math.floor(at / channels)
      const here = row + Math.floor(pixel / scale) * channels + (at % channels)
      const byte = pixels[here]!
      const isSame = channels === 3 && pixel % scale !== 0
      const left = channels === 1 || pixel === 0 ? 0 : pixels[here - channels]!
      lines[start + 1 + at] = isSame ? 0 : byte - left
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
