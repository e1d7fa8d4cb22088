import assert from 'node:assert/strict'
import test from 'node:test'
import type { RateRun } from '../../../src/experiments/part-c/rate-summary.ts'
import { bestRate, ratePoints, rateSummaries } from '../../../src/experiments/part-c/rate-summary.ts'

const runOf = (rate: number, accuracy: number | null): RateRun => ({
  rate,
  history: {
    running: accuracy === null ? [] : [2, 1],
    loss: accuracy === null ? [] : [1, 1 - accuracy],
    accuracy: accuracy === null ? [] : [0.5, accuracy],
  },
  test: accuracy === null ? null : { count: 10, loss: 1, accuracy },
})
const summariesOf = (...accuracies: number[]) =>
  rateSummaries([accuracies.map((accuracy, index) => runOf(10 ** index, accuracy))], 0.1)

test('rateSummaries', async (t) => {
  await t.test('should average the seeds of each rate', () => {
    const [first] = rateSummaries([[runOf(0.1, 0.7)], [runOf(0.1, 0.9)]], 0.1)
    assert.equal(first!.rate, 0.1)
    assert.ok(Math.abs(first!.accuracy.mean - 0.8) < 1e-12)
    assert.ok(Math.abs(first!.loss!.mean - 0.2) < 1e-12)
    assert.deepEqual(
      [first!.overflowed, first!.curves!.accuracy.length, first!.test!.accuracy.max],
      [0, 2, 0.9],
    )
  })

  await t.test('should count an overflowed run as a guess, and then give no mean loss', () => {
    const [first] = rateSummaries([[runOf(1, 0.7)], [runOf(1, null)]], 0.1)
    assert.ok(Math.abs(first!.accuracy.mean - 0.4) < 1e-12)
    assert.deepEqual([first!.overflowed, first!.loss, first!.curves, first!.test], [1, null, null, null])
  })
})

test('bestRate', async (t) => {
  await t.test('should take the best mean, and of equal ones the smallest rate', () => {
    assert.equal(bestRate(summariesOf(0.1, 0.8, 0.3)).rate, 10)
    assert.equal(bestRate(summariesOf(0.1, 0.8, 0.8)).rate, 10)
  })

  await t.test('should refuse an empty list', () => {
    assert.throws(() => bestRate([]), /Cannot choose a learning rate, expected at least one, found none/)
  })
})

test('ratePoints should give each seed at each rate, an overflowed run as a guess', () => {
  assert.deepEqual(
    ratePoints(
      [
        [runOf(1, 0.7), runOf(10, null)],
        [runOf(1, 0.8), runOf(10, 0.9)],
      ],
      0.1,
    ),
    [
      [
        { rate: 1, accuracy: 0.7 },
        { rate: 10, accuracy: 0.1 },
      ],
      [
        { rate: 1, accuracy: 0.8 },
        { rate: 10, accuracy: 0.9 },
      ],
    ],
  )
})
