import assert from 'node:assert/strict'
import test from 'node:test'
import { drawLetter, flatten } from '../../../../src/experiments/data/stand-in/draw-letter.ts'
import { seededRandom } from '../../../../src/statistics/random.ts'

test('drawLetter', async (t) => {
  const bar = [0, 0, 10, 0, 10, 70, 0, 70]

  await t.test('should fit an outline of any size into the image, in 16 levels', () => {
    for (const scale of [0.01, 1, 100]) {
      for (let seed = 1; seed <= 20; seed++) {
        const image = drawLetter([bar.map((value) => value * scale)], seededRandom(seed))
        const rows = Array.from({ length: 28 }, (_, y) =>
          image.subarray(28 * y, 28 * y + 28).some((pixel) => pixel > 0),
        )
        const height = rows.filter((isInked) => isInked).length
        assert.ok(height >= 22 && height <= 28, `${height}`)
        assert.ok(image.every((pixel) => pixel % 17 === 0))
      }
    }
  })

  await t.test('should draw the same image at any scale', () => {
    const [small, large] = [1, 8].map((scale) =>
      drawLetter([bar.map((value) => value * scale)], seededRandom(3)),
    )
    assert.deepEqual(small, large)
  })
})

test('flatten', async (t) => {
  await t.test('should start a polygon at each move and keep lines', () => {
    const contours = flatten([
      { type: 'M', x: 0, y: 0 },
      { type: 'L', x: 1, y: 0 },
      { type: 'Z' },
      { type: 'M', x: 5, y: 5 },
      { type: 'L', x: 6, y: 5 },
      { type: 'Z' },
    ])
    assert.deepEqual(contours, [
      [0, 0, 1, 0],
      [5, 5, 6, 5],
    ])
  })

  await t.test('should put corners on curves, whose middles are known', () => {
    const quadratic = flatten([
      { type: 'M', x: 0, y: 0 },
      { type: 'Q', x1: 4, y1: 8, x: 8, y: 0 },
    ])[0]!
    assert.deepEqual(quadratic.slice(8, 10), [4, 4])
    assert.deepEqual(quadratic.slice(-2), [8, 0])
    const cubic = flatten([
      { type: 'M', x: 0, y: 0 },
      { type: 'C', x1: 0, y1: 8, x2: 8, y2: 8, x: 8, y: 0 },
    ])[0]!
    assert.deepEqual(cubic.slice(8, 10), [4, 6])
  })
})
