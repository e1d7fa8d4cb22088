import assert from 'node:assert/strict'
import test from 'node:test'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as core from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import type { FitOptions, Fitted, Samples } from '../../../src/experiments/keras/index.ts'
import { fit, predict } from '../../../src/experiments/keras/index.ts'
import { engineNames, engineOf } from '../graph/check-op.ts'
import type { Model } from './models.ts'
import {
  batchSize,
  chain,
  classes,
  classifier,
  dense,
  difference,
  inputs,
  optimizers,
  samplesOf,
  tf,
  weightsOf,
} from './models.ts'

/** Absolute tolerance of a prediction. */
const tolerance = 1e-6
const rows = 190
const samples = samplesOf(rows)
const validation = samplesOf(70, 2)

test('fit', async (t) => {
  await t.test('should leave a model whose predict, evaluate and save work as usual', () =>
    onBoth(async (name) => {
      const model = everything()
      const { history } = await trained(model, name, { epochs: 3, validation })
      const x = core.tensor2d(validation.x, [70, inputs])
      const predicted = (model.predict(x) as Tensor).dataSync()
      const onEngine = await predict(model, validation.x, { engine: await engineOf(name) })
      assert.ok(difference([...onEngine], [...predicted]) < tolerance, 'predict')

      model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
      const y = core.oneHot(core.tensor1d(Int32Array.from(validation.y), 'int32'), classes)
      const [loss, accuracy] = (model.evaluate(x, y) as Scalar[]).map((each) => each.dataSync()[0]!)
      assert.ok(Math.abs(loss! - history.validationLoss.at(-1)!) < tolerance, 'evaluate')
      assert.ok(Math.abs(accuracy! - history.validationAccuracy.at(-1)!) < tolerance, 'accuracy')

      let saved: core.io.ModelArtifacts = {}
      await model.save(
        core.io.withSaveHandler(async (artifacts) => {
          saved = artifacts
          return { modelArtifactsInfo: core.io.getModelArtifactsInfoForJSON(artifacts) }
        }),
      )
      const loaded = await loadLayersModel(core.io.fromMemory(saved))
      assert.deepEqual([...(loaded.predict(x) as Tensor).dataSync()], [...predicted])
      // The loaded model can be trained further.
      assert.equal((await trained(loaded as unknown as Model, name, { epochs: 1 })).fallback, null)
    }),
  )

  await t.test('should leave no tensor behind', () =>
    onBoth(async (name) => {
      const model = everything()
      for (const optimizer of Object.keys(optimizers) as (keyof typeof optimizers)[]) {
        const given = optimizers[optimizer]()
        const before = tf.memory().numTensors
        await trained(model, name, { optimizer: given, validation, scored: { again: samples } })
        assert.equal(tf.memory().numTensors, before, optimizer)
      }
      for (const optimizer of ['sgd', 'rmsprop', 'adam'] as const) {
        const before = tf.memory().numTensors
        await trained(model, name, { optimizer })
        assert.equal(tf.memory().numTensors, before, optimizer)
      }
      const before = tf.memory().numTensors
      await assert.rejects(trained(model, name, { optimizer: core.train.sgd(Number.NaN) }))
      // One tensor remains: the learning rate of the caller's own optimizer.
      assert.equal(tf.memory().numTensors, before + 1, 'after an error')
    }),
  )

  await t.test('should give the same bits for equal seeds, and different ones for another seed', () =>
    onBoth(async (name) => {
      const once = async (options: Partial<FitOptions>) => {
        const model = everything()
        const { history } = await trained(model, name, { validation, ...options })
        return { ...history, seconds: [], weights: weightsOf(model) }
      }
      const first = await once({ seed: 5 })
      assert.deepEqual(await once({ seed: 5 }), first)
      assert.notDeepEqual((await once({ seed: 6 })).weights, first.weights)
      assert.deepEqual(await once({}), await once({ seed: 1 }))
      // Scoring and callbacks change nothing.
      const watched = await once({
        seed: 5,
        scored: { again: samples },
        callbacks: [{ onEpochEnd: () => undefined }],
      })
      assert.deepEqual(watched.weights, first.weights)
    }),
  )

  await t.test('should train two models at once with the same results as one after the other', () =>
    onBoth(async (name) => {
      const once = async (seed: number) => {
        const model = everything()
        await trained(model, name, { seed })
        return weightsOf(model)
      }
      const wanted = [await once(5), await once(6)]
      assert.deepEqual(await Promise.all([once(5), once(6)]), wanted)
    }),
  )

  await t.test('should continue from the weights of the model', () =>
    onBoth(async (name) => {
      // Plain gradient descent has no state but the weights, and a batch of all rows has no order.
      const whole = { batchSize: rows, optimizer: optimizers.sgd() }
      const [model, other] = [classifier(), classifier()]
      await trained(model, name, { ...whole, epochs: 4 })
      await trained(other, name, { ...whole, epochs: 3 })
      await trained(other, name, { ...whole, epochs: 1 })
      assert.deepEqual(weightsOf(other), weightsOf(model))
    }),
  )

  await t.test('should divide bytes by 255, and use floats unchanged', () =>
    onBoth(async (name) => {
      const bytes = Uint8Array.from(samples.x, (each) => Math.max(0, Math.min(255, 128 + 50 * each)))
      const once = async (x: Samples['x']) => {
        const model = classifier()
        const { history } = await trained(model, name, {}, { x, y: samples.y })
        return [...history.loss, ...weightsOf(model).flat()]
      }
      assert.ok(
        difference(await once(bytes), await once(Float32Array.from(bytes, (each) => each / 255))) < 1e-6,
      )
    }),
  )

  await t.test('should accept target outputs as well as classes', () =>
    onBoth(async (name) => {
      const oneHot = new Float32Array(rows * classes)
      for (const [row, label] of samples.y.entries()) oneHot[row * classes + label] = 1
      const once = async (y: Samples['y']) => {
        const { history } = await trained(classifier(), name, {}, { x: samples.x, y })
        return [...history.loss, ...history.accuracy]
      }
      assert.ok(difference(await once(oneHot), await once(samples.y)) < tolerance)
    }),
  )

  await t.test('should add epsilon of Adam where epsilonMode says', () =>
    onBoth(async (name) => {
      const once = async (options: Partial<FitOptions>) => {
        const model = classifier()
        const before = weightsOf(model).flat()
        await trained(model, name, { epochs: 1, batchSize: rows, ...options })
        return weightsOf(model)
          .flat()
          .map((each, at) => before[at]! - each)
      }
      const [rate, epsilon] = [0.01, 1e-2]
      const optimizer = core.train.adam(rate, 0.9, 0.999, epsilon)
      const gradient = await once({ optimizer: core.train.sgd(1) })
      const modes = {
        corrected: epsilon,
        // Keras: rate sqrt(1 - beta2) / (1 - beta1) (1 - beta1) g / (sqrt(1 - beta2) |g| + epsilon).
        uncorrected: epsilon / Math.sqrt(1 - 0.999),
      } as const
      for (const [epsilonMode, added] of Object.entries(modes)) {
        const wanted = gradient.map((each) => (rate * each) / (Math.abs(each) + added))
        const found = await once({ optimizer, epsilonMode: epsilonMode as keyof typeof modes })
        assert.ok(difference(found, wanted) < tolerance, epsilonMode)
      }
      assert.deepEqual(await once({ optimizer }), await once({ optimizer, epsilonMode: 'corrected' }))
    }),
  )

  await t.test('should flatten images of 28 x 28', () =>
    onBoth(async (name) => {
      const count = 60
      const image = { x: new Uint8Array(count * 784), y: new Uint8Array(count) }
      for (let row = 0; row < count; row++) {
        image.y[row] = row % 2
        // Either the upper or the lower half is bright.
        image.x.fill(200, row * 784 + (row % 2) * 392, row * 784 + (row % 2) * 392 + 392)
      }
      const model = tf.sequential()
      model.add(tf.layers.flatten({ inputShape: [28, 28] }))
      model.add(dense({ units: 2, activation: 'softmax', seed: 3 }))
      const { history, fallback } = await trained(model, name, { epochs: 4, optimizer: 'adam' }, image)
      assert.equal(fallback, null)
      assert.equal(history.accuracy.at(-1), 1)
      const predicted = await predict(model, image.x.subarray(0, 2 * 784), { engine: await engineOf(name) })
      const x = core.tensor3d(
        Float32Array.from(image.x.subarray(0, 2 * 784), (each) => each / 255),
        [2, 28, 28],
      )
      assert.ok(difference([...predicted], [...(model.predict(x) as Tensor).dataSync()]) < tolerance)
    }),
  )

  await t.test('should accept batches of any size', () =>
    onBoth(async (name) => {
      for (const size of [1, 7, 189, 190, 191, 10_000]) {
        const few = { x: samples.x, y: samples.y }
        const { history, epochs } = await trained(classifier(), name, { batchSize: size, epochs: 1 }, few)
        assert.equal(epochs, 1)
        assert.ok(Number.isFinite(history.loss[0]), `batch size ${size}`)
      }
    }),
  )

  await t.test('should not change layers that are not trainable', () =>
    onBoth(async (name) => {
      const model = chain([
        dense({ units: 12, activation: 'relu', seed: 3, trainable: false }),
        dense({ units: classes, activation: 'softmax', seed: 4 }),
      ])
      const before = weightsOf(model)
      await trained(model, name, { optimizer: 'adam' })
      // Sequential models list trainable weights first, in whatever layer they are.
      const kept = (weights: number[][]) =>
        weights.filter(({ length }) => length === 12 || length === 12 * inputs)
      assert.equal(kept(before).length, 2)
      assert.deepEqual(kept(weightsOf(model)), kept(before))
      assert.notDeepEqual(weightsOf(model), before)
    }),
  )

  await t.test('should give each epoch its number, and one value in each list', async () => {
    const seen: number[][] = []
    const { history, epochs } = await trained(classifier(), 'onnx', {
      epochs: 3,
      validation,
      scored: { again: validation, train: samples },
      callbacks: [
        {
          onEpochEnd(logs) {
            seen.push([logs.epoch, logs.epochs])
            return undefined
          },
        },
      ],
    })
    assert.equal(epochs, 3)
    assert.deepEqual(seen, [
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    const { scored, ...own } = history
    assert.deepEqual(Object.keys(scored), ['again', 'train'])
    for (const each of [...Object.values(own), ...Object.values(scored.train!)]) assert.equal(each.length, 3)
    assert.deepEqual(scored.again!.loss, history.validationLoss)
    assert.deepEqual(history.penalty, [0, 0, 0])
    const without = (await trained(classifier(), 'onnx')).history
    assert.deepEqual([without.validationLoss, without.validationAccuracy, without.scored], [[], [], {}])
  })

  await t.test('should stop on a signal, with the weights of that moment', () =>
    onBoth(async (name) => {
      const stop = new AbortController()
      const [model, wanted] = [classifier(), classifier()]
      await trained(wanted, name, { epochs: 2 })
      const training = trained(model, name, {
        epochs: 9,
        signal: stop.signal,
        callbacks: [{ onEpochEnd: ({ epoch }) => void (epoch === 2 && stop.abort(new Error('enough'))) }],
      })
      await assert.rejects(training, { message: 'enough' })
      assert.deepEqual(weightsOf(model), weightsOf(wanted))
    }),
  )

  await t.test('should report a loss that is not finite, and leave the model unchanged', () =>
    onBoth(async (name) => {
      const model = chain([dense({ units: classes, seed: 3 })])
      const before = weightsOf(model)
      await assert.rejects(
        trained(model, name, { optimizer: core.train.sgd(1e30) }),
        /^Error: Cannot train on, expected a finite loss, found \S+ in step \d of epoch 1: the learning rate may be too large, or the data not finite$/,
      )
      assert.deepEqual(weightsOf(model), before)
    }),
  )

  await t.test('should train a bias that normalization makes arbitrary, with the same loss', async () => {
    // The gradient of a bias before a normalization is only rounding error, which RMSProp and Adam amplify.
    const free = () =>
      chain([
        dense({ units: 12, seed: 3 }),
        tf.layers.batchNormalization(),
        tf.layers.activation({ activation: 'relu' }),
        dense({ units: classes, activation: 'softmax', seed: 4 }),
      ])
    const [onnx, tfjs] = [
      await trained(free(), 'onnx', { epochs: 10, optimizer: optimizers.adam() }),
      await trained(free(), 'tfjs', { epochs: 10, optimizer: optimizers.adam() }),
    ]
    assert.ok(difference(onnx.history.loss, tfjs.history.loss) < 1e-4)
  })

  await t.test('should refuse a wrong number of epochs, batch size or optimizer', async () => {
    for (const epochs of [0, -1, 1.5, Number.NaN])
      await assert.rejects(trained(classifier(), 'onnx', { epochs }), {
        message: `Unexpected epochs ${epochs}, expected a whole number above 0`,
      })
    for (const size of [0, 2.5])
      await assert.rejects(trained(classifier(), 'onnx', { batchSize: size }), {
        message: `Unexpected batchSize ${size}, expected a whole number above 0`,
      })
    await assert.rejects(trained(classifier(), 'onnx', { optimizer: 'adagrad' as 'adam' }), {
      message: 'Unexpected optimizer `adagrad`, expected sgd, rmsprop, adam, or one of tf.train',
    })
    const stored = chain([dense({ units: classes, seed: 3, trainable: false })])
    await assert.rejects(trained(stored, 'onnx'), /expected it to rest on trainable variables, found none/)
  })
})

/** A model with everything that can be lowered. */
function everything(): Model {
  return chain([
    dense({ units: 12, seed: 3, kernelRegularizer: tf.regularizers.l1l2({ l1: 0.001, l2: 0.01 }) }),
    tf.layers.batchNormalization({ momentum: 0.8 }),
    tf.layers.reLU({}),
    tf.layers.dropout({ rate: 0.2 }),
    dense({ units: 10, activation: 'tanh', seed: 4 }),
    tf.layers.dropout({ rate: 0.3 }),
    dense({ units: classes, seed: 5 }),
    tf.layers.softmax(),
  ])
}

async function trained(
  model: Model,
  name: string,
  options: Partial<FitOptions> = {},
  given: Samples = samples,
): Promise<Fitted> {
  const engine = await engineOf(name)
  return fit(model, given, {
    engine,
    optimizer: 'adam',
    epochs: 2,
    batchSize,
    report: (line) => assert.fail(line),
    ...options,
  })
}

async function onBoth(use: (name: string) => Promise<void>): Promise<void> {
  for (const name of engineNames) await use(name)
}
