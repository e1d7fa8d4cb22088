import assert from 'node:assert/strict'
import test from 'node:test'
import { nearCopies } from '../../../src/experiments/part-b/near-copies.ts'
import { tinyLetters } from '../data/tiny-letters.ts'

const train = tinyLetters([0, 100, 100, 100, 100], [1, 0, 0, 200, 200], [1, 0, 0, 200, 201])

test('nearCopies', async (t) => {
  const found = (levels: number, ...rows: readonly number[][]) =>
    nearCopies(tinyLetters(...rows), train, { levels, most: 100 }).found

  await t.test('should compare the mean absolute difference of the pixels, in both directions', () => {
    // Differences of 4, 4, 4 and 3 are 3.75 grey levels per pixel.
    assert.equal(found(4, [0, 104, 96, 104, 97]), 1)
    assert.equal(found(3.75, [0, 104, 96, 104, 97]), 0)
    assert.equal(found(4, [0, 104, 96, 104, 96]), 0)
    assert.equal(found(4, [0, 84, 100, 100, 100]), 0)
  })

  await t.test('should not compare images of different letters', () => {
    assert.equal(found(4, [1, 100, 100, 100, 100]), 0)
  })

  await t.test('should count an image once, even if several images are near', () => {
    assert.equal(found(4, [1, 0, 0, 200, 200], [1, 0, 1, 200, 200], [0, 0, 0, 200, 200]), 2)
  })

  await t.test('should check only the first images, and give their number', () => {
    const test = tinyLetters([0, 0, 0, 0, 0], [0, 100, 100, 100, 100])
    assert.deepEqual(nearCopies(test, train, { levels: 4, most: 1 }), { compared: 1, found: 0 })
    assert.deepEqual(nearCopies(test, train, { levels: 4, most: 9 }), { compared: 2, found: 1 })
  })
})
