import assert from 'node:assert/strict'
import test from 'node:test'
import { type GridImage, imageGrid } from '../../../src/render/charts/index.ts'

interface Layer {
  data: { values: { x: number; y: number; url?: string; text?: string }[] }
  mark: { type: string; width?: number; height?: number }
}

const layersOf = (...args: Parameters<typeof imageGrid>) =>
  imageGrid(...args).spec.layer as unknown as Layer[]
const blank = (more: Partial<GridImage> = {}): GridImage => ({ pixels: new Uint8Array(784), ...more })

test('imageGrid should be plain data', () => {
  const made = imageGrid([blank({ label: 'Bag' })], { alt: 'A', caption: 'C' })
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
  assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
})

test('imageGrid should accept numbers, bytes and base64', () => {
  const bytes = Uint8Array.from({ length: 784 }, (_, index) => index % 256)
  const pixels = [bytes, [...bytes], Buffer.from(bytes).toString('base64')]
  const urls = pixels.map((one) => layersOf([{ pixels: one }], { alt: 'A' })[0]!.data.values[0]!.url)
  assert.equal(new Set(urls).size, 1)
  assert.match(urls[0]!, /^data:image\/png;base64,iVBORw0KGgo/)
})

test('imageGrid should draw ink on paper by default', () => {
  const [ink, paper] = [255, 0].map((value) => new Uint8Array(784).fill(value))
  const url = (pixels: Uint8Array, invert?: boolean) =>
    layersOf([{ pixels }], { alt: 'A', invert })[0]!.data.values[0]!.url
  assert.equal(url(ink!), url(paper!, false))
  assert.notEqual(url(ink!), url(ink!, false))
})

test('imageGrid should put images into rows', () => {
  const [images] = layersOf(
    Array.from({ length: 5 }, () => blank()),
    { alt: 'A', columns: 2 },
  )
  assert.deepEqual(
    images!.data.values.map(({ x, y }) => [x, y]),
    [
      [24, 0],
      [80, 0],
      [24, 56],
      [80, 56],
      [24, 112],
    ],
  )
})

test('imageGrid should start a row with each group, and name it once', () => {
  const groups = ['a', 'b', 'a', 'a', 'b'].map((group) => blank({ group }))
  const [images, names] = layersOf(groups, { alt: 'A', columns: 2 })
  assert.deepEqual(
    images!.data.values.map(({ x, y }) => [x, y]),
    [
      [24, 0],
      [24, 112],
      [80, 0],
      [24, 56],
      [80, 112],
    ],
  )
  assert.deepEqual(
    names!.data.values.map(({ y, text }) => [y, text]),
    [
      [24, 'a'],
      [136, 'b'],
    ],
  )
})

test('imageGrid should make room for labels', () => {
  const [images, labels] = layersOf([blank({ label: 'true: Ankle boot\nread: Bag' }), blank()], {
    alt: 'A',
    columns: 2,
  })
  assert.equal(labels!.data.values.length, 1)
  assert.ok(images!.data.values[1]!.x - images!.data.values[0]!.x > 70)
})

test('imageGrid should keep the shape of images that are not square', () => {
  const [images] = layersOf([{ pixels: new Uint8Array(8) }], { alt: 'A', width: 4, height: 2, sizePx: 60 })
  assert.deepEqual([images!.mark.width, images!.mark.height], [60, 30])
})

test('imageGrid should scale diverging colours equally for all images, and show the scale', () => {
  const flat = (value: number) => ({ pixels: new Float32Array(784).fill(value) })
  const [images, , bar] = layersOf([flat(0.5), flat(-0.25)], { alt: 'A', colors: 'diverging' })
  assert.equal(new Set(images!.data.values.map(({ url }) => url)).size, 2)
  assert.deepEqual(
    bar!.data.values.map(({ text }) => text),
    ['\u22120.5', '0', '0.5'],
  )
  const urls = (range?: number) =>
    layersOf([flat(0.5)], { alt: 'A', colors: 'diverging', range })[0]!.data.values[0]!.url
  assert.equal(urls(), urls(0.5))
  assert.notEqual(urls(), urls(1))
})

test('imageGrid should refuse invalid images', () => {
  const cases: [() => unknown, string][] = [
    [() => imageGrid([], { alt: 'A' }), 'imageGrid: expected at least one image, found an empty array'],
    [
      () => imageGrid([{ pixels: [1, 2] }], { alt: 'A' }),
      'imageGrid: expected 28 x 28 = 784 bytes at images[0].pixels, found 2',
    ],
    [
      () => imageGrid([{ pixels: [0.5] }], { alt: 'A' }),
      'imageGrid: expected a whole number from 0 to 255 at images[0].pixels[0], found 0.5',
    ],
    [
      () => imageGrid([{ pixels: [256] }], { alt: 'A' }),
      'imageGrid: expected a whole number from 0 to 255 at images[0].pixels[0], found 256',
    ],
    [
      () => imageGrid([{ pixels: 5 as never }], { alt: 'A' }),
      'imageGrid: expected bytes or base64 at images[0].pixels, found 5',
    ],
    [
      () => imageGrid([{ pixels: 'no base64!' }], { alt: 'A' }),
      'imageGrid: expected base64 at images[0].pixels, found "no base64!"',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', columns: 0 }),
      'imageGrid: expected 1 to 9 columns of 48 px, found 0',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', columns: 50 }),
      'imageGrid: expected 1 to 9 columns of 48 px, found 50',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', colour: 'gray' } as never),
      'imageGrid: expected options among alt, caption, columns, width, height, sizePx, invert, colors, range, found "colour": did you mean `colors`?',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', colors: 'divergent' as never }),
      'imageGrid: expected gray, diverging at options.colors, found "divergent": did you mean `diverging`?',
    ],
    [
      () => imageGrid([{ pixels: 'AAAA' }], { alt: 'A', colors: 'diverging' }),
      'imageGrid: expected numbers at images[0].pixels, found "AAAA"',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', colors: 'diverging', range: 0 }),
      'imageGrid: expected a positive number at options.range, found 0',
    ],
    [
      () => imageGrid([blank()], { alt: 'A', range: 1 }),
      'imageGrid: expected options.range with diverging colors, found gray',
    ],
    [
      () => imageGrid([blank()], {} as never),
      'Cannot make a figure, expected alt text that says what it shows, found none',
    ],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})
