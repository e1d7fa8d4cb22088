import assert from 'node:assert/strict'
import test from 'node:test'
import { Builder } from '../../../../../src/experiments/graph/engines/onnx/builder.ts'
import type { ChainTask } from '../../../../../src/experiments/graph/engines/onnx/helpers.ts'
import { Helper } from '../../../../../src/experiments/graph/engines/onnx/helpers.ts'
import { openOnnx } from '../../../../../src/experiments/graph/engines/onnx/session.ts'
import { sharesOf } from '../../../../../src/experiments/graph/engines/onnx/shares.ts'
import { chainsOf } from '../../../../../src/experiments/graph/engines/onnx/split-programs.ts'
import type { Epoch } from '../../../../../src/experiments/graph/index.ts'
import {
  adam,
  add,
  argMax,
  cast,
  dropout,
  equal,
  glorotUniform,
  matMul,
  oneHot,
  openSession,
  placeholder,
  reduceMean,
  relu,
  softmaxCrossEntropyWithLogits,
  variable,
  zeros,
} from '../../../../../src/experiments/graph/index.ts'
import { seededRandom } from '../../../../../src/statistics/random.ts'

const [features, hidden, classes] = [6, 9, 3]

interface Training {
  readonly rows: number
  readonly batchSize?: number
  readonly shuffleSeed?: number
  /** Changes these pixels in place after the first epoch. */
  readonly changed?: { readonly from: number; readonly to: number }
}

const trainings: Readonly<Record<string, Training>> = {
  'all rows at once': { rows: 5000 },
  'chains of different lengths': { rows: 4500 },
  'several large batches and a small one': { rows: 10_200, batchSize: 5000 },
  'large shuffled batches': { rows: 10_000, batchSize: 5000, shuffleSeed: 3 },
  'rows that change in place between epochs': { rows: 5000, changed: { from: 0, to: 30_000 } },
  'a single row that changes': { rows: 5000, changed: { from: 29_994, to: 30_000 } },
}

test('a large batch on several threads', async (t) => {
  for (const [name, training] of Object.entries(trainings)) {
    await t.test(`should give the same bits on any number of threads: ${name}`, async () => {
      const one = await train(1, training)
      for (const threads of [2, 4]) assert.deepEqual(await train(threads, training), one, `${threads}`)
    })
  }

  await t.test('should notice what changes in place', async () => {
    const still = await train(2, { rows: 5000 })
    const changed = await train(2, { rows: 5000, changed: { from: 29_994, to: 30_000 } })
    assert.equal(changed.losses[0], still.losses[0])
    assert.notEqual(changed.losses[1], still.losses[1])
  })
})

test('Helper', async (t) => {
  await t.test('should report why a task fails, do the next one, and end with those that wait', async () => {
    const helper = new Helper()
    await assert.rejects(helper.addUp(taskOf('Unknown')), /Unknown/)
    assert.deepEqual(await helper.addUp(taskOf('Neg')), [Float32Array.of(-1, -2)])
    const waiting = helper.addUp(taskOf('Neg'))
    await Promise.all([assert.rejects(waiting, /Unexpected end of a thread/), helper.close()])
    await assert.rejects(helper.addUp(taskOf('Neg')), /Unexpected end of a thread/)
  })

  await t.test('should do as well what it had to forget in between', async () => {
    const helper = new Helper()
    await assert.rejects(helper.addUp(taskOf('Unknown')), /Unknown/)
    const tasks = Array.from({ length: 12 }, () => taskOf('Neg'))
    for (const task of [...tasks, ...tasks])
      assert.deepEqual(await helper.addUp(task), [Float32Array.of(-1, -2)])
    await helper.close()
  })
})

test('chainsOf', async (t) => {
  await t.test('should give chains of nearly one length, their count a power of two', () => {
    assert.deepEqual([1, 2, 3, 4, 9, 24].map(chainsOf), [
      [1],
      [1, 1],
      [1, 2],
      [1, 1, 1, 1],
      [2, 2, 2, 3],
      [6, 6, 6, 6],
    ])
  })
})

test('sharesOf', async (t) => {
  await t.test('should be a power of two, at most the threads and the chains', () => {
    const found = [
      [1, 4],
      [2, 4],
      [3, 4],
      [16, 4],
      [16, 2],
      [2, 1],
    ].map(([threads, chains]) => sharesOf(threads!, chains!))
    assert.deepEqual(found, [1, 2, 2, 4, 2, 1])
  })
})

async function train(threads: number, { rows, batchSize, shuffleSeed, changed }: Training) {
  const session = openSession(await openOnnx({ threads }))
  try {
    const { step, accuracy, data } = network(rows)
    const epochs: Epoch[] = await session.train(step, {
      data,
      epochs: 2,
      metrics: { accuracy },
      ...(batchSize === undefined ? {} : { batchSize }),
      ...(shuffleSeed === undefined ? {} : { shuffleSeed }),
      onEpoch({ epoch }) {
        if (!changed || epoch !== 1) return
        for (let at = changed.from; at < changed.to; at++) data.pixels[at] = 255 - data.pixels[at]!
      },
    })
    const variables = await Promise.all(step.updates.map(([each]) => session.read(each)))
    return {
      losses: epochs.map(({ loss }) => loss),
      accuracies: epochs.map(({ metrics }) => metrics.accuracy),
      variables: variables.map((each) => each.data),
    }
  } finally {
    await session.close()
  }
}

function network(rows: number) {
  const [pixels, labels] = [
    placeholder('pixels', [null, features], 'uint8'),
    placeholder('labels', [null], 'int32'),
  ]
  const first = variable('first', glorotUniform([features, hidden], 1))
  const second = variable('second', glorotUniform([hidden, classes], 2))
  const layer = relu(add(matMul(cast(pixels, 'float32'), first), variable('offset', zeros([hidden]))))
  const logits = matMul(dropout(layer, { rate: 0.3, seed: 4 }), second)
  const loss = reduceMean(softmaxCrossEntropyWithLogits({ labels: oneHot(labels, classes), logits }))
  const accuracy = reduceMean(cast(equal(argMax(logits), labels), 'float32'))
  const random = seededRandom(5)
  const data = {
    pixels: Uint8Array.from({ length: rows * features }, () => random.below(256)),
    labels: Int32Array.from({ length: rows }, () => random.below(classes)),
  }
  return { step: adam({ learningRate: 0.01 }).minimize(loss), accuracy, data }
}

/** Gives a task that applies an operation to the numbers 1 and 2. */
function taskOf(type: string): ChainTask {
  const builder = new Builder()
  const port = { name: 'x', type: 'float32', shape: [2] } as const
  const output = { ...port, name: builder.add(type, ['x']) }
  const graph = builder.whole([port], [output])
  const program = {
    graph,
    split: { part: 2, chains: [1] },
    fixed: new Map(),
    rows: new Map(),
    masks: new Map(),
  }
  const rows = { x: { type: 'float32', data: Float32Array.of(1, 2), shape: [2] } } as const
  return { program, options: {}, data: rows, rowsKey: 0, rows, fed: {} }
}
