import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { standInGarments } from '../../../src/experiments/data/stand-in-garments.ts'
import { dataFacts } from '../../../src/experiments/part-a/data-facts.ts'
import { samples } from '../../../src/experiments/part-a/samples.ts'
import '../data/draw-once.ts'

const data = 'stand-in-garments'

test('samples', async (t) => {
  await t.test('should give the first images of each class, class by class', async () => {
    const { result } = await run(samples, { data, classes: ['Bag', 3], perClass: 2 })
    const { images } = await standInGarments.load('train')
    assert.deepEqual([result.width, result.height], [28, 28])
    assert.deepEqual(
      result.images.map(({ label }) => label),
      ['Bag', 'Bag', 'Dress', 'Dress'],
    )
    // The classes are in rotation: image 8 is the first bag, and image 13 the second dress.
    assert.deepEqual(result.images[0]?.pixels, [...images.subarray(8 * 784, 9 * 784)])
    assert.deepEqual(result.images[3]?.pixels, [...images.subarray(13 * 784, 14 * 784)])
  })

  await t.test('should show every class by default', async () => {
    const { result } = await run(samples, { data, split: 'test' })
    assert.deepEqual(
      result.images.map(({ label }) => label),
      standInGarments.classes,
    )
  })

  await t.test('should choose by the seed', async () => {
    const params = { data, perClass: 3, choice: 'seeded' } as const
    const [one, again, other] = [
      await run(samples, params),
      await run(samples, params),
      await run(samples, params, { seed: 2 }),
    ]
    assert.deepEqual(one.result, again.result)
    assert.notDeepEqual(one.result, other.result)
  })

  await t.test('should report a class with too few images', async () => {
    await assert.rejects(run(samples, { data, classes: [0], perClass: 301 }), {
      message: 'Cannot show 301 images of `T-shirt/top`, found 300 in `stand-in-garments` (train)',
    })
  })
})

test('dataFacts', async (t) => {
  await t.test('should count each class', async () => {
    const { result } = await run(dataFacts, { data })
    assert.deepEqual([result.train, result.test, result.width, result.height], [3000, 1000, 28, 28])
    assert.deepEqual(result.classes[3], { name: 'Dress', train: 300, test: 100 })
    assert.equal(result.title, 'drawn garments')
  })
})
