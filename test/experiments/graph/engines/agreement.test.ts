import assert from 'node:assert/strict'
import test from 'node:test'
import { adam } from '../../../../src/experiments/graph/index.ts'
import { engineOf } from '../check-op.ts'
import { trained } from './networks.ts'

/** Relative tolerance between the losses of two engines after 40 steps of plain gradient descent. */
const lossTolerance = 1e-5
const deepLossTolerance = 2e-5
const steps = 40

const cases = [
  { widths: [784, 10], rows: 256, tolerance: lossTolerance },
  { widths: [784, 300, 100, 10], rows: 256, tolerance: lossTolerance },
  { widths: [784, 600, 400, 200, 10], rows: 256, tolerance: deepLossTolerance },
  // A full batch, which both engines split.
  { widths: [784, 100, 1], rows: 4500, tolerance: lossTolerance },
]

test('both engines', async (t) => {
  for (const { widths, rows, tolerance } of cases) {
    await t.test(`should agree after ${steps} steps: ${widths.join('-')}, ${rows} rows`, async () => {
      const [onnx, tfjs] = [
        await trained(await engineOf('onnx'), { widths, rows, epochs: steps }),
        await trained(await engineOf('tfjs'), { widths, rows, epochs: steps }),
      ]
      const [last, other] = [onnx.losses.at(-1)!, tfjs.losses.at(-1)!]
      assert.ok(last < onnx.losses[0]!, `it does not learn: ${onnx.losses[0]} becomes ${last}`)
      const off = Math.abs(last - other) / Math.abs(other)
      assert.ok(
        off < tolerance,
        `onnx has ${last}, tfjs ${other}, off by ${off}, expected less than ${tolerance}`,
      )
    })
  }
})

test('onnx', async (t) => {
  const options = { widths: [784, 32, 10], epochs: 2, optimizer: adam({ learningRate: 0.01 }) }
  const ways = {
    'in small batches': { ...options, rows: 1000, batchSize: 100 },
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
