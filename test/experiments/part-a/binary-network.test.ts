import assert from 'node:assert/strict'
import test from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { openEngine } from 'weft/engine'
import type { BinaryNetwork } from '../../../src/experiments/part-a/binary-network.ts'
import {
  createNetwork,
  descend,
  forward,
  gradient,
  parameterCount,
} from '../../../src/experiments/part-a/binary-network.ts'

const [batch, inputs, hidden] = [7, 5, 4]

test('binary network', async (t) => {
  await openEngine()

  await t.test('should draw Glorot weights by its seed alone', () => {
    const [one, again, other] = [
      createNetwork(784, 100, 1),
      createNetwork(784, 100, 1),
      createNetwork(784, 100, 2),
    ]
    const weights = [...one.hiddenWeights.dataSync()]
    const limit = Math.sqrt(6 / 884)
    assert.deepEqual(weights, [...again.hiddenWeights.dataSync()])
    assert.notDeepEqual(weights, [...other.hiddenWeights.dataSync()])
    assert.ok(weights.every((weight) => Math.abs(weight) <= limit))
    const variance = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length
    assert.ok(Math.abs(variance / (limit ** 2 / 3) - 1) < 0.02, `${variance}`)
    assert.ok([...one.hiddenBias.dataSync(), ...one.outputBias.dataSync()].every((bias) => bias === 0))
    assert.equal(parameterCount(one), 78601)
    tf.dispose([one, again, other])
  })

  await t.test(
    'should compute the gradient that finite differences of the loss give in double precision',
    () => {
      const before = tf.memory().numTensors
      const network = withBiases(createNetwork(inputs, hidden, 3))
      const pixels = tf.tensor2d(
        Array.from({ length: batch * inputs }, (_, index) => ((index * 37) % 11) / 10),
        [batch, inputs],
      )
      const labels = tf.tensor2d([0, 1, 1, 0, 1, 0, 0], [batch, 1])
      const transposed = tf.transpose(pixels)
      const pass = forward(network, pixels)
      const by = gradient(network, pass, transposed, labels)
      const parameters = values(network)
      const [x, y] = [[...pixels.dataSync()], [...labels.dataSync()]]
      for (const name of Object.keys(parameters) as (keyof BinaryNetwork)[]) {
        assert.deepEqual(by[name].shape, network[name].shape)
        for (const [index, slope] of by[name].dataSync().entries()) {
          const expected = slopeOf(parameters, name, index, x, y)
          assert.ok(Math.abs(slope - expected) < 1e-6, `${name}[${index}]: ${slope}, expected ${expected}`)
        }
      }
      tf.dispose([network, pixels, labels, transposed, pass, by])
      assert.equal(tf.memory().numTensors, before)
    },
  )

  await t.test('should step against the gradient', () => {
    const network = createNetwork(2, 1, 1)
    const by = { ...network, hiddenBias: tf.tensor1d([3]), outputBias: tf.tensor1d([-1]) }
    const next = descend(network, by, 0.5)
    assert.deepEqual([...next.hiddenBias.dataSync()], [-1.5])
    assert.deepEqual([...next.outputBias.dataSync()], [0.5])
    const [old, found] = [network.hiddenWeights.dataSync(), next.hiddenWeights.dataSync()]
    assert.deepEqual(
      [...found],
      [...old].map((weight) => Math.fround(weight - Math.fround(weight * 0.5))),
    )
    tf.dispose([network, by, next])
  })
})

type Values = Record<keyof BinaryNetwork, number[]>

/** Biases that are not zero, so that a bias left out would show. */
function withBiases(network: BinaryNetwork): BinaryNetwork {
  tf.dispose([network.hiddenBias, network.outputBias])
  return { ...network, hiddenBias: tf.tensor1d([0.1, -0.2, 0.3, -0.1]), outputBias: tf.tensor1d([0.2]) }
}

function values(network: BinaryNetwork): Values {
  return Object.fromEntries(
    Object.entries(network).map(([name, tensor]) => [name, [...tensor.dataSync()]]),
  ) as Values
}

function slopeOf(
  parameters: Values,
  name: keyof BinaryNetwork,
  index: number,
  x: number[],
  y: number[],
): number {
  const step = 1e-5
  const moved = (by: number) => ({
    ...parameters,
    [name]: parameters[name].map((value, at) => value + (at === index ? by : 0)),
  })
  return (lossOf(moved(step), x, y) - lossOf(moved(-step), x, y)) / (2 * step)
}

/** The mean cross entropy by its definition, -log p of the right class, in plain loops. */
function lossOf(
  { hiddenWeights, hiddenBias, outputWeights, outputBias }: Values,
  x: number[],
  y: number[],
): number {
  let loss = 0
  for (let row = 0; row < batch; row++) {
    let logit = outputBias[0]!
    for (let unit = 0; unit < hidden; unit++) {
      let sum = hiddenBias[unit]!
      for (let input = 0; input < inputs; input++)
        sum += x[row * inputs + input]! * hiddenWeights[input * hidden + unit]!
      logit += Math.max(0, sum) * outputWeights[unit]!
    }
    const chance = 1 / (1 + Math.exp(-logit))
    loss -= Math.log(y[row] ? chance : 1 - chance)
  }
  return loss / batch
}
