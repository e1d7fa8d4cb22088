import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { normBatches } from '../../../src/experiments/part-c/norm-batches.ts'
import '../data/draw-once.ts'

const params = (normalized: boolean) => ({
  data: 'stand-in-garments' as const,
  images: 300,
  validation: 100,
  depth: 4,
  units: 16,
  epochs: 2,
  normalized,
  batchSizes: [2, 20] as [number, ...number[]],
  ratePerImage: 0.003,
})

test('normBatches', async (t) => {
  await t.test('should increase the learning rate with the batch size', async () => {
    const { result } = await run(normBatches, params(true))
    assert.deepEqual(
      result.sizes.map(({ batchSize, learningRate }) => [batchSize, learningRate]),
      [
        [2, 0.006],
        [20, 0.06],
      ],
    )
    const [pair, twenty] = result.sizes
    assert.ok(twenty!.averages > 0.25, `${twenty!.averages}`)
    // Normalization turns two images into the same two values.
    assert.ok(pair!.batch < twenty!.batch, `${pair!.batch} ${twenty!.batch}`)
    assert.deepEqual((await run(normBatches, params(true))).result, result)
  })

  await t.test('should have equal accuracies without normalization', async () => {
    const { result } = await run(normBatches, params(false))
    for (const { averages, batch } of result.sizes) assert.equal(averages, batch)
  })

  await t.test('should count a loss that does not stay finite as a guess', async () => {
    const { result } = await run(normBatches, { ...params(false), ratePerImage: 1e6 })
    assert.deepEqual(
      result.sizes.map(({ averages, batch }) => [averages, batch]),
      [
        [0.1, 0.1],
        [0.1, 0.1],
      ],
    )
  })

  await t.test('should refuse batches of one, which have no variance', async () => {
    await assert.rejects(run(normBatches, { ...params(true), batchSizes: [1] }), /params\.batchSizes\.0/)
  })
})
