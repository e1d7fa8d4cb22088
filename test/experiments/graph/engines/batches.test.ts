import assert from 'node:assert/strict'
import test from 'node:test'
import { oneStep, rowsOf } from '../../../../src/experiments/graph/engines/batches.ts'
import { dropout, placeholder, value } from '../../../../src/experiments/graph/index.ts'
import { inOrder } from '../../../../src/experiments/graph/node.ts'
import { isMask } from '../../../../src/experiments/graph/ops/dropout.ts'

const x = placeholder('x', [null, 2])
const mask = inOrder([dropout(x, { rate: 0.5, seed: 1 })]).find(isMask)!
const data = new Map([
  [
    x,
    value(
      Float32Array.from({ length: 20 }, (_, at) => at),
      [10, 2],
    ),
  ],
])
const masks = new Map([[mask, Uint8Array.from({ length: 12 }, (_, at) => at)]])
const batches = { data, masks, batchSize: 2, steps: 3, first: 4, order: undefined }

test('rowsOf and oneStep', async (t) => {
  await t.test('should give the rows of a step, from the first on', () => {
    assert.deepEqual(rowsOf(x, oneStep(batches, 0)), {
      dtype: 'float32',
      shape: [2, 2],
      data: Float32Array.of(8, 9, 10, 11),
    })
    assert.deepEqual(rowsOf(x, oneStep(batches, 2)).data, Float32Array.of(16, 17, 18, 19))
  })

  await t.test('should take rows in their order, and leave the data as it is', () => {
    const order = Int32Array.of(9, 0, 3, 3, 1, 2)
    assert.deepEqual(rowsOf(x, oneStep({ ...batches, order }, 0)).data, Float32Array.of(18, 19, 0, 1))
    assert.deepEqual(rowsOf(x, oneStep({ ...batches, order }, 1)).data, Float32Array.of(6, 7, 6, 7))
    assert.deepEqual(
      rowsOf(x, { ...batches, order }).data,
      Float32Array.of(18, 19, 0, 1, 6, 7, 6, 7, 2, 3, 4, 5),
    )
    assert.equal(data.get(x)!.data[0], 0)
  })

  await t.test('should give the mask of a step', () => {
    assert.deepEqual(rowsOf(mask, oneStep(batches, 1)), {
      dtype: mask.dtype,
      shape: [2, 2],
      data: Uint8Array.of(4, 5, 6, 7),
    })
  })
})
