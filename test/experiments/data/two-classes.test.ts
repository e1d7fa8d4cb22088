import assert from 'node:assert/strict'
import test from 'node:test'
import { labelOf, twoClasses } from '../../../src/experiments/data/two-classes.ts'

const set = { name: 'pets', classes: ['cat', 'dog', 'eel'] }

test('labelOf', async (t) => {
  await t.test('should find a class by name or number', () => {
    assert.deepEqual([labelOf(set, 'dog'), labelOf(set, 2), labelOf(set, 0)], [1, 2, 0])
  })

  await t.test('should list the classes for an unknown one', () => {
    const message = 'Unexpected class `cow` of `pets`, expected one of: 0 cat, 1 dog, 2 eel'
    assert.throws(() => labelOf(set, 'cow'), { message })
    assert.throws(() => labelOf(set, 3), /Unexpected class `3`/)
    assert.throws(() => labelOf(set, -1), /Unexpected class `-1`/)
  })
})

test('twoClasses', async (t) => {
  await t.test(
    'should take both classes in the order of the data, with the labels 0 for the first and 1 for the second',
    () => {
      const data = {
        images: Uint8Array.of(255, 0, 1, 1, 51, 102, 0, 255),
        labels: Uint8Array.of(2, 1, 0, 2),
        count: 4,
        width: 2,
        height: 1,
      }
      const { pixels, labels, count } = twoClasses(data, 2, 0)
      assert.equal(count, 3)
      assert.deepEqual([...labels], [0, 1, 0])
      assert.deepEqual([...pixels], [1, 0, Math.fround(0.2), Math.fround(0.4), 0, 1])
    },
  )
})
