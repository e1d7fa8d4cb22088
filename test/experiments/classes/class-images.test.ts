import assert from 'node:assert/strict'
import test from 'node:test'
import { classImages, firstImages, splitImages } from '../../../src/experiments/classes/class-images.ts'
import { tinyLetters } from '../data/tiny-letters.ts'

const letters = tinyLetters([2, 0, 51, 255, 0], [0, 255, 0, 0, 51], [1, 0, 0, 0, 255])
const set = classImages(letters, 3)

test('classImages', async (t) => {
  await t.test('should scale pixels to [0, 1] and make labels one-hot', () => {
    const fifth = Math.fround(0.2)
    assert.deepEqual([...set.pixels.subarray(0, 8)], [0, fifth, 1, 0, 1, 0, 0, fifth])
    assert.deepEqual([...set.labels], [0, 0, 1, 1, 0, 0, 0, 1, 0])
    assert.deepEqual([[...set.classes], set.count], [[2, 0, 1], 3])
  })
})

test('splitImages', async (t) => {
  await t.test('should split a set in two', () => {
    const [one, other] = splitImages(letters, 1)
    assert.deepEqual([one.count, one.images.length, [...one.labels]], [1, 4, [2]])
    assert.deepEqual([other.count, other.images.length, [...other.labels]], [2, 8, [0, 1]])
  })

  await t.test('should leave neither part empty', () => {
    for (const at of [0, 3, 4]) {
      assert.throws(() => splitImages(letters, at), {
        message: `Cannot split 3 images, expected both parts to have some, found ${at} in the first`,
      })
    }
  })
})

test('firstImages', async (t) => {
  await t.test('should give the first images, or all if there are fewer', () => {
    assert.deepEqual([...firstImages(set, 2).classes], [2, 0])
    assert.deepEqual(firstImages(set, 9), set)
  })
})
