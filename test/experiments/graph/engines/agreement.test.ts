import assert from 'node:assert/strict'
import test from 'node:test'
import { tolerances } from '../../../../docs/guide/tolerances.ts'
import { adam } from '../../../../src/experiments/graph/index.ts'
import { engineOf } from '../check-op.ts'
import { trained } from './networks.ts'
import { testAgreement } from './test-agreement.ts'

testAgreement([
  { widths: [784, 10], rows: 256, tolerance: tolerances.loss },
  { widths: [784, 300, 100, 10], rows: 256, tolerance: tolerances.loss },
])

test('onnx', async (t) => {
  const options = { widths: [784, 32, 10], epochs: 2, optimizer: adam({ learningRate: 0.01 }) }
  const ways = {
    'in small batches': { ...options, rows: 1000, batchSize: 100 },
    // One thread transposes the inputs of such layers before their product.
    'in small batches, with wide layers': {
      ...options,
      widths: [784, 144, 272, 10],
      rows: 1000,
      batchSize: 250,
    },
    'in a full batch that is split, with wide layers': {
      ...options,
      widths: [784, 144, 272, 10],
      rows: 5000,
    },
    'in a full batch that is split': { ...options, rows: 5000 },
    'in a full batch that is not': { ...options, rows: 4099 },
  }
  for (const [name, way] of Object.entries(ways)) {
    await t.test(`should give the same bits from run to run, and on 1 thread and 2: ${name}`, async () => {
      const once = await trained(await engineOf('onnx'), way)
      assert.deepEqual(await trained(await engineOf('onnx'), way), once)
      assert.deepEqual(await trained(await engineOf('onnx', 2), way), once)
    })
  }
})
