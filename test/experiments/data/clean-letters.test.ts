import assert from 'node:assert/strict'
import test from 'node:test'
import { cleanLetters, keepRowsInPlace } from '../../../src/experiments/data/clean-letters.ts'
import { rowsOf, tinyLetters } from './tiny-letters.ts'

const none = tinyLetters()

test('cleanLetters', async (t) => {
  await t.test('should leave out flat images, of any level', () => {
    const train = tinyLetters([8, 0, 0, 0, 0], [8, 255, 255, 255, 255], [3, 7, 7, 7, 7], [8, 0, 0, 0, 1])
    const { cleaning, rows } = cleanLetters({ train, validation: none, test: none })
    assert.deepEqual(cleaning, { found: 4, blank: 3, conflicting: 0, copies: 0, across: 0, kept: 1 })
    assert.deepEqual([...rows.train], [3])
  })

  await t.test('should leave out all images whose pixels have two labels, in any splits', () => {
    const train = tinyLetters([1, 1, 2, 3, 4], [2, 1, 2, 3, 4], [1, 1, 2, 3, 4], [1, 9, 2, 3, 4])
    const test = tinyLetters([1, 1, 2, 3, 4], [5, 9, 2, 3, 4])
    const { cleaning } = cleanLetters({ train, validation: none, test })
    assert.deepEqual(cleaning, { found: 6, blank: 0, conflicting: 6, copies: 0, across: 0, kept: 0 })
  })

  await t.test('should keep the first copy within a split', () => {
    const train = tinyLetters([1, 1, 2, 3, 4], [1, 5, 6, 7, 8], [1, 1, 2, 3, 4], [1, 1, 2, 3, 4])
    const { cleaning, rows } = cleanLetters({ train, validation: none, test: none })
    assert.deepEqual(cleaning, { found: 4, blank: 0, conflicting: 0, copies: 2, across: 0, kept: 2 })
    assert.deepEqual([...rows.train], [0, 1])
  })

  await t.test('should keep images of several splits for the test, else for validation', () => {
    const [both, held, own] = [
      [1, 1, 2, 3, 4],
      [1, 5, 6, 7, 8],
      [1, 9, 9, 9, 0],
    ]
    const { cleaning, rows } = cleanLetters({
      train: tinyLetters(both!, held!, own!, both!),
      validation: tinyLetters(held!, both!),
      test: tinyLetters(both!, both!),
    })
    assert.deepEqual(cleaning, { found: 8, blank: 0, conflicting: 0, copies: 1, across: 4, kept: 3 })
    assert.deepEqual([[...rows.train], [...rows.validation], [...rows.test]], [[2], [0], [0]])
  })

  await t.test('should compare pixels if hashes collide', () => {
    const train = tinyLetters([1, 1, 2, 3, 4], [2, 5, 6, 7, 8], [1, 1, 2, 3, 4])
    const test = tinyLetters([2, 5, 6, 7, 8], [3, 4, 3, 2, 1])
    const splits = { train, validation: none, test }
    const collided = cleanLetters(splits, { hash: () => 0xffffffff })
    assert.deepEqual(collided, cleanLetters(splits))
    assert.deepEqual(collided.cleaning, {
      found: 5,
      blank: 0,
      conflicting: 0,
      copies: 1,
      across: 1,
      kept: 3,
    })
  })

  await t.test('should count each of many images once', () => {
    const rows = (count: number, from: number) =>
      Array.from({ length: count }, (_, i) => [
        (from + i) % 7 === 0 ? i % 3 : 1,
        (from + i) % 5,
        i % 3,
        i % 2,
        0,
      ])
    const [train, validation, test] = [rows(200, 0), rows(50, 11), rows(60, 23)].map((some) =>
      tinyLetters(...some),
    )
    const { cleaning, rows: kept } = cleanLetters({ train: train!, validation: validation!, test: test! })
    const { found, blank, conflicting, copies, across } = cleaning
    assert.equal(found, 310)
    assert.equal(found, blank + conflicting + copies + across + cleaning.kept)
    assert.equal(cleaning.kept, kept.train.length + kept.validation.length + kept.test.length)
    const texts = (['train', 'validation', 'test'] as const).flatMap((split, part) => {
      const all = rowsOf([train, validation, test][part]!)
      return Array.from(kept[split], (row) => all[row]!.slice(1).join())
    })
    assert.equal(new Set(texts).size, cleaning.kept)
  })
})

test('keepRowsInPlace', async (t) => {
  await t.test('should move rows with their labels to the front, without a copy', () => {
    const all = tinyLetters([1, 1, 2, 3, 4], [2, 5, 6, 7, 8], [3, 9, 9, 9, 0])
    const kept = keepRowsInPlace(all, Uint32Array.of(1, 2))
    assert.deepEqual(rowsOf(kept), [
      [2, 5, 6, 7, 8],
      [3, 9, 9, 9, 0],
    ])
    assert.equal(kept.images.buffer, all.images.buffer)
  })

  await t.test('should give no rows for no rows', () => {
    assert.deepEqual(rowsOf(keepRowsInPlace(tinyLetters([1, 1, 2, 3, 4]), new Uint32Array())), [])
  })
})
