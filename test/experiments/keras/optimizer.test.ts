import assert from 'node:assert/strict'
import test from 'node:test'
import * as core from '@tensorflow/tfjs-core'
import { disposeOptimizer, freshOptimizer, lowerOptimizer } from '../../../src/experiments/keras/optimizer.ts'
import { tf } from './models.ts'

const all: Readonly<Record<string, () => core.Optimizer>> = {
  sgd: () => core.train.sgd(0.3),
  momentum: () => core.train.momentum(0.3, 0.8, true),
  rmsprop: () => core.train.rmsprop(0.3, 0.8, 0.5, 1e-5, true),
  adam: () => core.train.adam(0.3, 0.8, 0.9, 1e-5),
  adagrad: () => core.train.adagrad(0.3, 0.2),
  adadelta: () => core.train.adadelta(0.3, 0.8, 1e-5),
  adamax: () => core.train.adamax(0.3, 0.8, 0.9, 1e-5, 0.1),
}

test('freshOptimizer', async (t) => {
  for (const [name, make] of Object.entries(all)) {
    await t.test(`should give a new optimizer with the same settings, and free it: ${name}`, () => {
      const given = make()
      const tensors = tf.memory().numTensors
      const fresh = freshOptimizer(given)
      assert.notEqual(fresh, given)
      assert.equal(fresh.getClassName(), given.getClassName())
      assert.deepEqual(fresh.getConfig(), given.getConfig())
      disposeOptimizer(fresh)
      assert.equal(tf.memory().numTensors, tensors)
    })
  }

  await t.test('should give the settings of Keras by name', () => {
    assert.deepEqual(freshOptimizer('sgd').getConfig(), { learningRate: 0.01 })
    assert.deepEqual(freshOptimizer('rmsprop').getConfig(), {
      learningRate: 0.001,
      decay: 0.9,
      momentum: 0,
      epsilon: 1e-7,
      centered: false,
    })
    assert.deepEqual(freshOptimizer('adam').getConfig(), {
      learningRate: 0.001,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    })
  })

  await t.test('should return an optimizer of a custom class unchanged', () => {
    class Own extends core.SGDOptimizer {
      static override className = 'Own'
    }
    const own = new Own(0.1)
    assert.equal(freshOptimizer(own), own)
  })
})

test('lowerOptimizer', async (t) => {
  await t.test('should lower the rule, or name what it cannot lower', () => {
    const names = Object.entries(all).map(([name, make]) => {
      const lowered = lowerOptimizer(make())
      return [name, typeof lowered === 'string' ? lowered : `lowered to ${lowered.name}`]
    })
    assert.deepEqual(Object.fromEntries(names), {
      sgd: 'lowered to gradientDescent',
      momentum: 'lowered to momentum',
      rmsprop: 'RMSProp with centring',
      adam: 'lowered to adam',
      adagrad: 'the optimizer Adagrad',
      adadelta: 'the optimizer Adadelta',
      adamax: 'the optimizer Adamax',
    })
  })
})
