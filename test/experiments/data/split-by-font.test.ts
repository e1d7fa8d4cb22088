import assert from 'node:assert/strict'
import test from 'node:test'
import type { LetterSplit } from '../../../src/experiments/data/letters.ts'
import { splitByFont } from '../../../src/experiments/data/split-by-font.ts'
import { rowsOf, tinyLetters } from './tiny-letters.ts'

const described = { rule: 'By the first letter.', pixels: 'bytes' }
const splitOf = (font: string): LetterSplit =>
  font.startsWith('t') ? 'train' : font.startsWith('v') ? 'validation' : 'test'

test('splitByFont', async (t) => {
  const fonts = ['ta', 'v', 'tb', 'x', 'ta', 'tb', 'x']
  const images = tinyLetters(
    [0, 1, 0, 0, 0],
    [1, 2, 0, 0, 0],
    [2, 3, 0, 0, 0],
    [3, 4, 0, 0, 0],
    [4, 5, 0, 0, 0],
    [2, 3, 0, 0, 0],
    [4, 5, 0, 0, 0],
  )
  const letters = splitByFont({ images, fonts, splitOf, ...described })

  await t.test('should put each image, with its label, into the split of its font', () => {
    const sorted = (split: LetterSplit) => rowsOf(letters.splits[split]).sort((a, b) => a[1]! - b[1]!)
    assert.deepEqual(sorted('train'), [
      [0, 1, 0, 0, 0],
      [2, 3, 0, 0, 0],
    ])
    assert.deepEqual(sorted('validation'), [[1, 2, 0, 0, 0]])
    assert.deepEqual(sorted('test'), [
      [3, 4, 0, 0, 0],
      [4, 5, 0, 0, 0],
    ])
    assert.deepEqual(letters.cleaning, { found: 7, blank: 0, conflicting: 0, copies: 1, across: 1, kept: 5 })
  })

  await t.test('should count the fonts of the kept images', () => {
    const { images: pixels } = images
    const blank = { ...images, images: pixels.map((level, index) => (index < 4 || index >= 16 ? 0 : level)) }
    assert.deepEqual(letters.fonts, { train: 2, validation: 1, test: 1 })
    assert.deepEqual(splitByFont({ images: blank, fonts, splitOf, ...described }).fonts, {
      train: 1,
      validation: 1,
      test: 1,
    })
  })

  await t.test('should not change its argument, and give the same result again', () => {
    assert.deepEqual(splitByFont({ images, fonts, splitOf, ...described }), letters)
  })

  await t.test('should mix the letters', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [
      Math.floor(index / 100),
      index >> 8,
      index & 255,
      1,
      2,
    ])
    const { splits } = splitByFont({
      images: tinyLetters(...rows),
      fonts: rows.map(() => 't'),
      splitOf,
      ...described,
    })
    // Of 300 draws from ten equal classes, 30 are expected in each, with a deviation of 4.3: 22 is five deviations.
    for (let label = 0; label < 10; label++) {
      const found = splits.train.labels.subarray(0, 300).filter((other) => other === label).length
      assert.ok(Math.abs(found - 30) <= 22, `${found} of label ${label}`)
    }
  })
})
