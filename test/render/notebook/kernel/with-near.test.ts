import assert from 'node:assert/strict'
import test from 'node:test'
import type { Json } from '../../../../src/render/model/types.ts'
import { withNear } from '../../../../src/render/notebook/kernel/with-near.ts'

const isNear = (before: Json, now: Json) => {
  const found = withNear(before, now)
  assert.deepEqual(found, JSON.stringify(found) === JSON.stringify(before) ? before : now)
  return JSON.stringify(found) === JSON.stringify(before)
}

test('withNear should take numbers for the same that agree to nine digits, however small they are', () => {
  assert.equal(isNear(4.000000001, 4), true)
  assert.equal(isNear(4.00000001, 4), false)
  assert.equal(isNear(1e-13, 2e-13), false)
  assert.equal(isNear({ p: 3e-20 }, { p: 3.1e-20 }), false)
  assert.equal(isNear({ p: 3e-20 }, { p: 3.000000001e-20 }), true)
  assert.equal(isNear({ count: 60_000, p: 1e-14 }, { count: 60_000, p: 1e-16 }), false)
  assert.equal(isNear(-1e-13, 1e-13), false)
})

test('withNear should take for 0 what is left over of a sum that ought to be 0', () => {
  assert.equal(isNear({ r: 0 }, { r: 1e-16 }), true)
  assert.equal(isNear({ r: 1e-17 }, { r: 0 }), true)
  assert.equal(isNear({ r: 0 }, { r: 1e-12 }), false)
  assert.equal(isNear([0.3, -1.1e-17], [0.3, 2.7e-17]), true)
  assert.equal(isNear([0.3, 1e-12], [0.3, 2e-12]), false)
  assert.equal(isNear([1e-17, 3e-17], [1e-17, 4e-17]), false)
})

test('withNear should leave alone what is no number in both', () => {
  assert.equal(isNear([1, [2, { a: 3 }]], [1, [2, { a: 3.0000000001 }]]), true)
  assert.deepEqual(withNear([1], [1, 2]), [1, 2])
  assert.deepEqual(withNear({ a: 1 }, { a: '1', b: null }), { a: '1', b: null })
  assert.deepEqual(withNear(undefined, [1]), [1])
})
