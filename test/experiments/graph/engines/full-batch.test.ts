import assert from 'node:assert/strict'
import test from 'node:test'
import { partOf, splitProgram } from '../../../../src/experiments/graph/engines/onnx/split-programs.ts'
import { shuffledRows } from '../../../../src/experiments/graph/epoch.ts'
import type { Node, Update } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  argMax,
  batchNormalization,
  cast,
  dropout,
  equal,
  filled,
  gradientDescent,
  matMul,
  mul,
  placeholder,
  reduceMean,
  reduceSum,
  relu,
  softmaxCrossEntropyWithLogits,
  square,
  value,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import { inOrder } from '../../../../src/experiments/graph/node.ts'
import { drawMask, isMask } from '../../../../src/experiments/graph/ops/dropout.ts'
import {
  assertClose,
  float32Of,
  fromBoth,
  gradientTolerance,
  onBoth,
  random,
  valueTolerance,
} from '../check-op.ts'

const [features, hidden, classes] = [4, 6, 3]
const rate = 0.4
const shapes = [[features, hidden], [hidden], [hidden, classes], [classes]]
const initial = shapes.map((shape, index) => random(shape, 70 + index, [-1, 1]))

interface Options {
  readonly hasPenalty?: boolean
  readonly hasDropout?: boolean
  readonly isNormalized?: boolean
}

const variants: Readonly<Record<string, Options>> = {
  plain: {},
  'with a penalty on the weights': { hasPenalty: true },
  'with dropout': { hasDropout: true },
  'with batch normalization': { isNormalized: true },
}

test('train on a large batch', async (t) => {
  for (const [name, options] of Object.entries(variants)) {
    await t.test(`should agree with float64 in loss, metrics and gradients: ${name}`, () =>
      onBoth(async (session, engine) => {
        const rows = 5000
        const { step, metrics, weights } = network(options)
        const split = splitProgram({
          step,
          metrics: Object.values(metrics),
          batchSize: rows,
          hasOrder: false,
        })
        assert.equal(split !== undefined, !options.isNormalized)
        const data = dataOf(rows)
        const [epoch] = await session.train(step, { data: fed(data), epochs: 1, metrics })
        const found = await Promise.all(weights.map(async (each) => (await session.read(each)).data))
        const wanted = reference(data, { ...options, mask: maskOf(step.loss, rows) })
        const { loss, right, total } = wanted(initial.map((each) => each.data))
        const what = `${engine}, ${name}`
        assertClose([epoch!.loss, epoch!.metrics.total!], [loss, total], valueTolerance, `${what}: loss`)
        assert.equal(Math.round(epoch!.metrics.accuracy! * rows), right)
        // Compare all gradients together: below batch normalization, the gradient of a bias is only rounding error.
        const slopes = initial.flatMap((_, index) => differences((lists) => wanted(lists).loss, index))
        const moves = found.flatMap((each, index) => initial[index]!.data.map((from, at) => from - each[at]!))
        assertClose(moves, slopes, gradientTolerance, `${what}: gradients`)
      }),
    )
  }

  await t.test('should work without metrics and updates, also if no part divides the batch', () =>
    onBoth(async (session) => {
      assert.equal(partOf(4099), undefined)
      for (const rows of [5000, 4099]) {
        const { step } = network({})
        const { rate: _, ...still } = fed(dataOf(rows))
        const { loss } = reference(dataOf(rows), {})(initial.map((each) => each.data))
        const options = { data: still, batchSize: rows }
        const found = [
          (await session.evaluate({ loss: step.loss }, options)).loss,
          (await session.train(step, { ...options, data: fed(dataOf(rows)), epochs: 1 }))[0]!.loss,
        ]
        assertClose(found, [loss, loss], valueTolerance, `loss of ${rows} rows`)
      }
    }),
  )

  await t.test('should use the shuffled order, with the same bits as for data in that order', async () => {
    const [rows, batchSize, seed] = [12_000, 5000, 4]
    const data = dataOf(rows)
    const order = shuffledRows(rows, seed, 1)
    const moved = {
      x: Float32Array.from(
        { length: rows * features },
        (_, at) => data.x[order[Math.floor(at / features)]! * features + (at % features)]!,
      ),
      labels: Int32Array.from(order, (row) => data.labels[row]!),
    }
    const trained = (on: Data, shuffleSeed?: number) =>
      fromBoth(async (session) => {
        const { step, weights } = network({ hasDropout: true })
        const options = { data: fed(on), batchSize, epochs: 1, ...(shuffleSeed ? { shuffleSeed } : {}) }
        const [epoch] = await session.train(step, options)
        return [epoch!.loss, ...(await session.read(weights[0]!)).data]
      })
    const shuffled = await trained(data, seed)
    assert.deepEqual(shuffled, await trained(moved))
    assert.notDeepEqual(await trained(data), shuffled)
    assertClose(shuffled[0]!, shuffled[1]!, gradientTolerance, 'onnx against tfjs')
  })
})

test('partOf', async (t) => {
  await t.test('should divide the batch into parts of 500 to 2,000 rows if possible', () => {
    assert.deepEqual([4096, 5000, 12_000, 60_000, 4099].map(partOf), [512, 500, 500, 500, undefined])
    for (let batchSize = 4096; batchSize < 4400; batchSize++) {
      const part = partOf(batchSize)
      assert.ok(
        part === undefined || (batchSize % part === 0 && part >= 500 && part <= 2000),
        `${batchSize}: ${part}`,
      )
    }
  })
})

interface Data {
  readonly x: Float32Array
  readonly labels: Int32Array
}

function dataOf(rows: number): Data {
  const x = Float32Array.from(random([rows * features], 5, [-2, 2]).data)
  const labels = Int32Array.from({ length: rows }, (_, row) => (x[row * features]! > 0 ? 0 : 1 + (row % 2)))
  return { x, labels }
}

function fed({ x, labels }: Data) {
  const rows = labels.length
  const y = Float32Array.from({ length: rows * classes }, (_, at) =>
    Number(labels[Math.floor(at / classes)] === at % classes),
  )
  return { x, y: value(y, [rows, classes]), rate: 1 }
}

function network({ hasPenalty, hasDropout, isNormalized }: Options) {
  const [x, y] = [placeholder('x', [null, features]), placeholder('y', [null, classes])]
  const weights = initial.map((each, index) => variable(`weights${index}`, float32Of(each)))
  const [w1, b1, w2, b2] = weights as [Node, Node, Node, Node]
  let layer = add(matMul(x, w1), b1)
  let updates: readonly Update[] = []
  if (isNormalized) {
    const fixed = (name: string, element: number) =>
      variable(name, filled([hidden], element), { trainable: false })
    const statistics = { mean: fixed('mean', 0), variance: fixed('variance', 1) }
    const normalized = batchNormalization(layer, {
      scale: fixed('scale', 1),
      offset: fixed('offset', 0.1),
      ...statistics,
      training: true,
    })
    layer = normalized.output
    updates = normalized.updates
  }
  layer = relu(layer)
  if (hasDropout) layer = dropout(layer, { rate, seed: 11 })
  const logits = add(matMul(layer, w2), b2)
  const losses = softmaxCrossEntropyWithLogits({ labels: y, logits })
  const mean = reduceMean(losses)
  const loss = hasPenalty ? add(mean, mul(reduceSum(square(w1)), 0.05)) : mean
  const step = gradientDescent({ learningRate: placeholder('rate', []) }).minimize(loss, {
    variables: weights,
    updates,
  })
  const accuracy = reduceMean(cast(equal(argMax(logits), argMax(y)), 'float32'))
  return { step, weights, metrics: { accuracy, total: reduceSum(losses) } }
}

function maskOf(loss: Node, rows: number): Uint8Array | undefined {
  const mask = inOrder([loss]).find(isMask)
  if (!mask) return undefined
  const drawn = new Uint8Array(rows * hidden)
  drawMask(mask, 0, drawn)
  return drawn
}

/** Computes the same network without the graph, in float64. */
function reference(
  { x, labels }: Data,
  { hasPenalty, isNormalized, mask }: Options & { mask?: Uint8Array | undefined },
) {
  const rows = labels.length
  return ([w1, b1, w2, b2]: readonly (readonly number[])[]) => {
    const layer = new Float64Array(rows * hidden)
    for (let at = 0; at < layer.length; at++) {
      const [row, unit] = [Math.floor(at / hidden), at % hidden]
      layer[at] = b1![unit]!
      for (let k = 0; k < features; k++) layer[at]! += x[row * features + k]! * w1![k * hidden + unit]!
    }
    if (isNormalized) normalize(layer)
    for (let at = 0; at < layer.length; at++)
      layer[at] = mask && mask[at] === 0 ? 0 : Math.max(layer[at]!, 0) / (mask ? 1 - rate : 1)
    let [total, right] = [0, 0]
    for (let row = 0; row < rows; row++) {
      const logits = b2!.map((bias, unit) => {
        let sum = bias
        for (let k = 0; k < hidden; k++) sum += layer[row * hidden + k]! * w2![k * classes + unit]!
        return sum
      })
      const most = Math.max(...logits)
      const label = labels[row]!
      total += most + Math.log(logits.reduce((sum, each) => sum + Math.exp(each - most), 0)) - logits[label]!
      right += Number(logits.indexOf(most) === label)
    }
    const penalty = hasPenalty ? 0.05 * w1!.reduce((sum, each) => sum + each * each, 0) : 0
    return { loss: total / rows + penalty, total, right }
  }
}

/** Normalizes by the mean and variance of the batch, with a scale of 1 and an offset of 0.1. */
function normalize(layer: Float64Array): void {
  const rows = layer.length / hidden
  for (let unit = 0; unit < hidden; unit++) {
    const own = layer.filter((_, at) => at % hidden === unit)
    const mean = own.reduce((sum, each) => sum + each, 0) / rows
    const variance = own.reduce((sum, each) => sum + (each - mean) ** 2, 0) / rows
    for (let row = 0; row < rows; row++)
      layer[row * hidden + unit] = (own[row]! - mean) / Math.sqrt(variance + 1e-3) + 0.1
  }
}

function differences(loss: (lists: readonly (readonly number[])[]) => number, index: number): number[] {
  const step = 1e-6
  const at = (place: number, by: number) =>
    loss(initial.map(({ data }, each) => (each === index ? data.with(place, data[place]! + by) : data)))
  return initial[index]!.data.map((_, place) => (at(place, step) - at(place, -step)) / (2 * step))
}
