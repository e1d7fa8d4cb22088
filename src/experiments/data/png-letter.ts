import { PNG } from 'pngjs'
import { pixelsOfLetter } from './letter-rows.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * Decodes a PNG of 28 x 28 pixels to grey levels, `[784]`: colours by their luma (ITU-R BT.601), 16 bits rounded to
 * 8, what is transparent over black. Its size is read before anything is unpacked.
 * @throws where it is another file, broken, or of another size
 */
export function decodePng(bytes: Buffer): Uint8Array {
  if (bytes.length === 0) throw new Error('expected a PNG file, found an empty one')
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(signature)) {
    throw new Error('expected a PNG file, found something else')
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (width !== 28 || height !== 28) {
    throw new Error(`expected 28 x 28 pixels, found ${width} x ${height}`)
  }
  return greyOf(unpack(bytes))
}

function unpack(bytes: Buffer): Buffer {
  try {
    return PNG.sync.read(bytes).data
  } catch (cause) {
    throw new Error(`expected a whole PNG file, found a broken one: ${(cause as Error).message}`, { cause })
  }
}

function greyOf(rgba: Buffer): Uint8Array {
  const grey = new Uint8Array(pixelsOfLetter)
  for (let pixel = 0; pixel < pixelsOfLetter; pixel++) {
    const [red, green, blue, alpha] = rgba.subarray(4 * pixel, 4 * pixel + 4) as unknown as number[]
    grey[pixel] = Math.round(((0.299 * red! + 0.587 * green! + 0.114 * blue!) * alpha!) / 255)
  }
  return grey
}
