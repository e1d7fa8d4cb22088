import assert from 'node:assert/strict'
import test from 'node:test'
import type { Tensor } from '@tensorflow/tfjs-core'
import { predict } from '../../../src/experiments/keras/index.ts'
import { engineNames, engineOf } from '../graph/check-op.ts'
import { chain, classes, classifier, dense, difference, inputs, samplesOf, tf } from './models.ts'

/** Absolute tolerance of a probability. */
const tolerance = 1e-6

test('predict', async (t) => {
  await t.test('should give the same as model.predict, also for more rows than fit in one run', async () => {
    const model = classifier({
      between: [tf.layers.batchNormalization(), tf.layers.dropout({ rate: 0.5 })],
    })
    for (const name of engineNames) {
      const engine = await engineOf(name)
      for (const count of [1, 2000, 2001, 4321]) {
        const { x } = samplesOf(count)
        const tensors = tf.memory().numTensors
        const found = await predict(model, x, { engine })
        assert.equal(tf.memory().numTensors, tensors, name)
        const wanted = tf.tidy(() => (model.predict(tf.tensor(x, [count, inputs])) as Tensor).dataSync())
        assert.equal(found.length, count * classes)
        assert.ok(difference([...found], [...wanted]) < tolerance, `${name}, ${count} rows`)
      }
    }
  })

  await t.test('should divide bytes by 255', async () => {
    const engine = await engineOf('onnx')
    const bytes = Uint8Array.from({ length: 5 * inputs }, (_, at) => (at * 37) % 256)
    const floats = Float32Array.from(bytes, (each) => each / 255)
    const [one, other] = [
      await predict(classifier(), bytes, { engine }),
      await predict(classifier(), floats, { engine }),
    ]
    assert.ok(difference([...one], [...other]) < tolerance)
  })

  await t.test('should name what it cannot lower, and samples that do not fit', async () => {
    const engine = await engineOf('onnx')
    const strange = chain([dense({ units: classes, activation: 'elu', seed: 3 })])
    await assert.rejects(predict(strange, new Float32Array(inputs), { engine }), {
      message: 'Cannot predict on the engine, it cannot hold the activation elu: use model.predict',
    })
    for (const length of [0, inputs + 1])
      await assert.rejects(predict(classifier(), new Float32Array(length), { engine }), {
        message: `Cannot use the samples of \`x\`, expected x [count, 20], found ${length} elements`,
      })
  })
})
