import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { agreement } from '../../../src/experiments/part-b/agreement.ts'
import { tf } from '../keras/models.ts'
import '../data/draw-once.ts'

/** Both compute in float32, but sum in a different order. */
const tolerance = { weights: 1e-5, loss: 1e-4 }

test('agreement', async (t) => {
  const quick = { data: 'stand-in-letters' as const, hidden: [30, 20], steps: 20 }
  const { result, measured } = await run(agreement, quick)

  await t.test('should give the same weights in both ways', () => {
    assert.equal(result.steps, 20)
    assert.ok(result.weightDifference < tolerance.weights, `${result.weightDifference}`)
    assert.ok(result.lossDifference < tolerance.loss, `${result.lossDifference}`)
    assert.equal(result.lossDifference, Math.abs(result.losses.lowered - result.losses.layers))
    // Sums in another order differ in the last bits, so two trainings were compared, not one with itself.
    assert.ok(result.weightDifference > 0)
  })

  await t.test('should learn something: the loss of a guess is ln 10', () => {
    assert.ok(result.losses.lowered < 0.95 * Math.log(10), `${result.losses.lowered}`)
  })

  await t.test('should measure the seconds of both', () => {
    assert.deepEqual(Object.keys(measured).sort(), ['layers', 'lowered'])
    for (const seconds of Object.values(measured)) assert.ok((seconds as number) > 0)
  })

  await t.test('should agree without a penalty, and with a smaller last batch', async () => {
    // All 2,480 training images are two batches of 1,000 and one of 480.
    const params = { ...quick, hidden: [20], l2: 0, steps: 9, batchSize: 1000 }
    const { result } = await run(agreement, params, { seed: 2 })
    assert.equal(result.steps, 3)
    assert.ok(result.weightDifference < tolerance.weights, `${result.weightDifference}`)
    assert.ok(result.lossDifference < tolerance.loss, `${result.lossDifference}`)
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    const [again, other] = [await run(agreement, quick), await run(agreement, quick, { seed: 2 })]
    assert.deepEqual(again.result, result)
    assert.notEqual(other.result.losses.lowered, result.losses.lowered)
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  await t.test('should leave no tensor behind', async () => {
    const before = tf.memory().numTensors
    await run(agreement, { ...quick, steps: 1 })
    assert.equal(tf.memory().numTensors, before)
  })
})
