import assert from 'node:assert/strict'
import test from 'node:test'
import { distribution } from '../../../src/experiments/part-c/norm-distribution.ts'

test('distribution', async (t) => {
  await t.test('should give mean, standard deviation and quantiles, for any order', () => {
    const found = distribution(Float32Array.of(5, 1, 3, 2, 4), [0, 0.25, 0.5, 0.9, 1])
    assert.equal(found.mean, 3)
    assert.equal(found.std, Math.sqrt(2))
    assert.deepEqual(found.quantiles.slice(0, 3), [1, 2, 3])
    assert.ok(Math.abs(found.quantiles[3]! - 4.6) < 1e-12)
    assert.equal(found.quantiles[4], 5)
  })

  await t.test('should not reorder its elements', () => {
    const elements = Float32Array.of(2, 1)
    distribution(elements, [0.5])
    assert.deepEqual([...elements], [2, 1])
  })

  await t.test('should refuse an empty distribution', () => {
    assert.throws(() => distribution(new Float32Array(0), [0.5]), /expected elements, found none/)
  })
})
