import assert from 'node:assert/strict'
import test from 'node:test'
import {
  difference,
  isHigher,
  isHigherOnEverySeed,
  isLower,
  isLowerOnEverySeed,
} from '../../../src/render/output/difference.ts'

const of = (mean: number, std: number, n: number) => ({ mean, std, n, min: mean - std, max: mean + std })
const comparison = (low: number | null, high: number | null, wins = 2, losses = 1) => ({
  difference: of(0.5, 1, 3),
  low,
  high,
  wins,
  losses,
  ties: 0,
  n: 3,
})

test('difference should have the interval of Welch', () => {
  // sqrt(4 / 4 + 9 / 9) = sqrt(2) with 4 / (1 / 3 + 1 / 8) = 8.727 degrees, whose 97.5 % quantile is 2.272979 (by numeric integration of the density).
  const { mean, low, high } = difference(of(10, 2, 4), of(7, 3, 9))
  assert.equal(mean, 3)
  assert.ok(Math.abs(low! - (3 - 2.272979 * Math.SQRT2)) < 2e-6, `${low}`)
  assert.ok(Math.abs(high! - (3 + 2.272979 * Math.SQRT2)) < 2e-6, `${high}`)
})

test('difference should take a plain number for exact, and have one point without any spread', () => {
  const { low, high } = difference(of(0.9, 0.02, 4), 0.5)
  assert.ok(Math.abs(low! - (0.4 - 3.18245 * 0.01)) < 1e-6)
  assert.ok(Math.abs(high! - (0.4 + 3.18245 * 0.01)) < 1e-6)
  assert.deepEqual(difference(of(3, 0, 5), of(1, 0, 5)), { mean: 2, low: 2, high: 2 })
  assert.deepEqual(difference(of(3, 1, 5), of(1, 0, 1)), { mean: 2, low: null, high: null })
})

test('a comparison should bring its own interval and counts', () => {
  assert.deepEqual(difference(comparison(0.1, 0.9)), { mean: 0.5, low: 0.1, high: 0.9 })
  assert.deepEqual([isHigher(comparison(0.1, 0.9)), isHigher(comparison(-0.1, 1.1))], [true, false])
  assert.deepEqual([isLower(comparison(-2, -1)), isLower(comparison(-2, 0))], [true, false])
  assert.deepEqual(
    [comparison(0, 1, 3, 0), comparison(0, 1)].map((one) => isHigherOnEverySeed(one)),
    [true, false],
  )
  assert.deepEqual(
    [comparison(0, 1, 0, 3), comparison(0, 1)].map((one) => isLowerOnEverySeed(one)),
    [true, false],
  )
})

test('isHigher and isLower should want an interval clear of zero', () => {
  const [high, near, low] = [of(0.95, 0.01, 5), of(0.945, 0.01, 5), of(0.9, 0.01, 5)]
  assert.deepEqual([isHigher(high, low), isHigher(high, near), isHigher(low, high)], [true, false, false])
  assert.deepEqual([isLower(low, high), isLower(near, high), isLower(high, low)], [true, false, false])
  assert.deepEqual([isHigher(high, 0.9), isLower(0.9, high)], [true, true])
})

test('on every seed should mean the least of one above the greatest of the other', () => {
  const [high, low] = [of(0.95, 0.01, 5), of(0.92, 0.01, 5)]
  assert.deepEqual(
    [isHigherOnEverySeed(high, low), isHigherOnEverySeed(high, of(0.94, 0.01, 5))],
    [true, false],
  )
  assert.deepEqual([isLowerOnEverySeed(low, high), isLowerOnEverySeed(high, low)], [true, false])
  assert.equal(isHigherOnEverySeed(high, 0.5), true)
})

test('wrong arguments should be named as they were found', () => {
  const wrong: [() => unknown, RegExp][] = [
    [() => isHigher(0.9, 0.8), /^Error: isHigher expected two Spreads, .*, found 0\.9 and 0\.8$/],
    [
      () => difference(of(1, 1, 2)),
      /^Error: difference expected .*, found an object \{mean, std, n, min, max\}$/,
    ],
    [
      () => isLower({ test: 1 }, of(1, 1, 2)),
      /^Error: isLower expected .*, found an object \{test\} and an object/,
    ],
    [
      () => isHigherOnEverySeed([1, 2], [3]),
      /^Error: isHigherOnEverySeed expected .*, found an array of 2 and an array of 1$/,
    ],
    [() => isLowerOnEverySeed(undefined), /^Error: isLowerOnEverySeed expected .*, found undefined$/],
    [
      () => difference(comparison(0, 1), of(1, 1, 2)),
      /^Error: difference expected .*, found an object \{difference/,
    ],
    [() => isHigher(of(1, 0, 1), of(0, 1, 5)), /^Error: isHigher expected at least two seeds, found one/],
    [() => isLower(comparison(null, null)), /^Error: isLower expected at least two seeds, found one/],
    [() => difference(Number.NaN, of(1, 1, 2)), /^Error: difference expected .*, found NaN and an object/],
  ]
  for (const [call, message] of wrong) assert.throws(call, message)
})
