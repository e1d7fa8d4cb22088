import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { fashionMnist } from '../../../src/experiments/data/fashion-mnist.ts'
import { needsRealData, realData } from './real-data.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('fashionMnist', async (t) => {
  await t.test('should hold 6,000 training and 1,000 test images of each class', needsRealData, async (t) => {
    const env = { WEFT_DATA: realData, XDG_CACHE_HOME: await temporaryFolder(t) }
    for (const [split, each] of [
      ['train', 6000],
      ['test', 1000],
    ] as const) {
      const { images, labels, count, width, height } = await fashionMnist.load(split, { env, addresses: [] })
      assert.deepEqual([count, width, height, images.length], [10 * each, 28, 28, 7840 * each])
      const counts = fashionMnist.classes.map((_, label) => labels.filter((other) => other === label).length)
      assert.deepEqual(counts, Array(10).fill(each))
    }
  })

  await t.test('should begin with the published labels', needsRealData, async (t) => {
    const env = { WEFT_DATA: realData, XDG_CACHE_HOME: await temporaryFolder(t) }
    const { labels } = await fashionMnist.load('test', { env, addresses: [] })
    const names = [...labels.subarray(0, 5)].map((label) => fashionMnist.classes[label])
    assert.deepEqual(names, ['Ankle boot', 'Pullover', 'Trouser', 'Trouser', 'Shirt'])
  })

  await t.test(
    'should have the mean and deviation that are published for its training pixels',
    needsRealData,
    async (t) => {
      // 0.2860 and 0.3530 of 255, the constants commonly used with PyTorch.
      const env = { WEFT_DATA: realData, XDG_CACHE_HOME: await temporaryFolder(t) }
      const { images } = await fashionMnist.load('train', { env, addresses: [] })
      let [sum, squares] = [0, 0]
      for (const pixel of images) {
        sum += pixel / 255
        squares += (pixel / 255) ** 2
      }
      const mean = sum / images.length
      assert.equal(mean.toFixed(4), '0.2860')
      assert.equal(Math.sqrt(squares / images.length - mean ** 2).toFixed(4), '0.3530')
    },
  )

  await t.test('should refuse another file', needsRealData, async (t) => {
    const folder = await temporaryFolder(t)
    await copyFile(
      join(realData!, 'fashion-mnist/train-labels-idx1-ubyte.gz'),
      join(folder, 't10k-labels-idx1-ubyte.gz'),
    )
    const options = { env: { WEFT_DATA: folder, XDG_CACHE_HOME: folder }, addresses: [] }
    await assert.rejects(
      fashionMnist.load('test', options),
      /t10k-labels-idx1-ubyte\.gz`, expected 5148 bytes, found 29515/,
    )
  })

  await t.test('should refuse a file of the right size with other bytes', async (t) => {
    const folder = await temporaryFolder(t)
    const wrong = Buffer.alloc(5148)
    await writeFile(join(folder, 't10k-labels-idx1-ubyte.gz'), wrong)
    const options = { env: { WEFT_DATA: folder, XDG_CACHE_HOME: folder }, addresses: [] }
    const found = createHash('sha256').update(wrong).digest('hex')
    await assert.rejects(
      fashionMnist.load('test', options),
      new RegExp(`found ${found} \\(not a gzip file\\)`),
    )
  })

  await t.test('should name an address and a digest if it is missing, and never replace it', async (t) => {
    const folder = await temporaryFolder(t)
    const options = { env: { HOME: folder, WEFT_DATA: folder }, addresses: [] }
    await assert.rejects(fashionMnist.load('train', options), (error: Error) => {
      assert.match(error.message, /^Cannot find `train-labels-idx1-ubyte\.gz` of Fashion-MNIST:/)
      assert.match(error.message, /SHA-256 a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845/)
      assert.match(error.message, /from http:\/\/fashion-mnist\./)
      return true
    })
  })
})
