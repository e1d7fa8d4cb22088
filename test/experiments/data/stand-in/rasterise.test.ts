import assert from 'node:assert/strict'
import test from 'node:test'
import { rasterise } from '../../../../src/experiments/data/stand-in/rasterise.ts'

const near = (found: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`)

test('rasterise', async (t) => {
  await t.test('should cover inner pixels fully and edge pixels partly', () => {
    const coverage = rasterise([[1, 1, 2.5, 1, 2.5, 3, 1, 3]], 4)
    const expected = [0, 0, 0, 0, 0, 1, 0.5, 0, 0, 1, 0.5, 0, 0, 0, 0, 0]
    for (const [pixel, share] of expected.entries()) near(coverage[pixel]!, share)
  })

  await t.test('should give the area of a triangle', () => {
    near(
      rasterise([[1, 1, 9, 1, 1, 9]], 10).reduce((sum, share) => sum + share, 0),
      32,
      0.01,
    )
  })

  await t.test(
    'should leave a hole if a polygon has the opposite direction of its outer one, and none if it has the same',
    () => {
      const outer = [0, 0, 10, 0, 10, 10, 0, 10]
      const along = [3, 3, 7, 3, 7, 7, 3, 7]
      const against = [3, 3, 3, 7, 7, 7, 7, 3]
      near(
        rasterise([outer, against], 10).reduce((sum, share) => sum + share, 0),
        84,
        1e-9,
      )
      near(
        rasterise([outer, along], 10).reduce((sum, share) => sum + share, 0),
        100,
        1e-9,
      )
    },
  )

  await t.test('should cut off everything outside', () => {
    near(
      rasterise([[-5, -5, 2, -5, 2, 30, -5, 30]], 4).reduce((sum, share) => sum + share, 0),
      8,
      1e-9,
    )
  })
})
