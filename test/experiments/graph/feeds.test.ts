import assert from 'node:assert/strict'
import test from 'node:test'
import type { Feeds } from '../../../src/experiments/graph/index.ts'
import {
  add,
  broadcastTo,
  cast,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  reduceSum,
  value,
  variable,
  zeros,
} from '../../../src/experiments/graph/index.ts'
import { engineOf, onBoth } from './check-op.ts'

const x = placeholder('x', [null, 2])
const y = placeholder('y', [null])
const bytes = placeholder('bytes', [2], 'uint8')
const rate = placeholder('rate', [])
const sum = add(reduceSum(x, 1), y)
const floats = (...list: number[]) => Float32Array.from(list)

test('run', async (t) => {
  const session = openSession(await engineOf('onnx'))
  t.after(() => session.close())

  await t.test('should accept rows, lists, numbers and values with their shape', () =>
    onBoth(async (each) => {
      const scaled = mul(add(sum, reduceSum(cast(bytes, 'float32'))), rate)
      const feeds = {
        x: value(floats(1, 2, 3, 4), [2, 2]),
        y: [10, 20],
        bytes: Uint8Array.of(100, 200),
        rate: 2,
      }
      assert.deepEqual((await each.run(scaled, feeds)).data, floats(626, 654))
      assert.deepEqual(
        (await each.run(scaled, { ...feeds, x: floats(0, 0), y: floats(1), rate: floats(1) })).data,
        floats(301),
      )
    }),
  )

  const wrong: Readonly<Record<string, readonly [feeds: Feeds, message: string]>> = {
    missing: [{ x: [1, 2] }, 'Cannot run, missing feed `y` [null]: expected its elements'],
    superfluous: [
      { x: [1, 2], y: [1], z: 3, w: 4 },
      'Cannot run, superfluous feed `z`, `w`: expected `y`, `x`',
    ],
    'not a whole number of rows': [
      { x: [1, 2, 3], y: [1] },
      'Cannot run, expected feed `x` [null, 2], 2 elements a row, found 3 elements',
    ],
    'no rows': [
      { x: [], y: [1] },
      'Cannot run, expected feed `x` [null, 2], 2 elements a row, found 0 elements',
    ],
    'of another shape': [
      { x: value(floats(1, 2, 3), [1, 3]), y: [1] },
      'Cannot run, expected feed `x` [null, 2] of float32, found [1, 3] of float32',
    ],
    'of another rank': [
      { x: value(floats(1, 2), [2]), y: [1] },
      'Cannot run, expected feed `x` [null, 2] of float32, found [2] of float32',
    ],
    'of another dtype': [
      { x: Int32Array.of(1, 2), y: [1] },
      'Cannot run, expected feed `x` [null, 2] of float32, found [1, 2] of int32',
    ],
    'of different batches': [
      { x: [1, 2, 3, 4], y: [1] },
      'Cannot run, expected one batch size for all feeds, found 1 of `y` and 2 of `x`',
    ],
  }
  for (const [name, [feeds, message]] of Object.entries(wrong))
    await t.test(`should refuse a feed: ${name}`, () => assert.rejects(session.run(sum, feeds), { message }))

  await t.test('should refuse feeds of another size or dtype without a batch', async () => {
    const node = mul(cast(bytes, 'float32'), rate)
    await assert.rejects(session.run(node, { bytes: Uint8Array.of(1), rate: 1 }), {
      message: 'Cannot run, expected feed `bytes` [2], 2 elements, found 1 elements',
    })
    await assert.rejects(session.run(node, { bytes: floats(1, 2), rate: 1 }), {
      message: 'Cannot run, expected feed `bytes` [2] of uint8, found [2] of float32',
    })
    await assert.rejects(session.run(node, { bytes: Uint8Array.of(1, 2), rate: [1, 2] }), {
      message: 'Cannot run, expected feed `rate` [], 1 elements, found 2 elements',
    })
    await assert.rejects(session.run(variable('v', zeros([])), { rate: 1 }), {
      message: 'Cannot run, superfluous feed `rate`: expected none',
    })
  })

  await t.test('should refuse two placeholders of one name', () =>
    assert.rejects(session.run(add(sum, placeholder('x', [])), { x: [1, 2], y: [1] }), {
      message: 'Cannot run, expected placeholders of different names, found two named `x`',
    }),
  )

  await t.test('should refuse a batch of unknown size', async () => {
    const node = broadcastTo(rate, [null, 2])
    await assert.rejects(session.run(node, { rate: 1 }), {
      message:
        'Cannot run `BroadcastTo` [null, 2], expected a placeholder with a batch, [null, ...], found none',
    })
  })
})

test('train', async (t) => {
  await t.test('should check the data in the same way', async () => {
    const session = openSession(await engineOf('onnx'))
    t.after(() => session.close())
    const weight = variable('weight', zeros([]))
    const step = gradientDescent({ learningRate: 0.1 }).minimize(reduceMean(mul(sum, weight)))
    await assert.rejects(session.train(step, { data: { x: [1, 2] }, epochs: 1 }), {
      message: 'Cannot train, missing feed `y` [null]: expected its elements',
    })
    const still = gradientDescent({ learningRate: 0.1 }).minimize(mul(weight, weight))
    await assert.rejects(session.train(still, { data: {}, epochs: 1 }), {
      message: 'Cannot train, expected a placeholder with a batch, [null, ...], found none',
    })
    const data = { x: [1, 2], y: [1] }
    await assert.rejects(session.train(step, { data, epochs: 0 }), {
      message: 'Unexpected epochs 0, expected a whole number above 0',
    })
    await assert.rejects(session.train(step, { data, epochs: 1, batchSize: 0.5 }), {
      message: 'Unexpected batchSize 0.5, expected a whole number above 0',
    })
  })
})
