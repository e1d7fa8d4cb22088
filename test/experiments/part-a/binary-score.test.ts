import assert from 'node:assert/strict'
import test from 'node:test'
import { binaryScore } from '../../../src/experiments/part-a/binary-score.ts'

test('binaryScore', async (t) => {
  await t.test(
    'should score by hand: logits 0, ln 3, -ln 3, ln 3 are probabilities 1/2, 3/4, 1/4, 3/4',
    () => {
      const ln3 = Math.log(3)
      const { loss, ...rest } = binaryScore(Float32Array.of(0, ln3, -ln3, ln3), Float32Array.of(0, 1, 1, 0))
      const expected = -(Math.log(1 / 2) + Math.log(3 / 4) + Math.log(1 / 4) + Math.log(1 / 4)) / 4
      assert.ok(Math.abs(loss - expected) < 1e-7, `${loss}, expected ${expected}`)
      assert.deepEqual(rest, {
        count: 4,
        accuracy: 0.5,
        confusion: { truePositive: 1, falsePositive: 1, trueNegative: 1, falseNegative: 1 },
      })
    },
  )

  await t.test('should stay finite if exp would overflow', () => {
    assert.equal(binaryScore(Float32Array.of(1000, -1000), Float32Array.of(0, 1)).loss, 1000)
    assert.equal(binaryScore(Float32Array.of(1000, -1000), Float32Array.of(1, 0)).loss, 0)
  })
})
