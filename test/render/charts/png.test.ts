import assert from 'node:assert/strict'
import test from 'node:test'
import { inflateSync } from 'node:zlib'
import { encodePng } from '../../../src/render/charts/png.ts'

/** Computes the checksum of PNG's annex D, bit by bit. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function chunksOf(png: Buffer): { type: string; body: Buffer }[] {
  const chunks: { type: string; body: Buffer }[] = []
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    const named = png.subarray(at + 4, at + 8 + size)
    assert.equal(png.readUInt32BE(at + 8 + size), crcOf(named))
    chunks.push({ type: named.toString('latin1', 0, 4), body: named.subarray(4) })
    at += 12 + size
  }
  return chunks
}

/** Undoes the filters "none" and "up". */
function decode(png: Buffer): { width: number; height: number; rows: number[][] } {
  const [header, body] = chunksOf(png)
  const width = header!.body.readUInt32BE(0)
  const height = header!.body.readUInt32BE(4)
  const lines = inflateSync(body!.body)
  const rows: number[][] = []
  for (let y = 0; y < height; y++) {
    const line = lines.subarray(y * (width + 1), (y + 1) * (width + 1))
    rows.push(
      Array.from(line.subarray(1), (byte, x) => (line[0] === 2 ? (byte + rows[y - 1]![x]!) & 255 : byte)),
    )
  }
  return { width, height, rows }
}

const image = { width: 3, height: 2, pixels: Uint8Array.from([0, 128, 255, 10, 20, 30]) }

test('encodePng should write a header, one body and an end', () => {
  const png = encodePng(image)
  assert.equal(png.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n')
  const chunks = chunksOf(png)
  assert.deepEqual(
    chunks.map(({ type }) => type),
    ['IHDR', 'IDAT', 'IEND'],
  )
  assert.deepEqual([...chunks[0]!.body], [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
})

test('encodePng should keep the pixels', () => {
  assert.deepEqual(decode(encodePng(image)), {
    width: 3,
    height: 2,
    rows: [
      [0, 128, 255],
      [10, 20, 30],
    ],
  })
})

test('encodePng should enlarge each pixel to a square', () => {
  const { width, height, rows } = decode(encodePng(image, 4))
  assert.deepEqual([width, height], [12, 8])
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 12; x++) assert.equal(rows[y]![x], image.pixels[(y >> 2) * 3 + (x >> 2)])
})

test('encodePng should give few more bytes for an enlarged image', () => {
  const pixels = Uint8Array.from({ length: 784 }, (_, index) => (index * 7919) % 256)
  assert.ok(encodePng({ width: 28, height: 28, pixels }, 4).length < 2500)
})

test('encodePng should keep the colours of an RGB image, also when enlarged', () => {
  const pixels = Uint8Array.from([255, 0, 0, 0, 128, 255, 10, 20, 30, 40, 50, 60])
  const png = encodePng({ width: 2, height: 2, channels: 3, pixels }, 2)
  const [header, body] = chunksOf(png)
  assert.deepEqual([...header!.body.subarray(0, 10)], [0, 0, 0, 4, 0, 0, 0, 4, 8, 2])
  const lines = inflateSync(body!.body)
  const stride = 1 + 4 * 3
  for (let y = 0; y < 4; y++) {
    const line = lines.subarray(y * stride, (y + 1) * stride)
    if (y % 2 === 1) {
      assert.deepEqual([...line], [2, ...new Array(12).fill(0)])
      continue
    }
    // Undoes the filter "sub".
    const bytes: number[] = []
    for (const byte of line.subarray(1)) bytes.push((byte + (bytes.at(-3) ?? 0)) & 255)
    const wanted = [0, 0, 1, 1].flatMap((x) => [...pixels.subarray((y + x) * 3, (y + x) * 3 + 3)])
    assert.deepEqual([line[0], ...bytes], [1, ...wanted])
  }
})
