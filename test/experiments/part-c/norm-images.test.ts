import assert from 'node:assert/strict'
import test from 'node:test'
import { normImages } from '../../../src/experiments/part-c/norm-images.ts'
import '../data/draw-once.ts'

const wanted = {
  data: 'stand-in-garments',
  images: 30,
  validation: 20,
  signal: new AbortController().signal,
} as const

test('normImages', async (t) => {
  await t.test('should take the first images of the training set, and hold out the last', async () => {
    const { train, validation, classes } = await normImages(wanted)
    assert.deepEqual([train.count, validation.count, classes], [30, 20, 10])
    assert.deepEqual([train.pixels.length, train.labels.length], [30 * 784, 300])
    const more = await normImages({ ...wanted, images: 40 })
    assert.deepEqual(more.train.pixels.subarray(0, 30 * 784), train.pixels)
    assert.deepEqual([...train.classes.subarray(0, 11)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    const all = await normImages({ ...wanted, images: 2980 })
    assert.notDeepEqual(all.train.pixels.subarray(-20 * 784), validation.pixels)
    const larger = await normImages({ ...wanted, validation: 40 })
    assert.deepEqual(larger.validation.pixels.subarray(20 * 784), validation.pixels)
  })

  await t.test('should refuse more images than there are', async () => {
    await assert.rejects(
      normImages({ ...wanted, images: 2981 }),
      /Cannot take 2981 images and hold out 20, expected at most the 3000 that the set has/,
    )
  })
})
