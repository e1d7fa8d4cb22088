import assert from 'node:assert/strict'
import test from 'node:test'
import { shuffleRowsInPlace } from '../../../src/experiments/data/shuffle-rows.ts'
import { seededRandom } from '../../../src/statistics/random.ts'
import { rowsOf, tinyLetters } from './tiny-letters.ts'

test('shuffleRowsInPlace', async (t) => {
  await t.test(
    'should give the order of the shuffle with that seed, and keep labels with their pixels',
    () => {
      const rows = Array.from({ length: 100 }, (_, row) => [row % 10, row, row + 1, row + 2, row + 3])
      const letters = tinyLetters(...rows)
      shuffleRowsInPlace(letters, 5)
      assert.deepEqual(rowsOf(letters), seededRandom(5).shuffle(rows))
    },
  )

  await t.test('should do nothing to no rows', () => {
    shuffleRowsInPlace(tinyLetters(), 1)
  })
})
