import assert from 'node:assert/strict'
import test from 'node:test'
import { PNG } from 'pngjs'
import { encodePng, type GrayImage, type RgbImage } from '../../../../src/render/charts/png.ts'
import { withOnePicture } from '../../../../src/render/page/tools/one-picture.ts'

const imageAt = (x: number, y: number, image: GrayImage | RgbImage, more = '') =>
  `<image xlink:href="data:image/png;base64,${encodePng(image).toString('base64')}" transform="translate(${x},${y})" width="4" height="4" preserveAspectRatio="none"${more}/>`
const grey = (value: number): GrayImage => ({
  width: 2,
  height: 2,
  pixels: Uint8Array.of(value, 0, 255, value),
})
const places = [
  [1, 2],
  [7, 2],
  [1, 8],
  [7, 8],
] as const
const grid = places.map(([x, y], index) => imageAt(x, y, grey(50 * index))).join('')

function pictureIn(svg: string) {
  const [, base64 = ''] = /<image href="data:image\/png;base64,([^"]+)"/.exec(svg) ?? []
  return PNG.sync.read(Buffer.from(base64, 'base64'))
}

test('withOnePicture should put the images of a grid into one, with nothing between them', () => {
  const svg = withOnePicture(`<svg><g>${grid}</g><text>a</text></svg>`)
  assert.match(
    svg,
    /^<svg><g><image href="[^"]+" transform="translate\(1,2\)" width="10" height="10" preserveAspectRatio="none"\/><\/g><text>a/,
  )
  const { width, height, data } = pictureIn(svg)
  assert.deepEqual([width, height], [5, 5])
  const at = (column: number, row: number) => [
    ...data.subarray((row * 5 + column) * 4, (row * 5 + column) * 4 + 4),
  ]
  assert.deepEqual(
    [at(0, 0), at(1, 0), at(0, 1)],
    [
      [0, 0, 0, 255],
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ],
  )
  assert.deepEqual(
    [at(3, 0), at(0, 3), at(4, 4)],
    [
      [50, 50, 50, 255],
      [100, 100, 100, 255],
      [150, 150, 150, 255],
    ],
  )
  assert.deepEqual(
    [at(2, 0), at(2, 4), at(4, 2)].map((pixel) => pixel[3]),
    [0, 0, 0],
  )
})

test('withOnePicture should keep colours, and give the same bytes each time', () => {
  const red: RgbImage = { width: 1, height: 1, channels: 3, pixels: Uint8Array.of(200, 30, 10) }
  const svg = places.map(([x, y]) => imageAt(x, y, red)).join('')
  assert.deepEqual([...pictureIn(withOnePicture(svg)).data.subarray(0, 4)], [200, 30, 10, 255])
  assert.equal(withOnePicture(svg), withOnePicture(svg))
})

test('withOnePicture should leave alone what it cannot put together', () => {
  const large = grid.replace('width="4"', 'width="5"')
  const other = places
    .map(([x, y], index) => imageAt(x, y, { ...grey(0), ...(index === 0 ? { width: 1, height: 4 } : {}) }))
    .join('')
  const broken = grid.replace(/base64,[^"]{90}/, 'base64,AAAA')
  const huge = grid.replace('translate(7,8)', 'translate(90000,90000)')
  const faded = places.map(([x, y]) => imageAt(x, y, grey(9), ' opacity="0.5"')).join('')
  const few = grid.slice(0, grid.lastIndexOf('<image'))
  const linked = grid.replace(/data:image[^"]*/, 'https://example.org/a.png')
  for (const svg of [large, other, broken, huge, faded, few, linked]) assert.equal(withOnePicture(svg), svg)
})
