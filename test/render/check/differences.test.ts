import assert from 'node:assert/strict'
import test from 'node:test'
import { differenceWords } from '../../../src/render/check/changes.ts'
import { differingPaths, leavesOf } from '../../../src/render/check/differences.ts'

test('leavesOf should list the value at each path', () => {
  const value = { a: [1, { 'b c': null }], d: [], e: {}, f: 'x' }
  assert.deepEqual(
    [...leavesOf(value)],
    [
      ['.a[0]', 1],
      ['.a[1]["b c"]', null],
      ['.d', '[]'],
      ['.e', '{}'],
      ['.f', 'x'],
    ],
  )
  assert.deepEqual([...leavesOf(3)], [['', 3]])
})

test('differingPaths should find changed, new and missing leaves', () => {
  const a = leavesOf({ a: 1, b: [1, 2], c: 0 })
  const b = leavesOf({ a: 1, b: [1, 3], d: 0 })
  assert.deepEqual(differingPaths(a, b), ['.b[1]', '.c', '.d'])
  assert.deepEqual(differingPaths(a, a), [])
})

test('differenceWords should name the place and both values', () => {
  const [a, b] = [
    { 'deep.mean': 0.5, n: 3 },
    { 'deep.mean': 0.25, n: 3 },
  ]
  assert.deepEqual(differenceWords(a, b), ['deep.mean 0.5', 'deep.mean 0.25'])
  assert.equal(differenceWords(a, a), undefined)
})
