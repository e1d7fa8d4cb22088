import { z } from 'zod'
import type { LabelledImages } from '../data/dataset.ts'
import { letters } from '../data/letter-sets.ts'
import { defineExperiment } from '../experiment.ts'
import { shuffledRows } from '../graph/epoch.ts'
import type { Model } from '../keras/index.ts'
import { disposeOptimizer, fit, keras, predict } from '../keras/index.ts'
import { buildModel } from './build-model.ts'
import { letterParams } from './letter-params.ts'
import { scoreOf } from './score-of.ts'

const [inputs, classes] = [28 * 28, 10]

/**
 * Trains one network twice for some steps, with equal initial weights and equal batches: with `fit` of weft/keras and
 * with TensorFlow.js' own `model.fit`. Gives the loss of both on these images afterwards, in nats, and the largest
 * difference of any weight. Measured: the seconds of both trainings.
 */
export const agreement = defineExperiment({
  name: 'agreement',
  params: z.strictObject({
    ...letterParams,
    hidden: z.array(z.int().positive()).default([400, 200]),
    l2: z.number().min(0).default(1e-4),
    steps: z.int().positive().default(50),
    batchSize: z.int().positive().default(32),
  }),
  async run({ data, pin, hidden, l2, steps, batchSize }, { seed, engine, signal, measure }) {
    const tf = await keras()
    const { train } = (await letters(data).load({ signal, pin })).splits
    const count = Math.min(train.count, steps * batchSize)
    const build = () => buildModel(tf, { inputs, hidden, classes, dropout: 0, l1: 0, l2 }, seed)
    const samples = { x: train.images.subarray(0, count * inputs), y: train.labels.subarray(0, count) }
    // 1. Train on the engine.
    const lowered = build()
    const optimizer = tf.train.momentum(0.02, 0.9)
    const { history } = await fit(lowered, samples, { engine, optimizer, epochs: 1, batchSize, seed, signal })
    measure('lowered', history.seconds[0]!)
    // 2. Train with TensorFlow.js, in the same order.
    const own = build()
    const { pixels, oneHot } = inOrder(train, shuffledRows(count, seed, 1))
    const [x, y] = [tf.tensor(pixels, [count, inputs]), tf.tensor(oneHot, [count, classes])]
    const ownOptimizer = tf.train.momentum(0.02, 0.9)
    own.compile({ optimizer: ownOptimizer, loss: 'categoricalCrossentropy' })
    const startedAt = performance.now()
    await own.fit(x, y, { batchSize, epochs: 1, shuffle: false, verbose: 0 })
    measure('layers', (performance.now() - startedAt) / 1000)
    // 3. Compare the two.
    const lossOf = async (model: Model) =>
      scoreOf(await predict(model, samples.x, { engine }), samples.y).loss
    const losses = { lowered: await lossOf(lowered), layers: await lossOf(own) }
    const weightDifference = greatestDifference(lowered, own)
    for (const each of [x, y, lowered, own]) each.dispose()
    for (const each of [optimizer, ownOptimizer]) disposeOptimizer(each)
    return {
      steps: Math.ceil(count / batchSize),
      losses,
      lossDifference: Math.abs(losses.lowered - losses.layers),
      weightDifference,
    }
  },
})

function inOrder({ images, labels }: LabelledImages, rows: Int32Array) {
  const pixels = new Float32Array(rows.length * inputs)
  const oneHot = new Float32Array(rows.length * classes)
  for (const [at, row] of rows.entries()) {
    for (let pixel = 0; pixel < inputs; pixel++)
      pixels[at * inputs + pixel] = images[row * inputs + pixel]! / 255
    oneHot[at * classes + labels[row]!] = 1
  }
  return { pixels, oneHot }
}

function greatestDifference(a: Model, b: Model): number {
  let greatest = 0
  for (const [index, weights] of a.getWeights().entries()) {
    const others = b.getWeights()[index]!.dataSync()
    for (const [at, weight] of weights.dataSync().entries())
      greatest = Math.max(greatest, Math.abs(weight - others[at]!))
  }
  return greatest
}
