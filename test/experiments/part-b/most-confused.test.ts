import assert from 'node:assert/strict'
import test from 'node:test'
import { mostConfused } from '../../../src/experiments/part-b/most-confused.ts'

const classes = ['A', 'B', 'C']
const confusion = [
  [90, 1, 4],
  [3, 80, 7],
  [0, 6, 70],
]

test('mostConfused', async (t) => {
  await t.test('should add up both directions, with the worst pair first', () => {
    assert.deepEqual(mostConfused(confusion, classes, 9), [
      { first: 'B', second: 'C', count: 13, firstAsSecond: 7, secondAsFirst: 6 },
      { first: 'A', second: 'B', count: 4, firstAsSecond: 1, secondAsFirst: 3 },
      { first: 'A', second: 'C', count: 4, firstAsSecond: 4, secondAsFirst: 0 },
    ])
  })

  await t.test('should give no more than wanted, and not change the counts', () => {
    const before = structuredClone(confusion)
    assert.deepEqual(
      mostConfused(confusion, classes, 1).map(({ first, second }) => first + second),
      ['BC'],
    )
    assert.deepEqual(confusion, before)
  })
})
