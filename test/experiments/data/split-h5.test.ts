import assert from 'node:assert/strict'
import test from 'node:test'
import type { H5Data, H5Rows, Normalisation } from '../../../src/experiments/data/hdf5-types.ts'
import { splitH5 } from '../../../src/experiments/data/split-h5.ts'

const bytes: Normalisation = { name: 'bytes', low: 0, high: 255, text: 'bytes, 0 to 255' }

test('splitH5', async (t) => {
  await t.test('should keep the test rows and use 5 % of the training rows for validation', () => {
    const { splits, cleaning, fonts, pixels } = splitH5(dataOf(rows(200, 0), rows(40, 1000)))
    assert.deepEqual([splits.train.count, splits.validation.count, splits.test.count], [190, 10, 40])
    assert.deepEqual(cleaning, { found: 240, blank: 0, conflicting: 0, copies: 0, across: 0, kept: 240 })
    assert.deepEqual([fonts, pixels], [null, 'bytes, 0 to 255'])
    const marks = (split: 'train' | 'validation' | 'test') => marksOf(splits[split])
    assert.deepEqual(sorted(marks('test')), span(1000, 40))
    assert.deepEqual(sorted([...marks('train'), ...marks('validation')]), span(0, 200))
    assert.notDeepEqual(marks('test'), span(1000, 40))
  })

  await t.test('should keep labels with their images', () => {
    const { splits } = splitH5(dataOf(rows(200, 0), rows(40, 1000)))
    for (const split of Object.values(splits))
      assert.deepEqual(
        [...split.labels],
        marksOf(split).map((mark) => mark % 10),
      )
  })

  await t.test('should keep an image of both sets for the test', () => {
    const { splits, cleaning } = splitH5(dataOf(rows(200, 0), rows(40, 190)))
    assert.deepEqual(cleaning, { found: 240, blank: 0, conflicting: 0, copies: 0, across: 10, kept: 230 })
    assert.deepEqual(sorted(marksOf(splits.test)), span(190, 40))
    const rest = [...marksOf(splits.train), ...marksOf(splits.validation)]
    assert.deepEqual(sorted(rest), span(0, 190))
  })

  await t.test('should give the same result again', () => {
    const made = () => splitH5(dataOf(rows(200, 0), rows(40, 1000)))
    assert.deepEqual(made(), made())
  })

  await t.test('should refuse pixels that are not grey levels', () => {
    const floats = { ...rows(20, 0), images: new Float32Array(20 * 784) }
    const data = { ...dataOf(rows(20, 0), rows(20, 0)), rows: { train: floats, test: floats } }
    const normalisation: Normalisation = { name: 'none', low: -3.1, high: 2.7, text: '-3.1 to 2.7' }
    assert.throws(() => splitH5({ ...data, normalisation }), {
      message:
        'Cannot use `data.h5` as letters, expected pixels that are whole grey levels, scaled and shifted, found -3.1 to 2.7: only images of one byte a pixel are trained on',
    })
  })

  await t.test('should report a missing dataset', () => {
    const data = { ...dataOf(rows(20, 0), rows(20, 0)), rows: { train: rows(20, 0) } }
    const message = 'Cannot use `data.h5`, expected rows in the dataset `testData`, found none'
    assert.throws(() => splitH5(data), { message })
  })
})

/** Makes rows whose first two pixels encode a number, their mark, and whose label is its last digit. */
function rows(count: number, from: number): H5Rows {
  const images = new Uint8Array(count * 784)
  for (let row = 0; row < count; row++) {
    images[row * 784] = (from + row) >> 8
    images[row * 784 + 1] = (from + row) & 255
    images[row * 784 + 2] = 1
  }
  const labels = Uint8Array.from({ length: count }, (_, row) => (from + row) % 10)
  return { images, labels, count, width: 28, height: 28 }
}

function dataOf(train: H5Rows, test: H5Rows): H5Data {
  return { path: 'data.h5', normalisation: bytes, facts: {}, rows: { train, test } }
}

function marksOf({ images, count }: { readonly images: Uint8Array; readonly count: number }): number[] {
  return Array.from({ length: count }, (_, row) => images[row * 784]! * 256 + images[row * 784 + 1]!)
}

function span(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index)
}

function sorted(list: readonly number[]): number[] {
  return [...list].sort((one, other) => one - other)
}
