import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { surfaceHeights } from '../../../src/experiments/part-c/surface-heights.ts'

/** Relative tolerance of float32 rounded to five digits. */
const heightTolerance = 1e-4

const turned = (x: number, y: number) => {
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
  return ((cos * x + sin * y) ** 2 + 100 * (cos * y - sin * x) ** 2) / 2
}
const formulas = {
  round: (x: number, y: number) => (x ** 2 + 10 * y ** 2) / 2,
  narrow: (x: number, y: number) => (x ** 2 + 100 * y ** 2) / 2,
  rotated: turned,
  curved: (x: number, y: number) => (1 - x) ** 2 + 10 * (y - x ** 2) ** 2,
} as const

test('surfaceHeights', async (t) => {
  for (const [surface, formula] of Object.entries(formulas)) {
    await t.test(`should measure the ${surface} surface by its formula`, async () => {
      const { result } = await run(surfaceHeights, {
        surface: surface as keyof typeof formulas,
        x: [-4, 2],
        y: [-1, 2],
        columns: 7,
        rows: 4,
      })
      assert.deepEqual([result.length, result[0]!.length], [4, 7])
      for (const [row, heights] of result.entries())
        for (const [column, height] of heights.entries()) {
          const wanted = formula(-4 + column, -1 + row)
          assert.ok(
            Math.abs(height - wanted) <= heightTolerance * Math.max(1, wanted),
            `row ${row}, column ${column}: found ${height}, expected ${wanted}`,
          )
        }
    })
  }

  await t.test('should refuse a range whose ends are swapped', async () => {
    const params = { surface: 'round', x: [1, -1], y: [0, 1] } as const
    await assert.rejects(
      run(surfaceHeights, { ...params, x: [1, -1], y: [0, 1] }),
      /params\.x: expected \[low, high\]/,
    )
  })
})
