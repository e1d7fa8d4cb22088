import assert from 'node:assert/strict'
import test from 'node:test'
import * as core from '@tensorflow/tfjs-core'
import { layers, sequential } from '@tensorflow/tfjs-layers'
import type { Model, Tf } from '../../../src/experiments/keras/index.ts'
import { keras, loadWeights, saveWeights } from '../../../src/experiments/keras/index.ts'
import { tf } from './models.ts'

const [rows, columns] = [60, 30]
const count = rows * columns
const glorot = 2 / (rows + columns)
/** Tolerance of a standard deviation of 1,800 draws: six of its own standard errors. */
const spreadTolerance = 6 / Math.sqrt(2 * count)

const { initializers } = tf

/** The initializers, each with the standard deviation that it should have. */
const all = {
  glorotUniform: [(seed) => initializers.glorotUniform({ seed }), Math.sqrt(glorot)],
  glorotNormal: [(seed) => initializers.glorotNormal({ seed }), Math.sqrt(glorot)],
  heUniform: [(seed) => initializers.heUniform({ seed }), Math.sqrt(2 / rows)],
  heNormal: [(seed) => initializers.heNormal({ seed }), Math.sqrt(2 / rows)],
  leCunUniform: [(seed) => initializers.leCunUniform({ seed }), Math.sqrt(1 / rows)],
  leCunNormal: [(seed) => initializers.leCunNormal({ seed }), Math.sqrt(1 / rows)],
  varianceScaling: [
    (seed) => initializers.varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'normal', seed }),
    Math.sqrt(1 / rows),
  ],
  truncatedNormal: [(seed) => initializers.truncatedNormal({ mean: 0, stddev: 0.1, seed }), 0.1],
  randomNormal: [(seed) => initializers.randomNormal({ mean: 0, stddev: 0.1, seed }), 0.1],
  randomUniform: [
    (seed) => initializers.randomUniform({ minval: -0.3, maxval: 0.3, seed }),
    0.6 / Math.sqrt(12),
  ],
} satisfies Readonly<Record<string, readonly [(seed: number) => Initializer, number]>>

type Initializer = ReturnType<typeof initializers.glorotUniform>

/**
 * Factor of a standard deviation of 1 that remains when draws beyond two standard deviations are rejected. Unlike
 * Keras, TensorFlow.js does not correct for this loss.
 */
const truncated = 0.8796
const isTruncated = new Set(['glorotNormal', 'heNormal', 'leCunNormal', 'varianceScaling', 'truncatedNormal'])
/** These treat the seed 0 as no seed (seed ? seed : Math.random()), so give them seeds from 1. */
const ignoreZero = new Set([...isTruncated, 'randomNormal'])

/** Omissions of the types of `tf.layers`, which the type check compares: classes to extend, and `tf.input`. */
const leftOut: { readonly [name in Exclude<keyof typeof layers, keyof Tf['layers']>]: true } = {
  Layer: true,
  RNN: true,
  RNNCell: true,
  input: true,
}

test('keras', async (t) => {
  await t.test('should accept a model that TensorFlow.js has created', () => {
    const made = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] })
    const model: Model = made
    assert.equal(loadWeights(model, saveWeights(model)), undefined)
  })

  await t.test('should create every layer of TensorFlow.js', () => {
    for (const name of Object.keys(layers).filter((name) => !Object.hasOwn(leftOut, name)))
      assert.equal(typeof tf.layers[name as keyof Tf['layers']], 'function', name)
  })

  await t.test('should start a backend once, and give the same names again', async () => {
    const backend = core.getBackend()
    assert.equal(await keras(), tf)
    assert.equal(core.getBackend(), backend)
  })

  for (const [name, [make, deviation]] of Object.entries(all)) {
    await t.test(`should draw equal weights for equal seeds, and different ones for another: ${name}`, () => {
      assert.deepEqual(draw(make(5)), draw(make(5)))
      assert.notDeepEqual(draw(make(5)), draw(make(6)))
    })

    await t.test(`should draw weights around 0, with the expected spread: ${name}`, () => {
      const weights = draw(make(5))
      const mean = weights.reduce((sum, each) => sum + each, 0) / count
      const spread = Math.sqrt(weights.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count)
      const wanted = deviation * (isTruncated.has(name) ? truncated : 1)
      assert.ok(Math.abs(mean) < (6 * wanted) / Math.sqrt(count), `mean ${mean}`)
      assert.ok(Math.abs(spread / wanted - 1) < spreadTolerance, `spread ${spread}, expected ${wanted}`)
    })

    await t.test(`should treat the seed 0 as ${ignoreZero.has(name) ? 'none' : 'a seed'}: ${name}`, () => {
      const [one, again] = [draw(make(0)), draw(make(0))]
      assert.equal(one.join() === again.join(), !ignoreZero.has(name))
    })
  }

  await t.test(
    'should have no orthogonal weights, for which TensorFlow.js needs tensor methods of its whole package',
    () => {
      assert.throws(() => draw(initializers.orthogonal({ gain: 1, seed: 5 })), {
        message: 'rMat.flatten is not a function',
      })
      // Orthogonal weights are the default of recurrent layers.
      assert.throws(() => tf.sequential({ layers: [tf.layers.simpleRNN({ units: 3, inputShape: [5, 2] })] }))
    },
  )

  await t.test('should treat a bound of 0 as none, as TensorFlow.js does: RandomUniform', () => {
    const weights = draw(initializers.randomUniform({ minval: 0, maxval: 1, seed: 5 }))
    assert.ok(Math.min(...weights) < 0, 'minval 0 is -0.05')
    assert.ok(Math.min(...weights) >= -0.05)
  })

  await t.test('should draw the same weights for a layer as the initializer alone', () => {
    const layer = (seed: number) => {
      const dense = tf.layers.dense({
        units: columns,
        inputShape: [rows],
        kernelInitializer: initializers.glorotUniform({ seed }),
      })
      tf.sequential({ layers: [dense] })
      return [...dense.getWeights()[0]!.dataSync()]
    }
    assert.deepEqual(layer(5), draw(initializers.glorotUniform({ seed: 5 })))
  })
})

function draw(initializer: Initializer): number[] {
  return tf.tidy(() => [...initializer.apply([rows, columns]).dataSync()])
}
