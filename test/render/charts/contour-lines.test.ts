import assert from 'node:assert/strict'
import test from 'node:test'
import { contourLines } from '../../../src/render/charts/contour-lines.ts'

/** Tolerance for a circle of straight segments, in units of the grid. */
const circleTolerance = 0.05

const grid = (rows: number, columns: number, height: (x: number, y: number) => number) =>
  Array.from({ length: rows }, (_, y) => Array.from({ length: columns }, (_, x) => height(x, y)))

test('contourLines', async (t) => {
  await t.test('should cross a slope in one straight line from border to border', () => {
    const lines = contourLines(
      grid(3, 4, (x) => x),
      1.25,
    )
    assert.deepEqual(lines, [
      [
        [1.25, 0],
        [1.25, 1],
        [1.25, 2],
      ],
    ])
  })

  await t.test('should close the line around a hill', () => {
    const lines = contourLines(
      grid(21, 21, (x, y) => Math.hypot(x - 10, y - 10)),
      6,
    )
    assert.equal(lines.length, 1)
    assert.deepEqual(lines[0]!.at(-1), lines[0]![0])
    for (const [x, y] of lines[0]!)
      assert.ok(Math.abs(Math.hypot(x - 10, y - 10) - 6) < circleTolerance, `${x}, ${y}`)
    // A step from point to point never leaves a square of the grid.
    for (const [index, [x, y]] of lines[0]!.entries())
      if (index > 0) assert.ok(Math.hypot(x - lines[0]![index - 1]![0], y - lines[0]![index - 1]![1]) < 1.5)
  })

  await t.test('should divide a saddle by the height of its middle', () => {
    // The high corners are on the diagonal; the middle is first high, then low.
    const saddle = (low: number) => [
      [1, low],
      [low, 1],
    ]
    const high = contourLines(saddle(0.2), 0.5)
    const low = contourLines(saddle(-0.6), 0.5)
    assert.deepEqual([high.length, low.length], [2, 2])
    // If the middle is high, a line cuts off a low corner: bottom and right edge, x > 0.5 at the bottom.
    assert.ok(high.some((line) => line.every(([x, y]) => x - y > 0)))
    assert.ok(low.some((line) => line.every(([x, y]) => x + y < 1)))
  })

  await t.test('should find nothing if the grid does not reach the level', () => {
    assert.deepEqual(
      contourLines(
        grid(3, 3, () => 1),
        2,
      ),
      [],
    )
    assert.deepEqual(
      contourLines(
        grid(3, 3, () => 1),
        1,
      ),
      [],
    )
  })
})
