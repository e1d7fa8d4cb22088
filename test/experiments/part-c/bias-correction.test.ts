import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { biasCorrection, growingBins } from '../../../src/experiments/part-c/bias-correction.ts'
import '../data/draw-once.ts'

const small = {
  data: 'stand-in-garments',
  betas: [0.99, 0.999],
  images: 310,
  validation: 100,
  batchSize: 50,
  hidden: [20],
} as const
const params = { ...small, betas: [...small.betas], hidden: [...small.hidden] }

/** Relative tolerance of the first step against the formula: epsilon matters for the smallest gradients. */
const stepTolerance = 0.02

test('biasCorrection', async (t) => {
  const { result } = await run(biasCorrection, params)

  await t.test('should train with each decay, with and without correction, on full batches', () => {
    assert.deepEqual(result.bins, [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 5],
      [6, 6],
    ])
    assert.deepEqual(
      result.runs.map(({ beta2, isCorrected }) => [beta2, isCorrected]),
      [
        [0.99, true],
        [0.99, false],
        [0.999, true],
        [0.999, false],
      ],
    )
    for (const { sizes, losses, epoch, validation } of result.runs) {
      assert.deepEqual([sizes.length, losses.length], [5, 5])
      const [first, second, third, pair, last] = losses as [number, number, number, number, number]
      const mean = (first + second + third + 2 * pair + last) / 6
      assert.ok(Math.abs(epoch - mean) < 1e-9)
      assert.equal(Math.round(validation.accuracy * 100), validation.accuracy * 100)
    }
  })

  await t.test('should make the first step longer by (1 - beta1) / sqrt(1 - beta2)', () => {
    for (const beta2 of small.betas) {
      const size = (isCorrected: boolean) =>
        result.runs.find((each) => each.beta2 === beta2 && each.isCorrected === isCorrected)!.sizes[0]!
      const wanted = 0.1 / Math.sqrt(1 - beta2)
      assert.ok(Math.abs(size(false) / size(true) / wanted - 1) < stepTolerance)
      // A corrected first step equals the learning rate for every weight with a gradient.
      assert.ok(size(true) > 0.3 && size(true) <= 1.0001, `${size(true)}`)
    }
  })

  await t.test('should start all runs from the same weights, with the same batch', () => {
    const first = result.runs.map(({ losses }) => losses[0])
    assert.equal(new Set(first).size, 1)
    const corrected = result.runs.filter(({ isCorrected }) => isCorrected)
    assert.notEqual(corrected[0]!.losses.at(-1), result.runs[1]!.losses.at(-1))
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    assert.deepEqual((await run(biasCorrection, params)).result, result)
    const other = await run(biasCorrection, params, { seed: 2 })
    assert.notEqual(other.result.runs[0]!.epoch, result.runs[0]!.epoch)
  })

  await t.test('should refuse a batch larger than the images, and a decay of 1', async () => {
    await assert.rejects(
      run(biasCorrection, { ...params, batchSize: 311 }),
      /Unexpected batchSize 311, expected at most as many as the 310 images/,
    )
    await assert.rejects(run(biasCorrection, { ...params, betas: [1] }), /params\.betas\.0/)
  })
})

test('growingBins', async (t) => {
  await t.test('should contain every step once, in order', () => {
    for (const steps of [1, 2, 7, 120, 469]) {
      const bins = growingBins(steps)
      assert.deepEqual([bins[0]![0], bins.at(-1)![1]], [1, steps])
      for (const [index, [first, last]] of bins.entries()) {
        assert.ok(first <= last)
        if (index > 0) assert.equal(first, bins[index - 1]![1] + 1)
      }
    }
    assert.equal(growingBins(120).length, 12)
  })

  await t.test('should be empty without steps', () => {
    assert.deepEqual(growingBins(0), [])
  })
})
