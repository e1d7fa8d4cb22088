import assert from 'node:assert/strict'
import test from 'node:test'
import * as core from '@tensorflow/tfjs-core'
import type { LossName, Samples } from '../../../src/experiments/keras/index.ts'
import { fit } from '../../../src/experiments/keras/index.ts'
import { lossFor } from '../../../src/experiments/keras/loss.ts'
import { engineNames, engineOf } from '../graph/check-op.ts'
import { tf } from './models.ts'

/** Relative tolerance of float32 against float64. */
const tolerance = 1e-6
// Inputs of the last activation, [4, 2] or [8, 1].
const logits = [0.5, -1, 2, 2.5, -3, 0, 30, -30]
const exp = Math.exp

const cases: Readonly<
  Record<
    string,
    { outputs: number; activation: string; y: Samples['y']; loss: number; accuracy: number; name?: LossName }
  >
> = {
  'a cross entropy of classes': {
    outputs: 2,
    activation: 'softmax',
    y: Uint8Array.of(0, 0, 1, 1),
    loss: mean([Math.log(1 + exp(-1.5)), Math.log(1 + exp(0.5)), Math.log(1 + exp(-3)), 60]),
    accuracy: 2 / 4,
  },
  'a cross entropy of shares': {
    outputs: 2,
    activation: 'softmax',
    y: Float32Array.of(0.5, 0.5, 0, 1, 0.25, 0.75, 1, 0),
    loss: mean([Math.log(1 + exp(-1.5)) + 0.75, Math.log(1 + exp(-0.5)), Math.log(1 + exp(-3)) + 0.75, 0]),
    accuracy: 1,
  },
  'a binary cross entropy': {
    outputs: 1,
    activation: 'sigmoid',
    y: Uint8Array.of(1, 1, 1, 0, 0, 1, 0, 0),
    loss: mean(
      [-0.5, 1, -2, 2.5, -3, 0, 30, -30].map((each) => Math.max(each, 0) + Math.log1p(exp(-Math.abs(each)))),
    ),
    // A probability of exactly 1/2 does not count as class 1.
    accuracy: 4 / 8,
  },
  'a squared error': {
    outputs: 2,
    activation: 'linear',
    y: Float32Array.of(0, 0, 1, 2, 3, -1, 30, -28),
    loss: mean([0.25, 1, 1, 0.25, 36, 1, 0, 4]),
    accuracy: 3 / 4,
  },
  'a squared error of classes': {
    outputs: 2,
    activation: 'linear',
    y: Uint8Array.of(0, 0, 1, 1),
    loss: mean([0.25, 1, 1, 6.25, 9, 1, 900, 961]),
    accuracy: 2 / 4,
  },
}

test('loss', async (t) => {
  for (const [what, { outputs, activation, y, loss, accuracy }] of Object.entries(cases)) {
    await t.test(`should be ${what} as computed by hand`, async () => {
      for (const name of engineNames) {
        // The layer is the identity, and the step has length 0.
        const model = tf.sequential()
        model.add(
          tf.layers.dense({
            units: outputs,
            inputShape: [outputs],
            kernelInitializer: tf.initializers.identity({ gain: 1 }),
            activation: activation as 'softmax',
          }),
        )
        const { history } = await fit(
          model,
          { x: Float32Array.from(logits), y },
          { engine: await engineOf(name), optimizer: core.train.sgd(0), epochs: 1, batchSize: 3 },
        )
        assert.ok(
          Math.abs(history.loss[0]! / loss - 1) < tolerance,
          `${name}: ${history.loss[0]}, expected ${loss}`,
        )
        assert.equal(history.accuracy[0], accuracy, name)
      }
    })
  }
})

test('lossFor', async (t) => {
  await t.test('should depend on the last activation', () => {
    assert.deepEqual(['softmax', 'sigmoid', 'linear', 'tanh'].map(lossFor), [
      'categoricalCrossentropy',
      'binaryCrossentropy',
      'meanSquaredError',
      'meanSquaredError',
    ])
  })
})

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
