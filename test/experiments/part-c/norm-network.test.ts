import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node } from '../../../src/experiments/graph/index.ts'
import {
  batchNormalization,
  filled,
  gradientDescent,
  gradients,
  mul,
  placeholder,
  reduceMean,
  reduceSum,
  square,
  variable,
} from '../../../src/experiments/graph/index.ts'
import { normEpsilon, normNetwork } from '../../../src/experiments/part-c/norm-network.ts'
import { assertClose, float32Of, onBoth, random, valueTolerance } from '../graph/check-op.ts'
import type { Numbers } from '../graph/oracle.ts'
import { map, matMul, mean, reduce, zip } from '../graph/oracle.ts'

const settings = {
  depth: 2,
  units: 3,
  activation: 'tanh',
  initialization: 'glorot',
  momentum: 0.9,
  seed: 4,
} as const
const rows = random([5, 4], 11)
const byColumn = { axes: [0] }

test('normNetwork', async (t) => {
  await t.test('should normalize each layer by its batch, as computed in float64', () =>
    onBoth(async (session) => {
      const { training, weights } = build(true)
      const found = await session.run([...training.inputs, training.logits], { x: float32Of(rows) })
      const wanted = byHand(weights.map(elementsOf))
      for (const [index, each] of [...wanted.inputs, wanted.logits].entries())
        assertClose(found[index]!.data, each.data, 1e-4, `node ${index}`)
    }),
  )

  await t.test('should update its running averages in a step, and predict with them', () =>
    onBoth(async (session) => {
      const { training, inference, weights, updates, variables } = build(true)
      // A learning rate of 0 leaves the weights unchanged.
      const loss = reduceMean(square(training.logits))
      const step = gradientDescent({ learningRate: 0 }).minimize(loss, { updates })
      await session.train(step, { data: { x: float32Of(rows) }, epochs: 2 })
      const statistics = byHand(weights.map(elementsOf)).statistics.map(([average, variance]) => [
        map(average, (each) => 0.19 * each),
        map(variance, (each) => 0.81 + 0.19 * each),
      ])
      const moving = variables.filter(({ name }) => /^(mean|variance)/.test(name))
      for (const [index, each] of moving.entries()) {
        const wanted = statistics[Math.floor(index / 2)]![index % 2]!
        assertClose((await session.read(each)).data, wanted.data, 1e-4, each.name)
      }
      const given = statistics as [Numbers, Numbers][]
      const wanted = byHand(weights.map(elementsOf), given).logits
      const found = await session.run(inference.logits, { x: float32Of(rows) })
      assertClose(found.data, wanted.data, 1e-4, 'logits')
    }),
  )

  await t.test('should give an image the same answer in inference in any batch', () =>
    onBoth(async (session) => {
      const { training, inference } = build(true)
      const one = { ...rows, shape: [1, 4], data: rows.data.slice(0, 4) }
      const answer = async (node: Node, x: Numbers) =>
        (await session.run(node, { x: float32Of(x) })).data.slice(0, 3)
      assertClose(
        await answer(inference.logits, one),
        await answer(inference.logits, rows),
        valueTolerance,
        'alone',
      )
      assert.notDeepEqual(await answer(training.logits, one), await answer(training.logits, rows))
    }),
  )

  await t.test('should have biases and one pass without normalization', () => {
    const { training, inference, updates, variables } = build(false)
    assert.equal(training, inference)
    assert.deepEqual(updates, [])
    assert.deepEqual(
      variables.map(({ name }) => name),
      ['weights1', 'bias1', 'weights2', 'bias2', 'weights3', 'bias3'],
    )
  })
})

test('the initial weights of normNetwork', async (t) => {
  await t.test('should be drawn as He proposes in hidden layers alone', () => {
    const x = placeholder('x', [null, 400])
    const made = (initialization: 'glorot' | 'he') =>
      normNetwork(x, 10, { ...settings, units: 400, initialization, normalized: false }).weights.map(
        ({ value }) => deviationOf(value!.data),
      )
    const [he, glorot] = [made('he'), made('glorot')]
    for (const layer of [0, 1]) {
      // The variances are 2 / 400 and 2 / 800.
      assert.ok(Math.abs(he[layer]! / Math.sqrt(2 / 400) - 1) < 0.02, `${he[layer]}`)
      assert.ok(Math.abs(glorot[layer]! / Math.sqrt(2 / 800) - 1) < 0.02, `${glorot[layer]}`)
    }
    assert.equal(he[2], glorot[2])
  })
})

test('the gradient of batch normalization', async (t) => {
  await t.test('should equal the closed form in the report', () =>
    onBoth(async (session) => {
      const x = placeholder('x', [null, 4])
      const upstream = placeholder('upstream', [null, 4])
      const own = (name: string, first: number) => variable(name, filled([4], first))
      const { output } = batchNormalization(x, {
        scale: own('scale', 1.5),
        offset: own('offset', 0.5),
        mean: own('mean', 0),
        variance: own('variance', 1),
        training: true,
        epsilon: normEpsilon,
      })
      const g = random([5, 4], 12)
      const [slope] = gradients(reduceSum(mul(output, upstream)), [x])
      const found = await session.run(slope!, { x: float32Of(rows), upstream: float32Of(g) })
      const { normalized, deviation } = normalize(rows)
      const along = reduce(
        zip(g, normalized, (a, b) => a * b),
        mean,
        byColumn,
      )
      const centred = zip(g, reduce(g, mean, byColumn), (a, b) => a - b)
      const part = zip(normalized, along, (a, b) => a * b)
      const wanted = zip(
        zip(centred, part, (a, b) => a - b),
        deviation,
        (a, b) => (1.5 * a) / b,
      )
      assertClose(found.data, wanted.data, 1e-4, 'gradient')
    }),
  )
})

function deviationOf(data: ArrayLike<number>): number {
  return Math.sqrt(Array.from(data).reduce((sum, each) => sum + each ** 2, 0) / data.length)
}

function build(normalized: boolean) {
  return normNetwork(placeholder('x', [null, 4]), 3, { ...settings, normalized })
}

function elementsOf({ value }: Node): Numbers {
  return { shape: value!.shape, data: [...value!.data] }
}

/** Computes the whole network, with the statistics of the batch or with given ones. */
function byHand(weights: readonly Numbers[], given?: readonly (readonly [Numbers, Numbers])[]) {
  const inputs: Numbers[] = []
  const statistics: [Numbers, Numbers][] = []
  let activity: Numbers = rows
  for (const [index, each] of weights.slice(0, -1).entries()) {
    const { normalized, average, variance } = normalize(matMul(activity, each), given?.[index])
    inputs.push(normalized)
    statistics.push([average, variance])
    activity = map(normalized, Math.tanh)
  }
  return { inputs, statistics, logits: matMul(activity, weights.at(-1)!) }
}

function normalize(x: Numbers, given?: readonly [Numbers, Numbers]) {
  const own = reduce(x, mean, byColumn)
  const squares = zip(x, own, (each, centre) => (each - centre) ** 2)
  const [average, variance] = given ?? [own, reduce(squares, mean, byColumn)]
  const deviation = map(variance, (each) => Math.sqrt(each + normEpsilon))
  const centred = zip(x, average, (each, centre) => each - centre)
  return { normalized: zip(centred, deviation, (each, by) => each / by), average, variance, deviation }
}
