import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { testFamilies, trainFamilies } from '../../../src/experiments/data/stand-in/letter-fonts.ts'
import { standInLetters } from '../../../src/experiments/data/stand-in-letters.ts'
import { nearestMean } from './nearest-mean.ts'

const folder = new URL('../../../src/experiments/data/stand-in/', import.meta.url)

test('standInLetters', async (t) => {
  const train = await standInLetters.load('train')
  const test = await standInLetters.load('test')

  await t.test('should have 328 training and 104 test images of each letter', () => {
    for (const [{ images, labels, count }, each] of [
      [train, 328],
      [test, 104],
    ] as const) {
      assert.deepEqual([count, labels.length, images.length], [10 * each, 10 * each, 7840 * each])
      for (let label = 0; label < 10; label++)
        assert.equal(labels.filter((other) => other === label).length, each)
    }
  })

  await t.test('should give the same images again', async () => {
    assert.deepEqual((await standInLetters.load('test')).images, test.images)
  })

  await t.test('should be neither trivial nor hopeless to classify', () => {
    const accuracy = nearestMean(train, test)
    assert.ok(accuracy > 0.5 && accuracy < 0.9, `${accuracy}`)
  })

  await t.test('should have no family in both splits, according to its table', async () => {
    const [, ...rows] = (await readFile(new URL('letters.tsv', folder), 'utf8')).trim().split('\n')
    const families = (split: string) =>
      new Set(rows.map((row) => row.split('\t')).flatMap(([of, , family]) => (of === split ? [family] : [])))
    assert.equal(rows.length, (train.count + test.count) / 10)
    assert.deepEqual([...families('train')].sort(), [...trainFamilies].sort())
    assert.deepEqual([...families('test')].sort(), [...testFamilies].sort())
    assert.ok(testFamilies.every((family) => !(trainFamilies as readonly string[]).includes(family)))
  })

  await t.test('should name each family with its licence', async () => {
    const licences = await readFile(new URL('LICENSES.md', folder), 'utf8')
    assert.match(licences, /SIL Open Font License 1\.1/)
    for (const family of [...trainFamilies, ...testFamilies])
      assert.ok(licences.includes(`@fontsource/${family} `), family)
  })
})
