import assert from 'node:assert/strict'
import test from 'node:test'
import type { Optimizer, Tensor } from '@tensorflow/tfjs-core'
import * as core from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { metrics } from '@tensorflow/tfjs-layers'
import { shuffledRows } from '../../../src/experiments/graph/epoch.ts'
import type { Node } from '../../../src/experiments/graph/index.ts'
import { drawMask } from '../../../src/experiments/graph/ops/dropout.ts'
import type { LossName, Samples } from '../../../src/experiments/keras/index.ts'
import { fit } from '../../../src/experiments/keras/index.ts'
import { engineNames, engineOf } from '../graph/check-op.ts'
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

/** Absolute tolerance of a loss. */
const lossTolerance = 1e-4
/** Absolute tolerance of a weight or a moving statistic. */
const weightTolerance = 1e-4

// 190 rows in batches of 40 are 5 steps, of which the last is smaller; 10 epochs are 50 steps.
const [rows, epochs, seed] = [190, 10, 7]

interface Kind {
  readonly model: () => Model
  readonly samples: Samples
  readonly loss: LossName
}

const samples = samplesOf(rows)
const regularized = (kernelRegularizer: unknown) => classifier({ hidden: { kernelRegularizer } })
const kinds: Readonly<Record<string, Kind>> = {
  Dense: { model: () => classifier(), samples, loss: 'categoricalCrossentropy' },
  Dropout: {
    model: () => classifier({ between: [masked(0.3, 0)] }),
    samples,
    loss: 'categoricalCrossentropy',
  },
  'Dropout twice': {
    model: () =>
      chain([
        dense({ units: 15, activation: 'relu', seed: 3 }),
        masked(0.2, 1),
        dense({ units: 10, activation: 'tanh', seed: 4 }),
        masked(0.5, 0),
        dense({ units: classes, activation: 'softmax', seed: 5 }),
      ]),
    samples,
    loss: 'categoricalCrossentropy',
  },
  BatchNorm: {
    // A bias would be arbitrary, because the normalization subtracts the mean again.
    model: () =>
      chain([
        dense({ units: 12, useBias: false, seed: 3 }),
        tf.layers.batchNormalization({ momentum: 0.9 }),
        tf.layers.activation({ activation: 'relu' }),
        dense({ units: classes, activation: 'softmax', seed: 4 }),
      ]),
    samples,
    loss: 'categoricalCrossentropy',
  },
  L1: {
    model: () => regularized(tf.regularizers.l1({ l1: 0.002 })),
    samples,
    loss: 'categoricalCrossentropy',
  },
  L2: {
    model: () => regularized(tf.regularizers.l2({ l2: 0.01 })),
    samples,
    loss: 'categoricalCrossentropy',
  },
  L1L2: {
    model: () =>
      classifier({
        hidden: {
          kernelRegularizer: tf.regularizers.l1l2({ l1: 0.002, l2: 0.01 }),
          biasRegularizer: tf.regularizers.l2({ l2: 0.05 }),
        },
      }),
    samples,
    loss: 'categoricalCrossentropy',
  },
  sigmoid: {
    model: () =>
      chain([
        dense({ units: 12, activation: 'relu', seed: 3 }),
        dense({ units: 1, activation: 'sigmoid', seed: 4 }),
      ]),
    samples: binarySamplesOf(rows),
    loss: 'binaryCrossentropy',
  },
  'squared error': {
    model: () => chain([dense({ units: 12, activation: 'tanh', seed: 3 }), dense({ units: 2, seed: 4 })]),
    samples: numbersOf(rows),
    loss: 'meanSquaredError',
  },
}

test('fit', async (t) => {
  for (const [kind, { model: make, samples, loss }] of Object.entries(kinds)) {
    for (const [name, optimizer] of Object.entries(optimizers)) {
      await t.test(`should agree with model.fit after 50 steps: ${kind}, ${name}`, async () => {
        const oracle = make()
        const wanted = await trainByLayers(oracle, samples, { optimizer: optimizer(), loss })
        assert.ok(wanted.losses.at(-1)! < wanted.losses[0]!, `it does not learn: ${wanted.losses}`)
        for (const engine of engineNames) {
          const model = make()
          const { history, fallback } = await fit(model, samples, {
            engine: await engineOf(engine),
            optimizer: optimizer(),
            epochs,
            batchSize,
            seed,
            scored: { train: samples },
          })
          assert.equal(fallback, null)
          const { scored, penalty } = history
          const total = scored.train!.loss.at(-1)! + penalty.at(-1)!
          const off = {
            losses: difference(history.loss, wanted.losses),
            penalties: difference(penalty, wanted.penalties),
            total: Math.abs(total - wanted.total),
          }
          const weights = weightsOf(model)
          const weightsOff = Math.max(
            ...weightsOf(oracle).map((each, index) => difference(each, weights[index]!)),
          )
          for (const [what, each] of Object.entries(off))
            assert.ok(each <= lossTolerance, `${engine}: ${what} off by ${each}`)
          assert.ok(weightsOff <= weightTolerance, `${engine}: weights off by ${weightsOff}`)
          assert.deepEqual(history.accuracy, wanted.accuracies, engine)
        }
      })
    }
  }
})

/** The oracle: TensorFlow.js' model.fit on the same batches as `fit`. */
async function trainByLayers(
  model: Model,
  { x, y }: Samples,
  { optimizer, loss }: { readonly optimizer: Optimizer; readonly loss: LossName },
) {
  const outputs = model.outputs[0]!.shape.at(-1)!
  const accuracy = outputs === 1 ? metrics.binaryAccuracy : metrics.categoricalAccuracy
  model.compile({ optimizer, loss, metrics: [metrics[loss], accuracy] })
  const xs = tf.tensor(x as Float32Array, [rows, inputs])
  const ys = targetsOf(y, outputs)
  const found = { losses: [] as number[], accuracies: [] as number[], penalties: [] as number[] }
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = core.tensor1d(shuffledRows(rows, seed, epoch), 'int32')
    const [xBatch, yBatch] = [core.gather(xs as Tensor, order), core.gather(ys, order)]
    const { history } = await model.fit(xBatch, yBatch, {
      batchSize,
      epochs: 1,
      shuffle: false,
      verbose: 0,
    })
    found.losses.push(history[loss]![0] as number)
    const right = history[outputs === 1 ? 'binaryAccuracy' : 'categoricalAccuracy']![0] as number
    found.accuracies.push(Math.round(right * rows) / rows)
    found.penalties.push(penaltyOf(model))
  }
  // The loss of `evaluate` has no penalty, unlike that of `fit`.
  const [total] = model.evaluate(xs, ys, { batchSize: rows }) as Tensor[]
  return { ...found, total: total!.dataSync()[0]! + penaltyOf(model) }
}

function targetsOf(y: Samples['y'], outputs: number): Tensor {
  if (!(y instanceof Uint8Array)) return core.tensor(y, [rows, outputs])
  if (outputs === 1) return core.tensor(Float32Array.from(y), [rows, 1])
  return core.cast(core.oneHot(core.tensor1d(Int32Array.from(y), 'int32'), outputs), 'float32')
}

function penaltyOf(model: Model): number {
  return tf.tidy(() => model.calculateLosses().reduce((sum, each) => sum + each.dataSync()[0]!, 0))
}

type TfLayer = LayersModel['layers'][number]

/** Creates a Dropout of TensorFlow.js with the masks of `fit`, because its own seed repeats one mask. */
function masked(rate: number, place: number): Layer {
  const Dropout = tf.layers.dropout({ rate }).constructor as new (settings: { rate: number }) => TfLayer
  class MaskedDropout extends Dropout {
    static className = 'Dropout'
    #step = 0

    override call(given: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
      const x = Array.isArray(given) ? given[0]! : given
      if (!training) return x
      const mask = new Uint8Array(x.size)
      drawMask({ attrs: { rate, seed } } as unknown as Node, this.#step++, mask, place)
      return tf.tidy(() =>
        core.mul(core.mul(x, core.tensor(Float32Array.from(mask), x.shape)), 1 / (1 - rate)),
      )
    }
  }
  return new MaskedDropout({ rate })
}
