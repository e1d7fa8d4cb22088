import assert from 'node:assert/strict'
import test from 'node:test'
import { epochsTo, sweepSummary } from '../../../src/experiments/part-a/sweep-summary.ts'

const one = { seed: 1, test: 0.85, accuracy: [0.5, 0.8, 0.9], steps: 30, seconds: [1, 2, 3], images: 100 }
const other = { seed: 2, test: 0.75, accuracy: [0.6, 0.7, 0.8], steps: 30, seconds: [2, 2, 2], images: 100 }

test('sweepSummary', async (t) => {
  await t.test('should add up seconds, and average by epoch', () => {
    const { accuracy, elapsed, final, seconds, imagesPerSecond, steps } = sweepSummary([one, other], 0.8)
    assert.deepEqual(
      accuracy.map(({ mean }) => mean),
      [0.55, 0.75, 0.8500000000000001],
    )
    assert.deepEqual(
      elapsed.map(({ mean }) => mean),
      [1.5, 3.5, 6],
    )
    assert.deepEqual([final.min, final.max, seconds.mean, imagesPerSecond.mean, steps], [0.8, 0.9, 6, 50, 30])
  })

  await t.test('should find the best epoch of each seed', () => {
    const falling = { ...one, accuracy: [0.5, 0.9, 0.7] }
    const { best, final } = sweepSummary([falling, other], 0.8)
    assert.deepEqual([best.max, best.min, final.max], [0.9, 0.8, 0.8])
  })

  await t.test('should keep the ends of each seed, and average the test images', () => {
    const { bySeed, test } = sweepSummary([{ ...one, accuracy: [0.5, 0.9, 0.7] }, other], 0.8)
    assert.deepEqual(bySeed, [
      { seed: 1, result: { final: 0.7, best: 0.9 } },
      { seed: 2, result: { final: 0.8, best: 0.8 } },
    ])
    assert.deepEqual([test.mean, test.n], [0.8, 2])
  })

  await t.test('should give the epochs and seconds until every seed reaches a goal', () => {
    const { goal } = sweepSummary([one, other], 0.8)
    assert.deepEqual([goal!.epochs.mean, goal!.seconds.mean], [2.5, (3 + 6) / 2])
    assert.equal(sweepSummary([one, other], 0.85).goal, null)
  })
})

test('epochsTo', async (t) => {
  await t.test('should count from 1, and give null if no epoch reaches the goal', () => {
    assert.equal(epochsTo([0.1, 0.5, 0.4], 0.5), 2)
    assert.equal(epochsTo([0.1], 0.5), null)
  })
})
