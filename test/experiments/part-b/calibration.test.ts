import assert from 'node:assert/strict'
import test from 'node:test'
import { calibration } from '../../../src/experiments/part-b/calibration.ts'

/** The numbers are exact in float32 and in double, so that only 1/3 is rounded. */
const rounding = 1e-15

test('calibration', async (t) => {
  await t.test('should compare confidence and accuracy by hand, in four bins', () => {
    const { bins, error, confidence, accuracy } = calibration(
      Float32Array.of(
        ...[0.375, 0.375, 0.25], // 0.375, the first of equal ones: right
        ...[0.25, 0.5, 0.25], // 0.5: right, at the border the upper bin
        ...[0.625, 0.25, 0.125], // 0.625: wrong
        ...[0.125, 0.25, 0.625], // 0.625: right
        ...[0, 0, 1], // 1: right, in the last bin
        ...[0.875, 0.125, 0], // 0.875: wrong
      ),
      Uint8Array.of(0, 1, 2, 2, 2, 1),
      { bins: 4 },
    )
    assert.deepEqual(bins[0], null)
    assert.deepEqual(bins[1], { count: 1, confidence: 0.375, accuracy: 1 })
    assert.deepEqual(bins[2], { count: 3, confidence: 1.75 / 3, accuracy: 2 / 3 })
    assert.deepEqual(bins[3], { count: 2, confidence: 0.9375, accuracy: 0.5 })
    // |0.375 - 1| / 6 + 3 |1.75/3 - 2/3| / 6 + 2 |0.9375 - 0.5| / 6
    assert.ok(Math.abs(error - (0.625 + 0.25 + 0.875) / 6) < rounding, `${error}`)
    assert.ok(Math.abs(confidence - 4 / 6) < rounding, `${confidence}`)
    assert.ok(Math.abs(accuracy - 4 / 6) < rounding, `${accuracy}`)
  })

  await t.test('should make ten bins, with confidence 1 in the last, and null for empty ones', () => {
    const { bins, error } = calibration(Float32Array.of(1, 0, 0, 1), Uint8Array.of(0, 0))
    assert.deepEqual(bins, [...Array(9).fill(null), { count: 2, confidence: 1, accuracy: 0.5 }])
    assert.equal(error, 0.5)
  })

  await t.test('should limit confidence to 1, even if a softmax is rounded up', () => {
    const { bins, confidence } = calibration(Float32Array.of(1 + 2 ** -23, 0), Uint8Array.of(0))
    assert.deepEqual([bins.length, bins[9], confidence], [10, { count: 1, confidence: 1, accuracy: 1 }, 1])
  })

  await t.test('should find no error if accuracy equals confidence', () => {
    const rows = [0, 0, 0, 1].flatMap(() => [0.75, 0.25])
    assert.equal(calibration(Float32Array.from(rows), Uint8Array.of(0, 0, 0, 1)).error, 0)
  })

  await t.test('should not cancel the errors of two bins', () => {
    // One bin is overconfident and the other underconfident: the means agree, but the bins do not.
    const { error, confidence, accuracy } = calibration(
      Float32Array.of(0.625, 0.375, 0.875, 0.125),
      Uint8Array.of(0, 1),
      { bins: 4 },
    )
    assert.deepEqual([confidence, accuracy], [0.75, 0.5])
    assert.equal(error, (0.375 + 0.875) / 2)
  })
})
