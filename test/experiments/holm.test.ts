import assert from 'node:assert/strict'
import test from 'node:test'
import { compareSeeds } from '../../src/experiments/compare.ts'
import { holm, pairedP } from '../../src/experiments/holm.ts'

const seeds = (...results: number[]) => results.map((result, index) => ({ seed: index + 1, result }))
const less = (first: number[], second: number[]) =>
  compareSeeds(seeds(...first), seeds(...second), (result) => result)

test('pairedP', async (t) => {
  await t.test('should be the p of a paired t test', () => {
    // Differences 1, 2 and 3: t = 2 sqrt(3) with 2 degrees of freedom, whose share beyond is known in closed form.
    const t2 = 2 * Math.sqrt(3)
    const wanted = 1 - t2 / Math.sqrt(2 + t2 ** 2)
    assert.ok(Math.abs(pairedP(less([1, 2, 3], [0, 0, 0])) - wanted) < 1e-9)
    assert.ok(Math.abs(pairedP(less([0, 0, 0], [1, 2, 3])) - wanted) < 1e-9)
  })

  await t.test('should be 0.05 where an end of the interval of 95 % is zero', () => {
    const { difference, high } = less([0, 0.5, 1.5, 2], [0, 0, 0, 0])
    const shift = high! - difference.mean
    const at = [0, 0.5, 1.5, 2].map((each) => each - difference.mean + shift)
    assert.ok(Math.abs(pairedP(less(at, [0, 0, 0, 0])) - 0.05) < 1e-9)
  })

  await t.test('should be certain where all seeds agree', () => {
    assert.equal(pairedP(less([2, 2], [1, 1])), 0)
    assert.equal(pairedP(less([1, 1], [1, 1])), 1)
  })

  await t.test('should refuse a single seed', () => {
    assert.throws(() => pairedP(less([1], [0])), /expected at least two seeds, found 1/)
  })
})

test('holm', async (t) => {
  await t.test('should count the smallest p most, and keep the order', () => {
    // As R's p.adjust(c(0.01, 0.04, 0.03), "holm") gives it.
    const adjusted = holm([0.01, 0.04, 0.03])
    for (const [index, wanted] of [0.03, 0.06, 0.06].entries())
      assert.ok(Math.abs(adjusted[index]! - wanted) < 1e-12, `${adjusted}`)
  })

  await t.test('should leave one alone, and stop at one', () => {
    assert.deepEqual(holm([0.2]), [0.2])
    assert.deepEqual(holm([0.7, 0.9]), [1, 1])
    assert.deepEqual(holm([]), [])
  })

  await t.test('should refuse what is no probability', () => {
    assert.throws(() => holm([0.1, 1.5]), /expected numbers from 0 to 1, found 1.5/)
  })
})
