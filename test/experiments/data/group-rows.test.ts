import assert from 'node:assert/strict'
import test from 'node:test'
import { groupRows, hashRow } from '../../../src/experiments/data/group-rows.ts'
import { tinyLetters } from './tiny-letters.ts'

test('groupRows', async (t) => {
  const one = tinyLetters([0, 1, 2, 3, 4], [0, 4, 3, 2, 1], [0, 1, 2, 3, 4])
  const other = tinyLetters([0, 4, 3, 2, 1], [0, 0, 0, 0, 0])

  await t.test('should give the first equal row, numbered over all parts', () => {
    assert.deepEqual([...groupRows([one, other])], [0, 1, 0, 1, 4])
  })

  await t.test('should do so if all hashes are equal', () => {
    for (const value of [0, 1, 7, 0xffffffff])
      assert.deepEqual([...groupRows([one, other], { hash: () => value })], [0, 1, 0, 1, 4])
  })

  await t.test('should give nothing for nothing', () => {
    assert.deepEqual([...groupRows([])], [])
    assert.deepEqual([...groupRows([tinyLetters()])], [])
  })
})

test('hashRow', async (t) => {
  await t.test('should depend on the bytes alone, not on their place', () => {
    const view = new DataView(Uint8Array.of(9, 1, 2, 3, 4, 9).buffer)
    assert.equal(hashRow(view, 1, 4), hashRow(new DataView(Uint8Array.of(1, 2, 3, 4).buffer), 0, 4))
  })

  await t.test('should depend on every byte and its place', () => {
    const bytes = (...values: number[]) =>
      hashRow(new DataView(Uint8Array.from(values).buffer), 0, values.length)
    const all = new Set<number>()
    for (let place = 0; place < 7; place++)
      for (let level = 1; level < 256; level++)
        all.add(bytes(...Array.from({ length: 7 }, (_, at) => (at === place ? level : 0))))
    assert.equal(all.size, 7 * 255)
  })
})
