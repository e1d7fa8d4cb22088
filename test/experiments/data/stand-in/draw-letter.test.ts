import assert from 'node:assert/strict'
import test from 'node:test'
import { drawLetter } from '../../../../src/experiments/data/stand-in/draw-letter.ts'
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
