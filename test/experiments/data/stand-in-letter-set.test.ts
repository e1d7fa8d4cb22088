import assert from 'node:assert/strict'
import test from 'node:test'
import type { LabelledImages } from '../../../src/experiments/data/dataset.ts'
import { standInLetterSet } from '../../../src/experiments/data/stand-in-letter-set.ts'
import { standInLetters } from '../../../src/experiments/data/stand-in-letters.ts'

test('standInLetterSet', async (t) => {
  const { splits, cleaning, fonts } = await standInLetterSet.load()

  await t.test('should split all images of both splits of the drawn letters', async () => {
    assert.deepEqual([splits.train.count, splits.validation.count, splits.test.count], [2480, 800, 1040])
    assert.deepEqual(cleaning, { found: 4320, blank: 0, conflicting: 0, copies: 0, across: 0, kept: 4320 })
    assert.deepEqual(fonts, { train: 142, validation: 39, test: 42 })
  })

  await t.test('should keep the test set, and split validation from the rest', async () => {
    const test = imagesOf(await standInLetters.load('test'))
    assert.deepEqual(imagesOf(splits.test), test)
    const rest = [...imagesOf(splits.train), ...imagesOf(splits.validation)].sort()
    assert.deepEqual(rest, imagesOf(await standInLetters.load('train')))
  })

  await t.test('should have each letter equally often, in mixed order', () => {
    for (const { labels, count } of Object.values(splits)) {
      for (let label = 0; label < 10; label++)
        assert.equal(labels.filter((other) => other === label).length, count / 10)
      assert.equal(new Set(labels.subarray(0, 100)).size, 10)
      assert.notDeepEqual([...labels.subarray(0, 10)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    }
  })

  await t.test('should give the same result again', async () => {
    assert.deepEqual((await standInLetterSet.load()).splits, splits)
  })
})

/** Gives the images with their labels, sorted. */
function imagesOf({ images, labels, count }: LabelledImages): string[] {
  return Array.from(
    { length: count },
    (_, row) =>
      `${labels[row]} ${Buffer.from(images.subarray(row * 784, (row + 1) * 784)).toString('base64')}`,
  ).sort()
}
