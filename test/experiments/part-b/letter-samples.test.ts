import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { standInLetterSet } from '../../../src/experiments/data/stand-in-letter-set.ts'
import { letterSamples } from '../../../src/experiments/part-b/letter-samples.ts'
import '../data/draw-once.ts'

test('letterSamples', async (t) => {
  const { result } = await run(letterSamples, { data: 'stand-in-letters', perLetter: 2 })

  await t.test('should give the wanted number of each letter, letter by letter', () => {
    assert.equal(result.images.map(({ letter }) => letter).join(''), 'AABBCCDDEEFFGGHHIIJJ')
    assert.deepEqual([result.width, result.height], [28, 28])
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  await t.test('should give the first images of the training set', async () => {
    const { images, labels } = (await standInLetterSet.load()).splits.train
    for (const [label, letter] of standInLetterSet.classes.entries()) {
      const first = labels.indexOf(label)
      const rows = [first, labels.indexOf(label, first + 1)]
      assert.deepEqual(
        result.images.filter((image) => image.letter === letter).map(({ pixels }) => pixels),
        rows.map((row) => [...images.subarray(row * 784, (row + 1) * 784)]),
      )
    }
  })
})
