import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movedOffset } from '../../../../src/render/preview/client/selection.ts'

test('a place in a text should move with the words round it', () => {
  const before = 'one two three'
  assert.equal(movedOffset(before, before, 5), 5)
  // Before the change, behind it, and in it.
  assert.equal(movedOffset(before, 'one two and three', 4), 4)
  assert.equal(movedOffset(before, 'one two and three', 13), 17)
  assert.equal(movedOffset(before, 'one three', 6), 5)
  assert.equal(movedOffset(before, '', 6), 0)
})
