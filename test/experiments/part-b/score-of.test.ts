import assert from 'node:assert/strict'
import test from 'node:test'
import { scoreOf } from '../../../src/experiments/part-b/score-of.ts'

test('scoreOf', async (t) => {
  await t.test('should score by hand: probabilities 1/2, 1/4, 1/8 and 1 of the true class', () => {
    const probabilities = Float32Array.of(
      ...[0.5, 0.25, 0.25],
      ...[0.125, 0.25, 0.625],
      ...[0.125, 0.375, 0.5],
      ...[0, 0, 1],
    )
    // -ln of 2^-1, 2^-2, 2^-3 and 2^0 add up to six times ln 2, over four images.
    const { loss, ...rest } = scoreOf(probabilities, Uint8Array.of(0, 1, 0, 2))
    assert.ok(Math.abs(loss - 1.5 * Math.LN2) < 1e-15, `${loss}`)
    assert.deepEqual(rest, { count: 4, accuracy: 0.5 })
  })

  await t.test('should take the first of equal probabilities as the answer', () => {
    const even = Float32Array.of(0.5, 0.5)
    assert.equal(scoreOf(even, Uint8Array.of(0)).accuracy, 1)
    assert.equal(scoreOf(even, Uint8Array.of(1)).accuracy, 0)
  })

  await t.test('should stay finite if the true class has probability 0', () => {
    assert.equal(scoreOf(Float32Array.of(1, 0), Uint8Array.of(1)).loss, -Math.log(1e-7))
    assert.equal(scoreOf(Float32Array.of(1, 0), Uint8Array.of(0)).loss, 0)
  })
})
