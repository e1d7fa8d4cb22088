import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { standInLetterSet } from '../../../src/experiments/data/stand-in-letter-set.ts'
import { letterFacts } from '../../../src/experiments/part-b/letter-facts.ts'
import '../data/draw-once.ts'

const data = 'stand-in-letters'

test('letterFacts', async (t) => {
  const { result } = await run(letterFacts, { data, compared: 100 })

  await t.test('should state what the set is, and how it was cleaned and split', async () => {
    const { splits: _, ...loaded } = await standInLetterSet.load()
    const { name, title, source, licence } = standInLetterSet
    const { near: __, splits: ___, ...facts } = result
    assert.deepEqual(facts, { name, title, source, licence, width: 28, height: 28, ...loaded })
  })

  await t.test('should count the images of each split and of each letter', () => {
    assert.deepEqual(
      result.splits.map(({ split, count }) => [split, count]),
      [
        ['train', 2480],
        ['validation', 800],
        ['test', 1040],
      ],
    )
    for (const { letters, count } of result.splits) {
      assert.equal(letters.map(({ letter }) => letter).join(''), 'ABCDEFGHIJ')
      for (const each of letters) assert.equal(each.count, count / 10)
    }
  })

  await t.test('should search for near copies with the given settings', async () => {
    // Noise alone differs by more than 4 levels, and no two images differ by more than 255.
    assert.deepEqual(result.near, { levels: 4, compared: 100, found: 0 })
    const { result: far } = await run(letterFacts, { data, compared: 5, levels: 256 })
    assert.deepEqual(far.near, { levels: 256, compared: 5, found: 5 })
  })

  await t.test('should be JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  await t.test('should complete its params', () => {
    const complete = { data: 'notmnist-small', pin: null, levels: 4, compared: 1000 }
    assert.deepEqual(letterFacts.params.parse({}), complete)
  })
})
