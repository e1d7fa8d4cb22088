import assert from 'node:assert/strict'
import test from 'node:test'
import { smallWeight, weightFacts } from '../../../src/experiments/part-b/weight-facts.ts'

test('weightFacts', async (t) => {
  await t.test('should describe all layers together', () => {
    const facts = weightFacts([Float32Array.of(3, -4), Float32Array.of(0, 0)])
    assert.deepEqual(facts, { count: 4, small: 0.5, meanAbsolute: 7 / 4, rootMeanSquare: 2.5 })
  })

  await t.test('should count what is below the threshold, with either sign', () => {
    const { small } = weightFacts([Float32Array.of(smallWeight / 2, -smallWeight / 2, 2 * smallWeight, -1)])
    assert.equal(small, 0.5)
  })
})
