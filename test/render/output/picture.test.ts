import assert from 'node:assert/strict'
import test from 'node:test'
import { crc32 } from 'node:zlib'
import { encodePng } from '../../../src/render/charts/png.ts'
import { figure } from '../../../src/render/output/index.ts'
import { pictureSvg } from '../../../src/render/output/picture.ts'

const png = encodePng({ width: 3, height: 2, pixels: new Uint8Array(6) })

test('pictureSvg should be as large as the pixels of a PNG', () => {
  const svg = pictureSvg(png)
  assert.match(svg, /^<svg width="3" height="2"><image width="3" height="2" href="data:image\/png;base64,/)
  assert.ok(svg.includes(png.toString('base64')))
})

test('pictureSvg should heed a fine resolution, and the width of a column', () => {
  const fine = withChunk(png, 'pHYs', [0, 0, 0x1d, 0x87, 0, 0, 0x1d, 0x87, 1])
  // 7559 pixels a metre are 192 an inch, twice those of CSS.
  assert.match(pictureSvg(fine), /^<svg width="1.5" height="1">/)
  const coarse = withChunk(png, 'pHYs', [0, 0, 0x05, 0, 0, 0, 0x05, 0, 1])
  assert.match(pictureSvg(coarse), /^<svg width="3" height="2">/)
  const wide = encodePng({ width: 1248, height: 10, pixels: new Uint8Array(12_480) })
  assert.match(pictureSvg(wide), /^<svg width="536" height="4\.29">/)
})

test('pictureSvg should read the size of a JPEG', () => {
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0]
  const jfif = (unit: number, density: number) => [
    ...[0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, unit],
    ...[density >> 8, density & 255, density >> 8, density & 255, 0, 0],
  ]
  const start = [0xff, 0xd8]
  assert.match(
    pictureSvg(Uint8Array.from([...start, ...frame])),
    /^<svg width="30" height="20"><image .*image\/jpeg/,
  )
  assert.match(
    pictureSvg(Uint8Array.from([...start, ...jfif(1, 192), ...frame])),
    /^<svg width="15" height="10">/,
  )
  assert.match(
    pictureSvg(Uint8Array.from([...start, ...jfif(1, 72), ...frame])),
    /^<svg width="30" height="20">/,
  )
})

test('pictureSvg should refuse other bytes', () => {
  const cases: [Uint8Array, RegExp][] = [
    [new Uint8Array(), /expected a whole PNG or JPEG, found none/],
    [Buffer.from('GIF89a........'), /found 14 bytes that begin with "GIF8"/],
    [png.subarray(0, 20), /found 20 bytes/],
    [Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]), /found 4 bytes/],
  ]
  for (const [bytes, message] of cases) assert.throws(() => pictureSvg(bytes), message)
})

test('figure should take bytes with their alternative text', () => {
  const made = figure(png, { alt: 'Black', caption: 'C' })
  assert.deepEqual(made, { kind: 'figure', spec: { svg: pictureSvg(png) }, alt: 'Black', caption: 'C' })
})

// Behind the header, which takes 33 bytes.
function withChunk(bytes: Buffer, type: string, content: readonly number[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(content)])
  const [size, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([bytes.subarray(0, 33), size, body, checksum, bytes.subarray(33)])
}
