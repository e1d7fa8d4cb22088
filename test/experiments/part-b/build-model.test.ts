import assert from 'node:assert/strict'
import test from 'node:test'
import type { Architecture } from '../../../src/experiments/part-b/build-model.ts'
import { buildModel } from '../../../src/experiments/part-b/build-model.ts'
import { tf } from '../keras/models.ts'

const letters = { inputs: 784, hidden: [], classes: 10, dropout: 0, l1: 0, l2: 0 } as const
const small = { ...letters, inputs: 20, hidden: [20, 20, 20], classes: 20 } as const

/** Rounding error of float32 against the given decimal. */
const rounding = 1e-7

test('buildModel', async (t) => {
  const layersOf = (changes: Partial<Architecture>) => {
    const model = buildModel(tf, { ...letters, ...changes }, 1)
    const layers = model.layers.map((layer) => {
      const { units, activation, rate } = layer.getConfig() as Record<string, unknown>
      return layer.getClassName() === 'Dense' ? `${units} ${activation}` : `${layer.getClassName()} ${rate}`
    })
    model.dispose()
    return layers
  }

  await t.test('should be softmax regression without hidden layers', () => {
    assert.deepEqual(layersOf({}), ['10 softmax'])
    assert.deepEqual(layersOf({ dropout: 0.5, l1: 1, l2: 1 }), ['10 softmax'])
  })

  await t.test('should have hidden ReLU layers, each followed by Dropout if there is any', () => {
    assert.deepEqual(layersOf({ hidden: [40, 30] }), ['40 relu', '30 relu', '10 softmax'])
    assert.deepEqual(layersOf({ hidden: [40, 30], dropout: 0.25 }), [
      '40 relu',
      'Dropout 0.25',
      '30 relu',
      'Dropout 0.25',
      '10 softmax',
    ])
  })

  for (const [hidden, parameters] of [
    [[], 7850],
    [[200], 159_010],
    [[400, 200], 784 * 400 + 400 + 400 * 200 + 200 + 200 * 10 + 10],
    [[250, 250, 250, 250, 250], 785 * 250 + 4 * 251 * 250 + 251 * 10],
  ] as const) {
    await t.test(`should have ${parameters} parameters: ${[784, ...hidden, 10].join('-')}`, () => {
      const model = buildModel(tf, { ...letters, hidden, dropout: 0.3 }, 1)
      assert.equal(model.countParams(), parameters)
      model.dispose()
    })
  }

  await t.test(
    'should draw equal weights for equal seeds, 0 included, and different ones for another',
    () => {
      for (const seed of [0, 1, 7]) assert.deepEqual(kernelsOf(small, seed), kernelsOf(small, seed))
      const drawn = [0, 1, 2, 7].flatMap((seed) => kernelsOf(small, seed))
      // All kernels have one shape here, and no two layers or seeds share one.
      assert.equal(new Set(drawn.map((kernel) => kernel.join())).size, 4 * 4)
      assert.equal(new Set(drawn.map(([first]) => first)).size, 4 * 4)
    },
  )

  await t.test('should draw the same weights with any regularization', () => {
    assert.deepEqual(kernelsOf({ ...small, dropout: 0.5, l1: 1e-3, l2: 1e-3 }, 3), kernelsOf(small, 3))
  })

  await t.test(
    'should draw hidden weights from the range of He, and the last ones from that of Glorot',
    () => {
      const model = buildModel(tf, { ...letters, hidden: [200] }, 1)
      const [hidden, , last] = model.getWeights().map((weights) => weights.dataSync())
      // Draws beyond two standard deviations are rejected.
      const [he, glorot] = [2 * Math.sqrt(2 / 784), Math.sqrt(6 / 210)]
      const greatest = (weights: ArrayLike<number>) =>
        Array.from(weights, Math.abs).reduce((one, other) => Math.max(one, other))
      assert.ok(greatest(hidden!) <= he + rounding && greatest(hidden!) > 0.99 * he, `${greatest(hidden!)}`)
      assert.ok(greatest(last!) <= glorot + rounding && greatest(last!) > 0.99 * glorot, `${greatest(last!)}`)
      model.dispose()
    },
  )

  await t.test('should regularize only the weights of hidden layers: no bias, no softmax', () => {
    const model = buildModel(tf, { ...small, hidden: [20, 20], l1: 0.25, l2: 0.5 }, 1)
    const regularized = model.layers.map((layer) => {
      const config = layer.getConfig() as Record<string, { config: unknown } | null>
      return [config.kernelRegularizer?.config ?? null, config.biasRegularizer ?? null]
    })
    const both = { l1: 0.25, l2: 0.5 }
    assert.deepEqual(regularized, [
      [both, null],
      [both, null],
      [null, null],
    ])
    model.dispose()
  })

  await t.test('should treat an absent factor as 0, not as a default', () => {
    for (const factors of [
      { l1: 0.25, l2: 0 },
      { l1: 0, l2: 0.5 },
    ]) {
      const model = buildModel(tf, { ...small, hidden: [20], ...factors }, 1)
      const { config } = (model.layers[0]!.getConfig() as Record<string, { config: unknown }>)
        .kernelRegularizer!
      assert.deepEqual(config, factors)
      model.dispose()
    }
  })

  await t.test('should leave no tensor behind', () => {
    const before = tf.memory().numTensors
    buildModel(tf, { ...small, dropout: 0.5, l1: 0.1, l2: 0.1 }, 1).dispose()
    assert.equal(tf.memory().numTensors, before)
  })
})

function kernelsOf(architecture: Architecture, seed: number): number[][] {
  const model = buildModel(tf, architecture, seed)
  const kernels = model.getWeights().filter(({ shape }) => shape.length === 2)
  const values = kernels.map((kernel) => [...kernel.dataSync()])
  model.dispose()
  return values
}
