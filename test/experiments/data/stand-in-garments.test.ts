import assert from 'node:assert/strict'
import test from 'node:test'
import { fashionMnist } from '../../../src/experiments/data/fashion-mnist.ts'
import { standInGarments } from '../../../src/experiments/data/stand-in-garments.ts'
import { nearestMean } from './nearest-mean.ts'

test('standInGarments', async (t) => {
  const train = await standInGarments.load('train')
  const test = await standInGarments.load('test')

  await t.test('should have the classes of Fashion-MNIST', () => {
    assert.deepEqual(standInGarments.classes, fashionMnist.classes)
  })

  await t.test('should have 300 training and 100 test images of each class', () => {
    for (const [{ images, labels, count }, each] of [
      [train, 300],
      [test, 100],
    ] as const) {
      assert.deepEqual([count, labels.length, images.length], [10 * each, 10 * each, 7840 * each])
      for (let label = 0; label < 10; label++)
        assert.equal(labels.filter((other) => other === label).length, each)
    }
  })

  await t.test('should leave the corners empty and fill 5 to 70 % of each image', () => {
    for (let index = 0; index < test.count; index++) {
      const image = test.images.subarray(index * 784, (index + 1) * 784)
      const ink = image.filter((pixel) => pixel > 0).length / 784
      assert.ok(ink > 0.03 && ink < 0.7, `image ${index}: ${ink}`)
      assert.equal(image[0]! + image[27]!, 0, `image ${index}`)
    }
  })

  await t.test('should be neither trivial nor hopeless to classify', () => {
    const accuracy = nearestMean(train, test)
    assert.ok(accuracy > 0.6 && accuracy < 0.97, `${accuracy}`)
  })

  await t.test('should have no image in both splits', () => {
    const hash = ({ images }: typeof train, index: number) =>
      images.subarray(index * 784, (index + 1) * 784).join()
    const seen = new Set(Array.from(train.labels, (_, index) => hash(train, index)))
    assert.ok(!Array.from(test.labels, (_, index) => hash(test, index)).some((image) => seen.has(image)))
  })
})
