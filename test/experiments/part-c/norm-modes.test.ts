import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { byClass, normModes } from '../../../src/experiments/part-c/norm-modes.ts'
import '../data/draw-once.ts'

const params = {
  data: 'stand-in-garments' as const,
  images: 300,
  validation: 100,
  depth: 4,
  units: 16,
  epochs: 3,
  batchSize: 20,
  learningRate: 0.05,
  evaluated: [2, 10, 100] as [number, ...number[]],
}

test('normModes', async (t) => {
  const { result } = await run(normModes, params)

  await t.test('should score both modes after each epoch', () => {
    assert.deepEqual([result.history.batch.length, result.history.averages.length], [3, 3])
    assert.notDeepEqual(result.history.batch, result.history.averages)
    assert.ok(result.history.batch.at(-1)! > 0.3, `${result.history.batch}`)
  })

  await t.test(
    'should score mixed and sorted batches, with equal results if one batch has all images',
    () => {
      assert.deepEqual(
        result.sizes.map(({ batchSize }) => batchSize),
        [2, 10, 100],
      )
      const [, ten, all] = result.sizes
      assert.ok(ten!.sorted < ten!.mixed, `${ten!.sorted} ${ten!.mixed}`)
      // Sums in a different order may change the answer for one image.
      assert.ok(Math.abs(all!.sorted - all!.mixed) <= 0.011, `${all!.sorted} ${all!.mixed}`)
    },
  )

  await t.test('should train the same network for any momentum of the running averages', async () => {
    const { result: slow } = await run(normModes, { ...params, momentum: 0.99 })
    assert.deepEqual(slow.history.batch, result.history.batch)
    assert.notDeepEqual(slow.history.averages, result.history.averages)
    assert.deepEqual(slow.sizes, result.sizes)
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    assert.deepEqual((await run(normModes, params)).result, result)
    assert.notDeepEqual((await run(normModes, params, { seed: 2 })).result, result)
  })

  await t.test('should refuse a network without normalization', async () => {
    await assert.rejects(run(normModes, { ...params, normalized: false as never }), /params\.normalized/)
  })
})

test('byClass', async (t) => {
  await t.test('should keep each image with its label, and the order within a class', () => {
    const sorted = byClass({
      pixels: Float32Array.of(1, 1, 2, 2, 3, 3, 4, 4),
      labels: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0),
      classes: Uint8Array.of(1, 0, 1, 0),
      count: 4,
    })
    assert.deepEqual([...sorted.pixels], [2, 2, 4, 4, 1, 1, 3, 3])
    assert.deepEqual([...sorted.labels], [1, 0, 1, 0, 0, 1, 0, 1])
    assert.deepEqual([...sorted.classes], [0, 0, 1, 1])
    assert.equal(sorted.count, 4)
  })
})
