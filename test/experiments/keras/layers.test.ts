import assert from 'node:assert/strict'
import test from 'node:test'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as core from '@tensorflow/tfjs-core'
import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import { predict } from '../../../src/experiments/keras/index.ts'
import { engineNames, engineOf } from '../graph/check-op.ts'
import type { Layer, Model } from './models.ts'
import { chain, dense, difference, inputs, samplesOf, tf } from './models.ts'

/** Absolute tolerance of an output of the order of 1. */
const tolerance = 1e-5
const count = 50
const { x } = samplesOf(count)

const constant = (value: number) => tf.initializers.constant({ value })
const moving = {
  movingMeanInitializer: constant(0.3),
  movingVarianceInitializer: constant(2),
  gammaInitializer: constant(1.5),
  betaInitializer: constant(-0.2),
}

const layers: Readonly<Record<string, () => readonly Layer[]>> = {
  ...Object.fromEntries(
    (['linear', 'relu', 'sigmoid', 'softmax', 'softplus', 'tanh'] as const).flatMap((activation) => [
      [`Dense with ${activation}`, () => [dense({ units: 6, activation, seed: 3 })]],
      [
        `Activation ${activation}`,
        () => [dense({ units: 6, seed: 3 }), tf.layers.activation({ activation })],
      ],
    ]),
  ),
  'Dense with bias': () => [dense({ units: 6, seed: 3, biasInitializer: constant(0.4) })],
  'Dense without bias': () => [dense({ units: 6, seed: 3, useBias: false })],
  ReLU: () => [dense({ units: 6, seed: 3 }), tf.layers.reLU()],
  Softmax: () => [dense({ units: 6, seed: 3 }), tf.layers.softmax()],
  Dropout: () => [dense({ units: 6, seed: 3 }), tf.layers.dropout({ rate: 0.5 })],
  'Dropout of nothing': () => [dense({ units: 6, seed: 3 }), tf.layers.dropout({ rate: 0 })],
  BatchNormalization: () => [tf.layers.batchNormalization({ ...moving, epsilon: 0.1 })],
  'BatchNormalization along axis 1': () => [tf.layers.batchNormalization({ ...moving, axis: 1 })],
  'BatchNormalization without offset': () => [tf.layers.batchNormalization({ ...moving, center: false })],
  'BatchNormalization without scale': () => [tf.layers.batchNormalization({ ...moving, scale: false })],
}

test('layers', async (t) => {
  for (const [name, make] of Object.entries(layers)) {
    await t.test(`should predict the same as TensorFlow.js: ${name}`, () => assertPredicts(chain(make())))
  }

  await t.test('should predict the same as TensorFlow.js: a chain of functions', () => {
    const input = tf.input({ shape: [4, 5] })
    const through = [
      tf.layers.flatten(),
      dense({ units: 6, activation: 'relu', seed: 3 }),
      dense({ units: 2, activation: 'softmax', seed: 4 }),
    ]
    const output = through.reduce((last, layer) => layer.apply(last) as SymbolicTensor, input)
    return assertPredicts(tf.model({ inputs: input, outputs: output }) as Model)
  })

  await t.test('should predict the same as TensorFlow.js: the first half of a model', () => {
    const whole = chain([dense({ units: 6, activation: 'tanh', seed: 3 }), dense({ units: 2, seed: 4 })])
    const outputs = whole.layers[1]!.output as SymbolicTensor
    return assertPredicts(tf.model({ inputs: whole.inputs, outputs }) as Model)
  })
})

async function assertPredicts(model: Model): Promise<void> {
  const shape = [count, ...(model.inputs[0]!.shape.slice(1) as number[])]
  assert.equal(
    shape.slice(1).reduce((product, each) => product * each),
    inputs,
  )
  const wanted = core.tidy(() => (model.predict(tf.tensor(x, shape)) as Tensor).dataSync())
  for (const name of engineNames) {
    const found = await predict(model, x, { engine: await engineOf(name) })
    const off = difference([...found], [...wanted])
    assert.ok(off < tolerance, `${name}: off by ${off}`)
  }
}
