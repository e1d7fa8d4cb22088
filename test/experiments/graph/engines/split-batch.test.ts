import assert from 'node:assert/strict'
import test from 'node:test'
import { splitBatch } from '../../../../src/experiments/graph/engines/split-batch.ts'
import type { Node } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  batchNormalization,
  broadcastTo,
  concat,
  constant,
  div,
  dropout,
  gather,
  gradientDescent,
  matMul,
  mul,
  placeholder,
  reduceMax,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  slice,
  softmax,
  softmaxCrossEntropyWithLogits,
  square,
  sub,
  transpose,
  variable,
  zeros,
} from '../../../../src/experiments/graph/index.ts'

const x = placeholder('x', [null, 3])
const labels = placeholder('labels', [null, 2])
const weights = variable('weights', zeros([3, 2]))
const rate = placeholder('rate', [])
const column = placeholder('column', [null, 1])
const ones = broadcastTo(constant(1), [null])

test('splitBatch', async (t) => {
  await t.test('should find where a training step sums over the batch', () => {
    const losses = softmaxCrossEntropyWithLogits({ labels, logits: matMul(x, weights) })
    const loss = add(reduceMean(losses), mul(reduceSum(square(weights)), 0.01))
    const { updates } = gradientDescent({ learningRate: rate }).minimize(loss)
    const sums = splitBatch([loss, ...updates.map(([, next]) => next)])!
    assert.deepEqual(sums.map(({ op }) => op.type).sort(), ['MatMul', 'ReduceMean'])
    assert.ok(sums.some((node) => node.inputs[0] === losses))
  })

  const splits: Readonly<Record<string, Node>> = {
    'a sum over all': reduceSum(x),
    'a mean over the batch': reduceMean(x, 0, { keepDims: true }),
    'of a row-wise maximum': reduceMean(reduceMax(x, 1)),
    'of rows joined, cut and turned inside': reduceSum(
      reshape(slice(concat([x, labels], 1), [0, 1], [null, 2]), [null, 2]),
    ),
    'of dropout': reduceMean(dropout(relu(x), { rate: 0.5, seed: 1 })),
    'of probabilities': reduceMean(softmax(matMul(x, weights))),
    'of rows taken from a table': reduceSum(gather(weights, placeholder('at', [null], 'int32'))),
    'of a product of rows': reduceSum(matMul(x, labels, { transposeA: true })),
    'of ones': div(reduceSum(x), reduceSum(ones)),
  }
  for (const [name, root] of Object.entries(splits))
    await t.test(`should split a sum: ${name}`, () => assert.notEqual(splitBatch([root]), undefined))

  const statistics = { scale: variable('s', zeros([3])), offset: variable('o', zeros([3])) }
  const moving = { mean: variable('m', zeros([3])), variance: variable('v', zeros([3])) }
  const whole: Readonly<Record<string, readonly Node[]>> = {
    'a row rests on a sum over the batch': [reduceMean(square(sub(x, reduceMean(x, 0))))],
    'batch normalization': [
      reduceMean(batchNormalization(x, { ...statistics, ...moving, training: true }).output),
    ],
    'a root has rows itself': [reduceMean(x), x],
    'a maximum over the batch': [reduceMax(x)],
    'rows of rows': [reduceMean(matMul(x, x, { transposeB: true }))],
    'columns of the batch': [reduceSum(transpose(x))],
    'a part of the batch': [reduceSum(slice(x, [0, 0], [2, 3]))],
    'probabilities along the batch': [reduceSum(softmax(placeholder('y', [null])))],
    'each row with each': [reduceMean(square(sub(column, reshape(column, [null]))))],
    'rows over their number, counted': [reduceSum(div(column, reduceSum(ones)))],
  }
  for (const [name, roots] of Object.entries(whole))
    await t.test(`should split nothing where rows mix: ${name}`, () =>
      assert.equal(splitBatch(roots), undefined),
    )
})
