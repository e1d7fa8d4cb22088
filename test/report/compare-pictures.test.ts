import assert from 'node:assert/strict'
import test from 'node:test'
import { PNG } from 'pngjs'
import { comparePictures, packPicture } from './compare-pictures.ts'

/** Makes a white picture with a bar of 5 rows that starts at row `top`. */
function picture({ top = 10, ink = 0, height = 40 }): Buffer {
  const png = new PNG({ width: 50, height })
  png.data.fill(255)
  for (let y = top; y < top + 5; y++)
    for (let x = 0; x < 50; x++) png.data.fill(ink, (y * 50 + x) * 4, (y * 50 + x) * 4 + 3)
  return PNG.sync.write(png)
}

test('comparePictures should find no difference in equal pictures, packed or not', () => {
  assert.equal(comparePictures(picture({}), picture({})).share, 0)
  assert.equal(comparePictures(picture({}), packPicture(picture({}))).share, 0)
  assert.ok(packPicture(picture({})).length <= picture({}).length)
})

test('comparePictures should count pixels that moved by one pixel', () => {
  const { share, diff } = comparePictures(picture({}), picture({ top: 11 }))
  assert.equal(share, 2 / 40)
  const { data } = PNG.sync.read(diff!)
  assert.deepEqual([...data.subarray(10 * 200, 10 * 200 + 3)], [255, 0, 0])
})

test('comparePictures should count another colour, but not a rounding difference', () => {
  assert.equal(comparePictures(picture({}), picture({ ink: 60 })).share, 5 / 40)
  assert.equal(comparePictures(picture({}), picture({ ink: 4 })).share, 0)
})

test('comparePictures should treat pictures of different sizes as entirely different', () => {
  assert.deepEqual(comparePictures(picture({}), picture({ height: 41 })), { share: 1 })
})
