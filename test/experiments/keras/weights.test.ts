import assert from 'node:assert/strict'
import test from 'node:test'
import { readTensors } from '../../../src/experiments/graph/safetensors.ts'
import { loadWeights, saveWeights } from '../../../src/experiments/keras/index.ts'
import { chain, classes, classifier, dense, inputs, tf, weightsOf } from './models.ts'

const normalized = (seed: number) => classifier({ seed, between: [tf.layers.batchNormalization()] })

test('saveWeights', async (t) => {
  await t.test('should name weights by their place in the model', () => {
    const tensors = readTensors(saveWeights(normalized(3)))
    assert.deepEqual(
      [...tensors].map(([name, { shape }]) => [name, shape]),
      [
        ['layers.0.kernel', [inputs, 12]],
        ['layers.0.bias', [12]],
        ['layers.1.gamma', [12]],
        ['layers.1.beta', [12]],
        ['layers.1.moving_mean', [12]],
        ['layers.1.moving_variance', [12]],
        ['layers.2.kernel', [12, classes]],
        ['layers.2.bias', [classes]],
      ],
    )
  })

  await t.test('should give equal bytes for equal weights', () => {
    assert.deepEqual(saveWeights(classifier()), saveWeights(classifier()))
    assert.notDeepEqual(saveWeights(classifier()), saveWeights(classifier({ seed: 8 })))
  })
})

test('loadWeights', async (t) => {
  await t.test('should copy the weights of one model into another', () => {
    const [one, other] = [normalized(3), normalized(8)]
    const tensors = tf.memory().numTensors
    loadWeights(other, saveWeights(one))
    assert.equal(tf.memory().numTensors, tensors)
    assert.deepEqual(weightsOf(other), weightsOf(one))
  })

  await t.test('should also load weights into layers that are not trainable', () => {
    const [one, other] = [classifier(), classifier({ seed: 8, hidden: { trainable: false } })]
    loadWeights(other, saveWeights(one))
    assert.deepEqual(saveWeights(other), saveWeights(one))
  })

  const strangers = {
    'of other units': () => classifier({ hidden: { units: 13 } }),
    'of other layers': () => normalized(3),
    'without bias': () => classifier({ hidden: { useBias: false } }),
    'of fewer layers': () => chain([dense({ units: 12, seed: 3 })]),
  }
  for (const [what, make] of Object.entries(strangers)) {
    await t.test(`should refuse the weights of a model ${what}, and set nothing`, () => {
      const model = classifier()
      const before = weightsOf(model)
      assert.throws(
        () => loadWeights(model, saveWeights(make())),
        /^Error: Cannot load weights, expected those of `sequential_\d+`: layers\.0\.kernel \[20, 12\], layers\.0\.bias \[12\], .*, found layers\.0\.kernel /,
      )
      assert.deepEqual(weightsOf(model), before)
    })
  }

  await t.test('should refuse truncated bytes, and set nothing', () => {
    const model = classifier()
    const before = weightsOf(model)
    const bytes = saveWeights(classifier({ seed: 8 }))
    for (const wrong of [bytes.subarray(0, -4), bytes.subarray(0, 30), new Uint8Array(0)])
      assert.throws(() => loadWeights(model, wrong), /^Error: Cannot read tensors/)
    assert.deepEqual(weightsOf(model), before)
  })
})
