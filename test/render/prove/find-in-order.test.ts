import assert from 'node:assert/strict'
import test from 'node:test'
import { longestChain } from '../../../src/render/prove/find-in-order.ts'

const at = (...places: readonly number[]) => places.map((start) => ({ start, next: start + 1 }))

test('longestChain should leave out what is missing or out of order, and nothing else', () => {
  const starts = (choices: ReturnType<typeof at>[]) => longestChain(choices).map((one) => one?.start)
  assert.deepEqual(starts([at(1), at(2), at(3)]), [1, 2, 3])
  assert.deepEqual(starts([at(1), at(), at(3)]), [1, undefined, 3])
  assert.deepEqual(starts([at(1), at(9), at(3), at(4)]), [1, undefined, 3, 4])
  assert.deepEqual(starts([at(5, 1), at(5, 2), at(5, 3)]), [1, 2, 3])
  assert.deepEqual(
    starts([at(7), at(7)]).filter((one) => one === 7),
    [7],
  )
  assert.deepEqual(starts([]), [])
})
