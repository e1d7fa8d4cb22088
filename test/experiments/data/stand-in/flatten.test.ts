import assert from 'node:assert/strict'
import test from 'node:test'
import { flatten } from '../../../../src/experiments/data/stand-in/flatten.ts'

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
