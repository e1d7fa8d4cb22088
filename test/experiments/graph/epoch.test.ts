import assert from 'node:assert/strict'
import test from 'node:test'
import { epochPieces, shuffledRows } from '../../../src/experiments/graph/epoch.ts'

test('epochPieces', async (t) => {
  await t.test('should put the smaller batch at the end', () => {
    assert.deepEqual(epochPieces(10, 4), [
      { first: 0, batchSize: 4, steps: 2 },
      { first: 8, batchSize: 2, steps: 1 },
    ])
    assert.deepEqual(epochPieces(8, 4), [{ first: 0, batchSize: 4, steps: 2 }])
    assert.deepEqual(epochPieces(3, 3), [{ first: 0, batchSize: 3, steps: 1 }])
  })

  await t.test('should split a long epoch, so that it can be stopped', () => {
    assert.deepEqual(epochPieces(40_000, 4000), [
      { first: 0, batchSize: 4000, steps: 4 },
      { first: 16_000, batchSize: 4000, steps: 4 },
      { first: 32_000, batchSize: 4000, steps: 2 },
    ])
    assert.deepEqual(epochPieces(50_000, 20_000), [
      { first: 0, batchSize: 20_000, steps: 1 },
      { first: 20_000, batchSize: 20_000, steps: 1 },
      { first: 40_000, batchSize: 10_000, steps: 1 },
    ])
  })

  await t.test('should contain every row once', () => {
    for (const [rows, batchSize] of [
      [1, 1],
      [17_000, 1],
      [12_345, 100],
      [60_000, 256],
      [16_385, 16_384],
    ] as const) {
      let next = 0
      for (const { first, batchSize: each, steps } of epochPieces(rows, batchSize)) {
        assert.equal(first, next)
        next += each * steps
      }
      assert.equal(next, rows)
    }
  })
})

test('shuffledRows', async (t) => {
  await t.test('should give a permutation, by seed and epoch', () => {
    const order = shuffledRows(1000, 7, 1)
    assert.deepEqual(
      order.toSorted(),
      Int32Array.from({ length: 1000 }, (_, row) => row),
    )
    assert.notDeepEqual(order, order.toSorted())
    assert.deepEqual(shuffledRows(1000, 7, 1), order)
    assert.notDeepEqual(shuffledRows(1000, 7, 2), order)
    assert.notDeepEqual(shuffledRows(1000, 8, 1), order)
    assert.deepEqual(shuffledRows(1, 7, 1), Int32Array.of(0))
  })

  await t.test('should put each row in each place about equally often', () => {
    const [epochs, rows] = [6000, 3]
    const counts = new Float64Array(rows * rows)
    for (let epoch = 0; epoch < epochs; epoch++)
      for (const [place, row] of shuffledRows(rows, 1, epoch).entries()) counts[place * rows + row]! += 1
    // Five standard deviations of a binomial count.
    const countTolerance = 5 * Math.sqrt((epochs * (1 / 3) * 2) / 3)
    for (const count of counts) assert.ok(Math.abs(count - epochs / rows) < countTolerance, `${[...counts]}`)
  })
})
