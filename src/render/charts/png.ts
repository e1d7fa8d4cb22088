import { constants, crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const FILTER = { none: 0, sub: 1, up: 2 } as const
/** PNG's colour types by the number of bytes in a pixel. */
const COLOUR_TYPE = { 1: 0, 3: 2 } as const

export interface GrayImage {
  readonly width: number
  readonly height: number
  /** Row by row; 0 is black. */
  readonly pixels: Uint8Array
}

/** An image with three bytes for each pixel: red, green, blue. */
export interface RgbImage extends GrayImage {
  readonly channels: 3
}

/**
 * Encodes an 8-bit gray or RGB image as PNG. Enlarges every pixel to `scale` by `scale`, so that pixels stay square
 * in a viewer that smooths enlarged images. Gives the same bytes on every machine.
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
  // The run-length strategy does not search for matches, so zlib builds for different processors give the same bytes.
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

// With the filter "up", a repeated line is all zeros and costs almost nothing. The same holds for repeated pixels of
// an RGB line with "sub"; repeated pixels of a gray line are already runs.
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
