import assert from 'node:assert/strict'
import test from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import type { Node } from '../../../src/experiments/graph/index.ts'
import {
  add,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  reshape,
  square,
  value,
  variable,
  zeros,
} from '../../../src/experiments/graph/index.ts'
import { engineNames, engineOf, onBoth } from './check-op.ts'

const floats = (...list: number[]) => Float32Array.from(list)
const x = placeholder('x', [null])

test('run', async (t) => {
  await t.test('should compute one node, a list or a record of them', () =>
    onBoth(async (session) => {
      const [twice, squared] = [mul(x, 2), square(x)]
      const feeds = { x: [1, 2, 3] }
      assert.deepEqual(await session.run(twice, feeds), value(floats(2, 4, 6), [3]))
      const list = await session.run([squared, twice], feeds)
      assert.deepEqual(
        list.map(({ data }) => data),
        [floats(1, 4, 9), floats(2, 4, 6)],
      )
      const named = await session.run({ squared, again: squared, x }, feeds)
      assert.deepEqual(Object.keys(named), ['squared', 'again', 'x'])
      assert.deepEqual([named.again.data, named.x.data], [floats(1, 4, 9), floats(1, 2, 3)])
      assert.deepEqual(await session.run([]), [])
    }),
  )

  await t.test('should not change a variable that it fetches, itself or in another shape', () =>
    onBoth(async (session) => {
      const weights = variable('weights', value(floats(1, 2), [2]))
      const same = reshape(reshape(weights, [2, 1]), [2])
      for (let time = 0; time < 2; time++) {
        const found = await session.run([weights, weights, same, add(weights, 1)])
        assert.deepEqual(
          found.map(({ data }) => data),
          [floats(1, 2), floats(1, 2), floats(1, 2), floats(2, 3)],
        )
        found[0]!.data.fill(9)
      }
      assert.deepEqual((await session.read(weights)).data, floats(1, 2))
    }),
  )

  await t.test('should name a fetch that is not a node', () =>
    onBoth(async (session) => {
      const missing = undefined as unknown as Node
      await assert.rejects(session.run({ loss: x, accuracy: missing }, { x: [1] }), {
        message: 'Unexpected fetch `accuracy`, expected a node of a graph, found undefined',
      })
      await assert.rejects(session.run([x, null as unknown as Node], { x: [1] }), {
        message: 'Unexpected fetch `1`, expected a node of a graph, found null',
      })
    }),
  )

  await t.test('should compute many graphs at once, repeatedly', () =>
    onBoth(async (session) => {
      const nodes = Array.from({ length: 60 }, (_, factor) => mul(x, factor))
      for (let time = 0; time < 2; time++) {
        const found = await Promise.all(nodes.map((node) => session.run(node, { x: [1, 2] })))
        assert.deepEqual(
          found.map(({ data }) => [...data]),
          nodes.map((_, factor) => [factor, 2 * factor]),
        )
      }
    }),
  )
})

test('read and write', async (t) => {
  await t.test('should give and set elements, without sharing them', () =>
    onBoth(async (session) => {
      const first = value(floats(1, 2), [2])
      const weights = variable('weights', first)
      const read = await session.read(weights)
      assert.deepEqual(read, first)
      read.data.fill(7)
      assert.deepEqual((await session.read(weights)).data, floats(1, 2))
      const next = value(floats(3, 4), [2])
      session.write(weights, next)
      next.data.fill(7)
      assert.deepEqual((await session.run(mul(weights, 2))).data, floats(6, 8))
      assert.deepEqual(first.data, floats(1, 2))
    }),
  )

  await t.test('should keep the variables of two sessions separate', async () => {
    for (const name of engineNames) {
      const engine = await engineOf(name)
      const [one, two] = [openSession(engine), openSession(engine)]
      const weight = variable('weight', zeros([1]))
      one.write(weight, value(floats(5), [1]))
      assert.deepEqual((await two.read(weight)).data, floats(0))
      await one.close()
      assert.deepEqual((await two.run(add(weight, 1))).data, floats(1))
      await two.close()
    }
  })

  await t.test('should refuse other shapes and dtypes, and nodes that are not variables', () =>
    onBoth(async (session) => {
      const weights = variable('weights', zeros([2]))
      assert.throws(() => session.write(weights, zeros([3])), {
        message: 'Cannot write `weights` [2], expected float32 [2], found float32 [3]',
      })
      assert.throws(() => session.write(weights, value(Int32Array.of(1, 2), [2])), {
        message: 'Cannot write `weights` [2], expected float32 [2], found int32 [2]',
      })
      assert.throws(() => session.write(x, zeros([1])), {
        message: 'Cannot write `x` [null], expected a variable',
      })
      await assert.rejects(session.read(mul(weights, 2)), {
        message: 'Cannot read `Mul` [2], expected a variable',
      })
    }),
  )
})

test('close', async (t) => {
  await t.test('should be allowed twice, and end all use', async () => {
    const message = 'Cannot use a session that is closed: open another'
    for (const name of engineNames) {
      const session = openSession(await engineOf(name))
      const weight = variable('weight', zeros([]))
      const loss = reduceMean(square(add(x, weight)))
      const data = { x: [1] }
      await session.run(loss, data)
      await session.close()
      await session.close()
      await assert.rejects(session.run(loss, data), { message })
      await assert.rejects(session.read(weight), { message })
      await assert.rejects(session.evaluate({ loss }, { data }), { message })
      const step = gradientDescent({ learningRate: 1 }).minimize(loss)
      await assert.rejects(session.train(step, { data, epochs: 1 }), { message })
      assert.throws(() => session.write(weight, zeros([])), { message })
    }
  })

  await t.test('should free every tensor of tfjs', async () => {
    const engine = await engineOf('tfjs')
    const before = tf.memory().numTensors
    const session = openSession(engine)
    const weights = variable('weights', zeros([2]))
    const rows = placeholder('rows', [null, 2])
    const loss = reduceMean(square(add(rows, weights)))
    const step = gradientDescent({ learningRate: 0.1 }).minimize(loss)
    const data = { rows: new Float32Array(2 * 2500) }
    await session.run({ loss, weights }, data)
    await session.train(step, { data, epochs: 2, batchSize: 500, shuffleSeed: 1 })
    await session.train(step, { data, epochs: 2 })
    await session.evaluate({ loss }, { data })
    session.write(weights, zeros([2]))
    await session.read(weights)
    assert.equal(tf.memory().numTensors, before + 1)
    await session.close()
    assert.equal(tf.memory().numTensors, before)
  })
})
