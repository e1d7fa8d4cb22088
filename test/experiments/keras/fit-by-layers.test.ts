import assert from 'node:assert/strict'
import test from 'node:test'
import * as core from '@tensorflow/tfjs-core'
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers'
import { fitByLayers } from '../../../src/experiments/keras/fit-by-layers.ts'
import type { Settings } from '../../../src/experiments/keras/follow.ts'
import type { FitOptions } from '../../../src/experiments/keras/index.ts'
import { fit } from '../../../src/experiments/keras/index.ts'
import { feeding } from '../../../src/experiments/keras/samples.ts'
import { engineOf } from '../graph/check-op.ts'
import type { Layer, Model } from './models.ts'
import {
  batchSize,
  binarySamplesOf,
  chain,
  classes,
  classifier,
  dense,
  difference,
  inputs,
  numbersOf,
  optimizers,
  samplesOf,
  tf,
  weightsOf,
} from './models.ts'

/** Absolute tolerance between both ways of training, after 10 steps. */
const tolerance = 1e-5
const rows = 190
const samples = samplesOf(rows)
const validation = samplesOf(70, 2)

const last = () => dense({ units: classes, activation: 'softmax', seed: 4 })
const hidden = (settings: object = {}) => dense({ units: 8, seed: 3, ...settings })

/** Models that cannot be lowered, by the words that the line must contain. */
const strangers: Readonly<Record<string, () => Model>> = {
  'the activation elu': () => chain([hidden({ activation: 'elu' }), last()]),
  'the layer LeakyReLU': () => chain([hidden(), tf.layers.leakyReLU({}), last()]),
  'the layer GaussianNoise': () => chain([hidden(), tf.layers.gaussianNoise({ stddev: 0.1 }), last()]),
  'the layer Add': () => branched((both) => tf.layers.add().apply(both)),
  'the layer Concatenate': () => branched((both) => tf.layers.concatenate().apply(both)),
  'the layer Dense, used more than once': () => {
    const [input, square] = [tf.input({ shape: [inputs] }), hidden({ units: inputs, activation: 'tanh' })]
    const twice = square.apply(square.apply(input)) as SymbolicTensor
    return tf.model({ inputs: input, outputs: last().apply(twice) as SymbolicTensor }) as Model
  },
  'the layer Sequential': () => chain([chain([hidden()]), last()]),
  'the layer Dense on an input that is no vector': () => {
    const model = tf.sequential()
    model.add(hidden({ inputShape: [4, 5] }))
    model.add(tf.layers.flatten())
    model.add(last())
    return model
  },
  'Dense with kernelConstraint': () => chain([hidden({ kernelConstraint: 'nonNeg' }), last()]),
  'ReLU with a greatest value': () => chain([hidden(), tf.layers.reLU({ maxValue: 1 }), last()]),
  'Dropout with a noise shape': () =>
    chain([hidden(), tf.layers.dropout({ rate: 0.5, noiseShape: [1, 8] }), last()]),
}

test('fit of models that cannot be lowered', async (t) => {
  for (const [culprit, make] of Object.entries(strangers)) {
    await t.test(`should train with model.fit, and report it in one line: ${culprit}`, async () => {
      const model = make()
      await assertTrains(model, culprit, { optimizer: optimizers.adam() })
    })
  }

  const strangeOptimizers: Readonly<Record<string, () => core.Optimizer>> = {
    'the optimizer Adagrad': () => core.train.adagrad(0.1),
    'the optimizer Adamax': () => core.train.adamax(0.01),
    'the optimizer Adadelta': () => core.train.adadelta(1),
    'RMSProp with momentum': () => core.train.rmsprop(0.005, 0.9, 0.5),
    'RMSProp with centring': () => core.train.rmsprop(0.005, 0.9, 0, 1e-7, true),
  }
  for (const [culprit, optimizer] of Object.entries(strangeOptimizers)) {
    await t.test(`should train with model.fit, and report it in one line: ${culprit}`, () =>
      assertHistory(classifier(), culprit, { optimizer: optimizer() }),
    )
  }

  await t.test('should train with model.fit if loss and output do not match', () =>
    assertHistory(classifier(), 'binaryCrossentropy of an output that is not sigmoid', {
      optimizer: 'adam',
      loss: 'binaryCrossentropy',
    }),
  )

  await t.test('should keep the penalty separate from the loss', async () => {
    const kernelRegularizer = tf.regularizers.l2({ l2: 0.5 })
    const plain = await assertTrains(chain([hidden({ activation: 'elu' }), last()]), 'the activation elu', {
      optimizer: core.train.sgd(1e-6),
    })
    const model = chain([hidden({ activation: 'elu', kernelRegularizer }), last()])
    const { history } = await assertTrains(model, 'the activation elu', {
      optimizer: core.train.sgd(1e-6),
    })
    assert.ok(difference(history.loss, plain.history.loss) < 1e-3)
    const squares = weightsOf(model)[0]!.reduce((sum, each) => sum + each * each, 0)
    assert.ok(Math.abs(history.penalty.at(-1)! - 0.5 * squares) < 1e-4 * squares)
  })

  await t.test('should use a cross entropy for a softmax layer, too', async () => {
    const ends = (layers: readonly Layer[]) =>
      assertTrains(chain([hidden({ activation: 'elu' }), ...layers]), 'the activation elu', {
        optimizer: optimizers.sgd(),
      })
    const { history } = await ends([last()])
    const linear = () => dense({ units: classes, seed: 4 })
    for (const layer of [tf.layers.softmax(), tf.layers.activation({ activation: 'softmax' })])
      assert.ok(difference((await ends([linear(), layer])).history.loss, history.loss) < tolerance)
  })

  await t.test('should start with a fresh optimizer, whatever the given one has trained before', async () => {
    const optimizer = optimizers.momentum()
    const trained = async (units: number) => {
      const model = chain([hidden({ units, activation: 'elu' }), last()])
      return (await assertTrains(model, 'the activation elu', { optimizer })).history.loss
    }
    const once = await trained(8)
    await trained(5)
    assert.deepEqual(await trained(8), once)
  })

  await t.test('should report a loss that is not finite', async () => {
    await assert.rejects(
      fit(chain([hidden({ activation: 'elu' }), dense({ units: classes, seed: 4 })]), samples, {
        engine: await engineOf('onnx'),
        optimizer: core.train.sgd(1e30),
        epochs: 3,
        report: () => undefined,
      }),
      /^Error: Cannot train on, expected a finite loss, found \S+ in epoch 1: the learning rate may be too large, or the data not finite$/,
    )
  })

  await t.test('should stop at predictions that are not finite, which a cross entropy clips', async () => {
    const engine = await engineOf('onnx')
    const broken = { ...samples, x: samples.x.with(3 * inputs, Number.NaN) }
    const ends = {
      softmax: { make: last, ...samples, broken },
      sigmoid: {
        make: () => dense({ units: 1, activation: 'sigmoid', seed: 4 }),
        ...binarySamplesOf(rows),
        broken: { ...binarySamplesOf(rows), x: broken.x },
      },
    } as const
    for (const [name, { make, x, y, broken }] of Object.entries(ends)) {
      const model = () => chain([hidden(), tf.layers.leakyReLU({}), make()])
      const options = { engine, optimizer: core.train.sgd(0.01), epochs: 3, report: () => undefined }
      const train = /^Error: Cannot train on, expected a finite loss, found NaN in epoch 1: /
      await assert.rejects(fit(model(), broken, options), train, `${name}, NaN in the data`)
      await assert.rejects(
        fit(model(), { x, y }, { ...options, optimizer: core.train.sgd(1e38) }),
        train,
        `${name}, a large learning rate`,
      )
      // One batch: its loss is that of the first weights, and only the validation sees those after it.
      const once = { ...options, optimizer: core.train.sgd(1e38), epochs: 1, batchSize: rows }
      assert.ok(Number.isFinite((await fit(model(), { x, y }, once)).history.loss[0]))
      await assert.rejects(
        fit(model(), { x, y }, { ...once, validation: { x, y } }),
        /^Error: Cannot evaluate, expected finite metrics, found NaN: data or variables may not be finite$/,
        `${name}, in validation`,
      )
    }
  })

  await t.test('should stop on a signal, with the weights of that moment', async () => {
    const stop = new AbortController()
    const model = chain([hidden({ activation: 'elu' }), last()])
    let atStop: number[][] = []
    const training = fit(model, samples, {
      engine: await engineOf('onnx'),
      optimizer: 'adam',
      epochs: 5,
      signal: stop.signal,
      report: () => undefined,
      callbacks: [
        {
          onEpochEnd({ epoch }) {
            if (epoch < 2) return undefined
            atStop = weightsOf(model)
            stop.abort(new Error('enough'))
            return undefined
          },
        },
      ],
    })
    await assert.rejects(training, { message: 'enough' })
    assert.deepEqual(weightsOf(model), atStop)
  })

  await t.test('should also stop within an epoch', async () => {
    const stop = new AbortController()
    const model = chain([hidden({ activation: 'elu' }), last()])
    const training = fit(model, samplesOf(20_000), {
      engine: await engineOf('onnx'),
      optimizer: 'sgd',
      epochs: 1,
      batchSize: 10,
      signal: stop.signal,
      report: () => setTimeout(() => stop.abort(new Error('enough')), 1),
      callbacks: [{ onEpochEnd: () => assert.fail('the epoch has ended') }],
    })
    await assert.rejects(training, { message: 'enough' })
  })

  await t.test(
    'should refuse a layer with an activity regularizer, which TensorFlow.js does not support',
    () => {
      const activityRegularizer = tf.regularizers.l2({ l2: 0.1 })
      assert.throws(
        () => chain([hidden({ activityRegularizer })]),
        /Layer invocation in the presence of activity regularizer\(s\) is not supported yet/,
      )
    },
  )

  await t.test('should not train a convolution on WebAssembly, which lacks its gradient', async () => {
    const model = tf.sequential()
    model.add(tf.layers.conv2d({ inputShape: [5, 4, 1], filters: 2, kernelSize: 3 }))
    model.add(tf.layers.flatten())
    model.add(last())
    const lines: string[] = []
    const training = fit(model, samples, {
      engine: await engineOf('onnx'),
      optimizer: 'sgd',
      epochs: 1,
      report: (line) => lines.push(line),
    })
    await assert.rejects(training, {
      message: `Cannot train \`${model.name}\` by TensorFlow.js, its backend wasm has no Conv2DBackpropFilter: install @tensorflow/tfjs-node`,
    })
    assert.match(lines.join(), /^Cannot lower the layer Conv2D of `[^`]+`/)
  })
})

test('epsilonMode of fit', async (t) => {
  await t.test('should not be lost where TensorFlow.js trains', async () => {
    const engine = await engineOf('onnx')
    const model = chain([hidden({ activation: 'elu' }), last()])
    const options = { engine, optimizer: 'adam', epochs: 1, report: () => undefined } as const
    await assert.rejects(fit(model, samples, { ...options, epsilonMode: 'uncorrected' }), {
      message: `Cannot train \`${model.name}\` with epsilonMode uncorrected, expected what the engine can train, found the activation elu: TensorFlow.js has no such Adam`,
    })
    assert.equal(
      (await fit(model, samples, { ...options, epsilonMode: 'corrected' })).fallback,
      'the activation elu',
    )
    await assert.rejects(
      fit(classifier(), samples, { ...options, optimizer: 'sgd', epsilonMode: 'uncorrected' }),
      { message: 'Unexpected epsilonMode uncorrected for the optimizer SGD, expected Adam' },
    )
  })
})

test('fitByLayers', async (t) => {
  const cases = {
    'three classes': { make: () => classifier(), train: samples, validation },
    'two classes': {
      make: () =>
        chain([hidden({ activation: 'relu' }), dense({ units: 1, activation: 'sigmoid', seed: 4 })]),
      train: binarySamplesOf(rows),
      validation: binarySamplesOf(70, 2),
    },
    numbers: {
      make: () => chain([hidden({ activation: 'tanh' }), dense({ units: 2, seed: 4 })]),
      train: numbersOf(rows),
      validation: numbersOf(70, 2),
    },
    'bytes, with a penalty': {
      make: () =>
        classifier({ hidden: { kernelRegularizer: tf.regularizers.l1l2({ l1: 0.001, l2: 0.01 }) } }),
      train: bytesOf(rows),
      validation: bytesOf(70),
    },
    'normalized batches': {
      make: () => classifier({ between: [tf.layers.batchNormalization({ momentum: 0.8 })] }),
      train: samples,
      validation,
    },
    'one batch of all': { make: () => classifier(), train: samples, validation, batchSize: 1000 },
  }
  for (const [name, { make, train, validation, ...more }] of Object.entries(cases)) {
    await t.test(`should give the same results as the lowered model: ${name}`, async () => {
      const [model, lowered] = [make(), make()]
      const size = 'batchSize' in more ? more.batchSize : batchSize
      const logs = await fitByLayers(
        model as unknown as LayersModel,
        optimizers.adam(),
        settingsOf(model, { train, validation, size }),
      )
      const { history, fallback } = await fit(lowered, train, {
        engine: await engineOf('onnx'),
        optimizer: optimizers.adam(),
        epochs: 2,
        batchSize: size,
        seed: 9,
        validation,
        scored: { again: train },
      })
      assert.equal(fallback, null)
      const near = (found: number[], wanted: number[], what: string) =>
        assert.ok(difference(found, wanted) < tolerance, `${what}: ${found}, expected ${wanted}`)
      near(
        history.loss,
        logs.map(({ loss }) => loss),
        'loss',
      )
      near(
        history.penalty,
        logs.map(({ penalty }) => penalty),
        'penalty',
      )
      near(
        history.validationLoss,
        logs.map(({ validationLoss }) => validationLoss!),
        'validation',
      )
      near(
        history.scored.again!.loss,
        logs.map(({ scored }) => scored.again!.loss),
        'scored',
      )
      assert.deepEqual(
        history.accuracy,
        logs.map(({ accuracy }) => accuracy),
      )
      assert.deepEqual(
        history.validationAccuracy,
        logs.map(({ validationAccuracy }) => validationAccuracy),
      )
      for (const [index, each] of weightsOf(model).entries())
        near(weightsOf(lowered)[index]!, each, `weight ${index}`)
    })
  }
})

async function assertHistory(...given: Parameters<typeof assertTrains>): Promise<void> {
  await assertTrains(...given)
}

/** Trains a model that must fall back to model.fit, and checks its history. */
async function assertTrains(
  model: Model,
  culprit: string,
  options: Partial<FitOptions> & Pick<FitOptions, 'optimizer'>,
) {
  const lines: string[] = []
  const tensors = tf.memory().numTensors
  const fitted = await fit(model, samples, {
    engine: await engineOf('onnx'),
    epochs: 3,
    batchSize,
    validation,
    scored: { some: samplesOf(30, 3) },
    report: (line) => lines.push(line),
    ...options,
  })
  assert.equal(tf.memory().numTensors, tensors, 'tensors')
  assert.deepEqual(lines, [
    `Cannot lower ${culprit} of \`${model.name}\` to the static graph: TensorFlow.js trains it, slowly`,
  ])
  const { history, epochs, fallback } = fitted
  assert.equal(fallback, culprit)
  assert.equal(epochs, 3)
  const { scored, ...own } = history
  for (const [name, each] of Object.entries({ ...own, ...scored.some! })) {
    assert.equal(each.length, 3, name)
    assert.ok(each.every(Number.isFinite), `${name}: ${each}`)
  }
  assert.ok(history.loss[2]! < history.loss[0]!, `it does not learn: ${history.loss}`)
  for (const [count, accuracies] of [
    [rows, history.accuracy],
    [70, history.validationAccuracy],
    [30, scored.some!.accuracy],
  ] as const)
    for (const each of accuracies) assert.equal(each, Math.round(each * count) / count)
  return fitted
}

function branched(join: (both: SymbolicTensor[]) => unknown): Model {
  const input = tf.input({ shape: [inputs] })
  const one = hidden({ activation: 'relu' }).apply(input) as SymbolicTensor
  const other = hidden({ activation: 'tanh' }).apply(one) as SymbolicTensor
  const joined = join([one, other]) as SymbolicTensor
  return tf.model({ inputs: input, outputs: last().apply(joined) as SymbolicTensor }) as Model
}

function settingsOf(
  model: Model,
  { train, validation, size }: { train: FeedingArguments[0]; validation: FeedingArguments[0]; size: number },
): Settings {
  const outputs = model.outputs[0]!.shape.at(-1)!
  const prepared = (each: FeedingArguments[0], what: string) => feeding(each, inputs, outputs, what)
  return {
    train: prepared(train, 'train'),
    validation: prepared(validation, 'validation'),
    scored: new Map([['again', prepared(train, 'again')]]),
    batchSize: size,
    epochs: 2,
    loss: undefined,
    seed: 9,
    callbacks: [],
    signal: undefined,
  }
}

type FeedingArguments = Parameters<typeof feeding>

function bytesOf(count: number) {
  const { x, y } = samplesOf(count)
  return { x: Uint8Array.from(x, (each) => Math.max(0, Math.min(255, 128 + 50 * each))), y }
}
