import assert from 'node:assert/strict'
import test from 'node:test'
import { meanPoints, rateRange, trainingRates } from '../../../src/experiments/part-c/rate-range.ts'

const pointsOf = (...accuracies: number[]) =>
  accuracies.map((accuracy, index) => ({ rate: 10 ** index, accuracy }))
const near = (found: number, wanted: number) => assert.ok(Math.abs(found / wanted - 1) < 1e-9, `${found}`)

test('rateRange', async (t) => {
  await t.test('should end where the line over the logarithm of the rate crosses the margin', () => {
    // From 0.8 down to 0.6 on both sides: a margin of 0.05 is a quarter of the way.
    const { low, high, factor, isOpen } = rateRange(pointsOf(0.6, 0.8, 0.6), 0.05)
    near(low, 10 ** 0.75)
    near(high, 10 ** 1.25)
    near(factor, 10 ** 0.5)
    assert.equal(isOpen, false)
  })

  await t.test('should say where it reaches the end of the rates tried', () => {
    assert.deepEqual(rateRange(pointsOf(0.79, 0.8), 0.05), { low: 1, high: 10, factor: 10, isOpen: true })
    assert.equal(rateRange(pointsOf(0.1, 0.8, 0.79), 0.05).isOpen, true)
    assert.deepEqual(rateRange(pointsOf(0.8), 0.05), { low: 1, high: 1, factor: 1, isOpen: true })
  })

  await t.test('should stop at a gap', () => {
    const { low } = rateRange(pointsOf(0.8, 0.1, 0.8, 0.81, 0.1), 0.05)
    assert.ok(low > 10 && low < 100, `${low}`)
  })

  await t.test('should not depend on the order, and refuse an empty list', () => {
    const points = pointsOf(0.6, 0.8, 0.6)
    assert.deepEqual(rateRange(points.toReversed(), 0.05), rateRange(points, 0.05))
    assert.throws(() => rateRange([], 0.05), /expected at least one, found none/)
  })
})

test('trainingRates should count the rates within the margin of the best, gaps or not', () => {
  assert.equal(trainingRates(pointsOf(0.75, 0.1, 0.8, 0.71), 0.1), 3)
  assert.equal(trainingRates(pointsOf(0.1), 0.1), 1)
})

test('meanPoints should average the seeds of each rate', () => {
  const found = meanPoints([pointsOf(0.5, 0.7), pointsOf(0.7, 0.9)])
  assert.deepEqual(
    found.map(({ rate, accuracy }) => [rate, Number(accuracy.toFixed(9))]),
    [
      [1, 0.6],
      [10, 0.8],
    ],
  )
})
