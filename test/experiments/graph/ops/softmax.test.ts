import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node } from '../../../../src/experiments/graph/index.ts'
import {
  constant,
  gradients,
  logSoftmax,
  placeholder,
  reduceMean,
  sigmoidCrossEntropyWithLogits,
  softmax,
  softmaxCrossEntropyWithLogits,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import type { OpCase } from '../check-op.ts'
import { assertClose, checkOp, float32Of, onBoth, valueTolerance } from '../check-op.ts'
import * as oracle from '../oracle.ts'

const shapes = [[4], [2, 3], [2, 2, 3], [null, 5], [null, 1], [null, 2, 3]] as const
const logits = variable('logits', float32Of({ shape: [2, 3], data: [1000, -1000, 0, -1000, 1000, 1000] }))

test('softmax', async (t) => {
  await t.test('should give probabilities along the last axis, and their gradient', () =>
    onBoth((session) => checkAll(session, softmax, (x) => oracle.map(oracle.logSoftmax(x!), Math.exp))),
  )

  await t.test('should not overflow', () =>
    onBoth(async (session) => {
      assert.deepEqual([...(await session.run(softmax(logits))).data], [1, 0, 0, 0, 0.5, 0.5])
    }),
  )
})

test('logSoftmax', async (t) => {
  await t.test('should give logarithms of probabilities along the last axis, and their gradient', () =>
    onBoth((session) => checkAll(session, logSoftmax, oracle.logSoftmax)),
  )

  await t.test('should not overflow', () =>
    onBoth(async (session) => {
      const { data } = await session.run(logSoftmax(logits))
      const half = -Math.log(2)
      assertClose(data, [0, -2000, -1000, -2000 + half, half, half], valueTolerance, 'logSoftmax')
    }),
  )
})

test('softmaxCrossEntropyWithLogits', async (t) => {
  await t.test('should give -sum(y log softmax(z)) and softmax(z) - y', () =>
    onBoth(async (session) => {
      for (const [index, shape] of ([[3], [2, 3], [null, 4], [null, 2, 3]] as const).entries()) {
        const y = distributions(shape.map((each) => each ?? 3))
        await checkOp(
          session,
          {
            name: `softmaxCrossEntropyWithLogits [${shape}]`,
            shapes: [shape],
            feeds: { labels: y },
            build: ([z]) =>
              softmaxCrossEntropyWithLogits({ labels: placeholder('labels', shape), logits: z! }),
            oracle: ([z]) => {
              const products = oracle.zip(y, oracle.logSoftmax(z!), (label, log) => -label * log)
              return oracle.reduce(products, oracle.sum, { axes: [shape.length - 1] })
            },
          },
          index,
        )
      }
    }),
  )

  await t.test('should be finite for logits of +-1000, with the gradient softmax(z) - y', () =>
    onBoth(async (session) => {
      const labels = constant(float32Of({ shape: [2, 3], data: [0, 1, 0, 1, 0, 0] }))
      const losses = softmaxCrossEntropyWithLogits({ labels, logits })
      const [slope] = gradients(reduceMean(losses), [logits])
      const found = await session.run([losses, slope!])
      assertClose(found[0]!.data, [2000, 2000 + Math.log(2)], valueTolerance, 'losses')
      assertClose(found[1]!.data, [0.5, -0.5, 0, -0.5, 0.25, 0.25], valueTolerance, 'gradient')
    }),
  )
})

test('sigmoidCrossEntropyWithLogits', async (t) => {
  await t.test('should give log(1 + exp(z)) - z y and sigmoid(z) - y', () =>
    onBoth(async (session) => {
      for (const [index, shape] of ([[], [4], [2, 3], [null, 1], [null]] as const).entries()) {
        const y = oracle.numbers(
          shape.map((each) => each ?? 3),
          (position) => [0, 1, 0.3][oracle.sum(position) % 3]!,
        )
        await checkOp(
          session,
          {
            name: `sigmoidCrossEntropyWithLogits [${shape}]`,
            shapes: [shape],
            feeds: { labels: y },
            build: ([z]) =>
              sigmoidCrossEntropyWithLogits({ labels: placeholder('labels', shape), logits: z! }),
            oracle: ([z]) => oracle.zip(z!, y, (logit, label) => oracle.softplus(logit) - logit * label),
          },
          index,
        )
      }
    }),
  )

  await t.test('should be finite for logits of +-1000, with the gradient sigmoid(z) - y', () =>
    onBoth(async (session) => {
      const z = variable('z', float32Of({ shape: [4], data: [1000, 1000, -1000, -1000] }))
      const losses = sigmoidCrossEntropyWithLogits({ labels: constant([1, 0, 1, 0]), logits: z })
      const [slope] = gradients(reduceMean(losses), [z])
      const found = await session.run([losses, slope!])
      assert.deepEqual(
        [...found[0]!.data].map((each) => each + 0),
        [0, 1000, 1000, 0],
      )
      assert.deepEqual(
        [...found[1]!.data].map((each) => each + 0),
        [0, 0.25, -0.25, 0],
      )
    }),
  )
})

test('both cross entropies', async (t) => {
  await t.test('should give no gradient to the labels', () => {
    const labels = variable('labels', float32Of({ shape: [2, 3], data: [1, 0, 0, 0, 1, 0] }))
    for (const op of [softmaxCrossEntropyWithLogits, sigmoidCrossEntropyWithLogits]) {
      const loss = reduceMean(op({ labels, logits: placeholder('z', [2, 3]) }))
      assert.throws(
        () => gradients(loss, [labels]),
        /^Error: Cannot take the gradient of .* by `labels` \[2, 3\]/,
      )
    }
  })
})

async function checkAll(
  session: Parameters<typeof checkOp>[0],
  op: (x: Node) => Node,
  f: (x: oracle.Numbers) => oracle.Numbers,
): Promise<void> {
  for (const [index, shape] of shapes.entries()) {
    const one: OpCase = {
      name: `[${shape}]`,
      shapes: [shape],
      build: ([x]) => op(x!),
      oracle: ([x]) => f(x!),
    }
    await checkOp(session, { ...one, range: [-5, 5] }, index)
  }
}

function distributions(shape: readonly number[]): oracle.Numbers {
  const draws = oracle.map(
    oracle.numbers(shape, (position) => Math.sin(oracle.sum(position) + 1)),
    Math.exp,
  )
  const totals = oracle.reduce(draws, oracle.sum, { axes: [shape.length - 1], keepDims: true })
  return oracle.map(
    oracle.zip(draws, totals, (each, total) => each / total),
    Math.fround,
  )
}
