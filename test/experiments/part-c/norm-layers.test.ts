import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { normLayers } from '../../../src/experiments/part-c/norm-layers.ts'
import '../data/draw-once.ts'

const params = (normalized: boolean) => ({
  data: 'stand-in-garments' as const,
  images: 300,
  validation: 100,
  depth: 5,
  units: 16,
  epochs: 2,
  measured: 200,
  learningRate: 0.05,
  normalized,
})

test('normLayers', async (t) => {
  const { result } = await run(normLayers, params(true))

  await t.test('should find mean 0 and deviation 1 in every normalized layer before training', () => {
    assert.deepEqual(
      result.before.map(({ layer }) => layer),
      [1, 2, 3, 4, 5],
    )
    for (const { mean, std } of result.before) {
      assert.ok(Math.abs(mean) < 1e-4, `${mean}`)
      // Epsilon reduces the deviation slightly if the variance is small.
      assert.ok(Math.abs(std - 1) < 0.01, `${std}`)
    }
  })

  await t.test('should find a fading signal in the plain network', async () => {
    const { result: plain } = await run(normLayers, params(false))
    assert.ok(plain.before[4]!.std < plain.before[0]!.std / 2)
    assert.ok(plain.before[0]!.gradient < result.before[0]!.gradient)
  })

  await t.test('should order the quantiles, and measure again after training', () => {
    assert.deepEqual(result.shares, [0.05, 0.25, 0.5, 0.75, 0.95])
    for (const { quantiles } of [...result.before, ...result.after]) {
      assert.equal(quantiles.length, 5)
      assert.deepEqual(
        quantiles,
        quantiles.toSorted((a, b) => a - b),
      )
    }
    assert.notDeepEqual(result.after, result.before)
    assert.ok(result.after.every(({ gradient }) => gradient > 0))
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    assert.deepEqual((await run(normLayers, params(true))).result, result)
    assert.notDeepEqual((await run(normLayers, params(true), { seed: 2 })).result, result)
  })

  await t.test('should refuse a network whose loss is not finite', async () => {
    await assert.rejects(
      run(normLayers, { ...params(false), learningRate: 1e6 }),
      /expected its loss to stay finite at a learning rate of 1000000/,
    )
  })
})
