import assert from 'node:assert/strict'
import test from 'node:test'
import type { Epoch, Node } from '../../../src/experiments/graph/index.ts'
import {
  abs,
  add,
  gradientDescent,
  log,
  mul,
  openSession,
  placeholder,
  reduceMean,
  square,
  sub,
  value,
  variable,
  zeros,
} from '../../../src/experiments/graph/index.ts'
import { assertClose, engineOf, fromBoth, onBoth, valueTolerance } from './check-op.ts'

const rows = 7
const data = {
  x: Float32Array.from({ length: rows }, (_, row) => row / 4 - 1),
  y: Float32Array.from({ length: rows }, (_, row) => Math.sin(3 * row)),
}
const learningRate = 0.1

test('train', async (t) => {
  await t.test('should use each row once per epoch, and weight the last, smaller batch by its rows', () =>
    onBoth(async (session) => {
      for (const batchSize of [1, 3, 7, 100, undefined]) {
        const { step, slope, error } = line()
        const options = { data, epochs: 3, metrics: { error }, ...(batchSize ? { batchSize } : {}) }
        const epochs = await session.train(step, options)
        const wanted = reference(Math.min(batchSize ?? rows, rows), 3)
        const what = `batch size ${batchSize}`
        assertClose(
          epochs.map(({ loss }) => loss),
          wanted.losses,
          valueTolerance,
          what,
        )
        assertClose(
          epochs.map(({ metrics }) => metrics.error!),
          wanted.errors,
          valueTolerance,
          what,
        )
        assertClose((await session.read(slope)).data, [wanted.slope], valueTolerance, what)
        const steps = Math.ceil(rows / Math.min(batchSize ?? rows, rows))
        assert.deepEqual(
          epochs.map((each) => [each.epoch, each.epochs, each.steps]),
          [1, 2, 3].map((epoch) => [epoch, 3, steps]),
        )
      }
    }),
  )

  await t.test(
    'should shuffle by the seed: equal seeds give the same order, other seeds another, no seed none',
    async () => {
      const trained = (options: object) =>
        fromBoth(async (session) => {
          const { step, slope } = line()
          const epochs = await session.train(step, { data, epochs: 2, batchSize: 2, ...options })
          return [...epochs.map(({ loss }) => loss), (await session.read(slope)).data[0]!]
        })
      const [one, tfjs] = await trained({ shuffleSeed: 3 })
      const [again] = await trained({ shuffleSeed: 3 })
      const [other] = await trained({ shuffleSeed: 4 })
      const [still] = await trained({})
      assert.deepEqual(again, one)
      assertClose(tfjs!, one!, valueTolerance, 'tfjs')
      for (const each of [other, still]) assert.notDeepEqual(each, one)
      const [whole] = await trained({ batchSize: rows, shuffleSeed: 3 })
      assert.deepEqual(whole, (await trained({ batchSize: rows }))[0])
      assert.deepEqual(whole, (await trained({ batchSize: 100, shuffleSeed: 3 }))[0])
    },
  )

  await t.test('should average a metric of any name, and compute it before the update', () =>
    onBoth(async (session) => {
      const { step, error } = line()
      const [epoch] = await session.train(step, { data, epochs: 1, metrics: { loss: error, 1: step.loss } })
      const [loss, errors] = [reference(rows, 1).losses[0]!, reference(rows, 1).errors[0]!]
      assertClose(
        [epoch!.loss, epoch!.metrics.loss!, epoch!.metrics[1]!],
        [loss, errors, loss],
        valueTolerance,
        'metrics',
      )
    }),
  )

  await t.test('should read all variables of a step before it writes any', () =>
    onBoth(async (session) => {
      const scalar = (each: number) => value(Float32Array.of(each), [])
      const [a, b] = [variable('a', scalar(1)), variable('b', scalar(2))]
      const loss = reduceMean(placeholder('x', [null]))
      await session.train(
        {
          loss,
          updates: [
            [a, b],
            [b, add(a, b)],
          ],
        },
        { data: { x: [1, 2, 3] }, batchSize: 1, epochs: 1 },
      )
      assert.deepEqual([(await session.read(a)).data[0], (await session.read(b)).data[0]], [5, 8])
    }),
  )

  await t.test('should name the step and the epoch of a loss that is not finite', () =>
    onBoth(async (session, name) => {
      // WebGPU defines no logarithm of numbers below 0.
      if (name === 'webgpu') return
      const shift = variable('shift', zeros([]))
      const x = placeholder('x', [null])
      const loss = reduceMean(log(sub(x, shift)))
      const step = { loss, updates: [[shift, add(shift, 1)]] as const }
      const message = (found: string, at: string) =>
        `Cannot train on, expected a finite loss, found ${found} in ${at}: the learning rate may be too large, or the data not finite`
      const options = { data: { x: new Float32Array(6).fill(4.5) }, batchSize: 2, epochs: 9 }
      await assert.rejects(session.train(step, options), { message: message('NaN', 'step 3 of epoch 2') })
      session.write(shift, zeros([]))
      const infinite = { ...options, data: { x: [1, 1, 0, 0, 1, 1] } }
      await assert.rejects(session.train({ loss, updates: [] }, infinite), {
        message: message('-Infinity', 'step 2 of epoch 1'),
      })
    }),
  )

  await t.test('should end early if onEpoch returns stop, and wait for it', () =>
    onBoth(async (session) => {
      const { step, slope } = line()
      const seen: Epoch[] = []
      const epochs = await session.train(step, {
        data,
        epochs: 5,
        async onEpoch(epoch) {
          // The callback may use the session.
          assertClose(
            (await session.read(slope)).data,
            [reference(rows, epoch.epoch).slope],
            valueTolerance,
            'slope',
          )
          seen.push(epoch)
          return epoch.epoch === 2 ? 'stop' : 'go'
        },
      })
      assert.equal(epochs.length, 2)
      assert.deepEqual(seen, epochs)
    }),
  )

  await t.test(
    'should stop on a signal between two steps, and keep the variables of the completed steps',
    () =>
      onBoth(async (session) => {
        const { step, slope } = line()
        const stop = new AbortController()
        const reason = new Error('enough')
        const training = session.train(step, {
          data,
          epochs: 9,
          signal: stop.signal,
          onEpoch: ({ epoch }) => epoch === 3 && stop.abort(reason),
        })
        await assert.rejects(training, reason)
        assertClose((await session.read(slope)).data, [reference(rows, 3).slope], valueTolerance, 'slope')
        await assert.rejects(session.train(step, { data, epochs: 1, signal: stop.signal }), reason)
      }),
  )

  await t.test('should also stop within an epoch', async () => {
    const session = openSession(await engineOf('onnx'))
    t.after(() => session.close())
    const { step } = line()
    const many = { x: new Float32Array(200_000), y: new Float32Array(200_000) }
    const stop = new AbortController()
    let epochs = 0
    const training = session.train(step, {
      data: many,
      epochs: 1,
      batchSize: 100,
      signal: stop.signal,
      onEpoch: () => epochs++,
    })
    setImmediate(() => stop.abort())
    await assert.rejects(training, { name: 'AbortError' })
    assert.equal(epochs, 0)
  })
})

test('evaluate', async (t) => {
  await t.test('should give the mean over all rows, for any batch size', () =>
    onBoth(async (session) => {
      const { step, error } = line()
      const { losses, errors } = reference(rows, 1)
      for (const batchSize of [undefined, 1, 2, 3, 7, 50]) {
        const found = await session.evaluate(
          { error, loss: step.loss },
          { data, ...(batchSize ? { batchSize } : {}) },
        )
        assert.deepEqual(Object.keys(found).sort(), ['error', 'loss'])
        assertClose(
          [found.error, found.loss],
          [errors[0]!, losses[0]!],
          valueTolerance,
          `batch size ${batchSize}`,
        )
      }
    }),
  )

  await t.test('should refuse nodes that are not scalars, and no metrics', () =>
    onBoth(async (session) => {
      await assert.rejects(session.evaluate({ x: placeholder('x', [null]) }, { data }), {
        message: 'Cannot follow `x`, `x` [null]: expected a float32 scalar, found float32',
      })
      await assert.rejects(session.evaluate({}, { data }), {
        message: 'Cannot evaluate, expected at least one metric, found none',
      })
    }),
  )
})

/** Builds a line through the origin with a least-squares loss. */
function line(): {
  step: ReturnType<ReturnType<typeof gradientDescent>['minimize']>
  slope: Node
  error: Node
} {
  const [x, y] = [placeholder('x', [null]), placeholder('y', [null])]
  const slope = variable('slope', zeros([]))
  const off = sub(mul(x, slope), y)
  const step = gradientDescent({ learningRate }).minimize(reduceMean(square(off)))
  return { step, slope, error: reduceMean(abs(off)) }
}

/** Computes the same without the graph, in float64. */
function reference(batchSize: number, epochs: number) {
  let slope = 0
  const [losses, errors]: [number[], number[]] = [[], []]
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [loss, error] = [0, 0]
    for (let first = 0; first < rows; first += batchSize) {
      const batch = [...data.x.keys()].slice(first, first + batchSize)
      const offs = batch.map((row) => slope * data.x[row]! - data.y[row]!)
      for (const off of offs) {
        loss += off * off
        error += Math.abs(off)
      }
      slope -=
        (learningRate * 2 * offs.reduce((sum, off, at) => sum + off * data.x[batch[at]!]!, 0)) / batch.length
    }
    losses.push(loss / rows)
    errors.push(error / rows)
  }
  return { losses, errors, slope }
}
