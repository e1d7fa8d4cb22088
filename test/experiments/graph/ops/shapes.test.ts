import assert from 'node:assert/strict'
import test from 'node:test'
import * as graph from '../../../../src/experiments/graph/index.ts'

const a = graph.placeholder('a', [null, 3])
const b = graph.placeholder('b', [2, 4])
const c = graph.placeholder('c', [4, 5, 6])
const ints = graph.placeholder('ints', [3], 'int32')
const bytes = graph.placeholder('bytes', [3], 'uint8')
const five = graph.placeholder('five', [5])

const ofFloats = {
  neg: graph.neg,
  abs: graph.abs,
  exp: graph.exp,
  log: graph.log,
  sqrt: graph.sqrt,
  square: graph.square,
  relu: graph.relu,
  sigmoid: graph.sigmoid,
  tanh: graph.tanh,
  softplus: graph.softplus,
  sign: graph.sign,
  softmax: graph.softmax,
  logSoftmax: graph.logSoftmax,
  reduceSum: graph.reduceSum,
  reduceMean: graph.reduceMean,
  reduceMax: graph.reduceMax,
  argMax: graph.argMax,
}

/** For each mistake, the call that makes it and the message that it gives. */
const mistakes: Readonly<Record<string, readonly [make: () => unknown, message: string]>> = {
  add: [() => graph.add(a, b), 'Cannot add `a` [null, 3] and `b` [2, 4], expected shapes that broadcast'],
  'add of a batch to a known size': [
    () => graph.add(a, graph.placeholder('d', [2, 3])),
    'Cannot add `a` [null, 3] and `d` [2, 3], expected shapes that broadcast',
  ],
  sub: [() => graph.sub(b, c), 'Cannot sub `b` [2, 4] and `c` [4, 5, 6], expected shapes that broadcast'],
  mul: [() => graph.mul(b, a), 'Cannot mul `b` [2, 4] and `a` [null, 3], expected shapes that broadcast'],
  div: [() => graph.div(five, a), 'Cannot div `five` [5] and `a` [null, 3], expected shapes that broadcast'],
  greater: [
    () => graph.greater(five, a),
    'Cannot compare `five` [5] and `a` [null, 3], expected shapes that broadcast',
  ],
  equal: [
    () => graph.equal(ints, bytes),
    'Cannot compare `ints` [3] and `bytes` [3], expected one dtype, found int32 and uint8',
  ],
  'add of dtypes': [
    () => graph.add(ints, ints),
    'Cannot add `ints` [3], expected float32, found int32: cast it first',
  ],
  'add of two dtypes': [
    () => graph.add(a, ints),
    'Cannot add `a` [null, 3] and `ints` [3], expected one dtype, found float32 and int32',
  ],
  matMul: [
    () => graph.matMul(a, b),
    'Cannot matMul `a` [null, 3] and `b` [2, 4], expected matrices [m, k] and [k, n]',
  ],
  'matMul of transposes': [
    () => graph.matMul(b, a, { transposeA: true, transposeB: true }),
    'Cannot matMul `b` [2, 4] and `a` [null, 3] (the first transposed, the second transposed), expected matrices [m, k] and [k, n]',
  ],
  'matMul of a cube': [
    () => graph.matMul(c, b),
    'Cannot matMul `c` [4, 5, 6] and `b` [2, 4], expected matrices [m, k] and [k, n]',
  ],
  'matMul of bytes': [
    () => graph.matMul(a, bytes),
    'Cannot matMul `bytes` [3], expected float32, found uint8: cast it first',
  ],
  'reduceSum over no axis of it': [
    () => graph.reduceSum(b, 2),
    'Cannot reduceSum `b` [2, 4], expected an axis from -2 to 1, found 2',
  ],
  'reduceMean over one of two': [
    () => graph.reduceMean(b, [0, -3]),
    'Cannot reduceMean `b` [2, 4], expected an axis from -2 to 1, found -3',
  ],
  'reduceMax over half an axis': [
    () => graph.reduceMax(b, 0.5),
    'Cannot reduceMax `b` [2, 4], expected an axis from -2 to 1, found 0.5',
  ],
  'argMax over no axis of it': [
    () => graph.argMax(b, 2),
    'Cannot argMax `b` [2, 4], expected an axis from -2 to 1, found 2',
  ],
  reshape: [
    () => graph.reshape(b, [3, 3]),
    'Cannot reshape `b` [2, 4] to [3, 3], expected a shape of as many elements',
  ],
  'reshape of the batch': [
    () => graph.reshape(a, [3, 4]),
    'Cannot reshape `a` [null, 3] to [3, 4], expected a shape of as many elements',
  ],
  broadcastTo: [
    () => graph.broadcastTo(b, [2, 2]),
    'Cannot broadcast `b` [2, 4] to [2, 2], expected axes of size 1 or equal ones',
  ],
  'broadcastTo fewer': [
    () => graph.broadcastTo(b, [1, 4]),
    'Cannot broadcast `b` [2, 4] to [1, 4], expected axes of size 1 or equal ones',
  ],
  transpose: [
    () => graph.transpose(b, [0, 0]),
    'Cannot transpose `b` [2, 4], expected each axis from 0 to 1 once, found [0, 0]',
  ],
  slice: [
    () => graph.slice(b, [1, 2], [1, 3]),
    'Cannot slice `b` [2, 4], expected begin and size inside of it, found [1, 2] and [1, 3]',
  ],
  'slice of too many axes': [
    () => graph.slice(b, [0, 0, 0], []),
    'Cannot slice `b` [2, 4], expected begin and size inside of it, found [0, 0, 0] and []',
  ],
  concat: [
    () => graph.concat([b, a], 1),
    'Cannot concat `b` [2, 4] and `a` [null, 3], expected equal dtypes and shapes but for axis 1, known there',
  ],
  'concat of the batch': [
    () => graph.concat([a, a], 0),
    'Cannot concat `a` [null, 3] and `a` [null, 3], expected equal dtypes and shapes but for axis 0, known there',
  ],
  'concat of dtypes': [
    () => graph.concat([ints, bytes]),
    'Cannot concat `ints` [3] and `bytes` [3], expected equal dtypes and shapes but for axis 0, known there',
  ],
  'concat of nothing': [() => graph.concat([]), 'Cannot concat nothing, expected at least one node'],
  gather: [
    () => graph.gather(b, a),
    'Cannot gather `b` [2, 4] at `a` [null, 3], expected rows and int32 indices, found float32',
  ],
  oneHot: [
    () => graph.oneHot(a, 3),
    'Cannot oneHot `a` [null, 3], expected int32, found float32: cast it first',
  ],
  'oneHot of no depth': [
    () => graph.oneHot(ints, 0),
    'Cannot oneHot `ints` [3], expected a whole depth above 0, found 0',
  ],
  softmaxCrossEntropyWithLogits: [
    () => graph.softmaxCrossEntropyWithLogits({ labels: b, logits: a }),
    'Cannot softmaxCrossEntropyWithLogits `b` [2, 4] and `a` [null, 3], expected labels and logits of one shape [..., classes]',
  ],
  sigmoidCrossEntropyWithLogits: [
    () => graph.sigmoidCrossEntropyWithLogits({ labels: five, logits: a }),
    'Cannot sigmoidCrossEntropyWithLogits `five` [5] and `a` [null, 3], expected labels and logits of one shape',
  ],
  batchNormalization: [
    () =>
      graph.batchNormalization(a, { scale: five, offset: five, mean: five, variance: five, training: true }),
    'Cannot batchNormalization `a` [null, 3] with `five` [5], expected [batch, features] and [features]',
  ],
  'dropout of bytes': [
    () => graph.dropout(bytes, { rate: 0.5, seed: 1 }),
    'Cannot dropout `bytes` [3], expected float32, found uint8: cast it first',
  ],
  placeholder: [
    () => graph.placeholder('p', [3, null]),
    'Cannot make placeholder `p`, expected whole numbers above 0, the first of them or null for the batch, found [3, null]',
  ],
  value: [
    () => graph.value(new Float32Array(5), [2, 3]),
    'Unexpected 5 elements, expected 6 for the shape [2, 3]',
  ],
  'gradients of a vector': [
    () => graph.gradients(five, [five]),
    'Cannot take gradients of `five` [5], expected a float32 scalar: reduce it first',
  ],
  'minimize of nothing to train': [
    () => graph.gradientDescent({ learningRate: 1 }).minimize(graph.reduceSum(a)),
    'Cannot minimize `ReduceSum` [], expected it to rest on trainable variables, found none',
  ],
}

test('operations', async (t) => {
  for (const [name, [make, message]] of Object.entries(mistakes)) {
    await t.test(`should name nodes and shapes in an error: ${name}`, () => assert.throws(make, { message }))
  }

  for (const [name, op] of Object.entries(ofFloats)) {
    await t.test(`should refuse bytes: ${name}`, () => {
      const message = `Cannot ${name} \`bytes\` [3], expected float32, found uint8: cast it first`
      assert.throws(() => op(bytes), { message })
    })
  }

  await t.test('should know the shape and dtype of what they make', () => {
    const made: readonly (readonly [graph.Node, graph.Shape, graph.DType])[] = [
      [graph.add(a, graph.placeholder('one', [4, 1, 1])), [4, null, 3], 'float32'],
      [graph.matMul(a, graph.placeholder('w', [3, 7])), [null, 7], 'float32'],
      [graph.reduceMean(c, [0, -1], { keepDims: true }), [1, 5, 1], 'float32'],
      [graph.greater(a, 0), [null, 3], 'bool'],
      [graph.argMax(a), [null], 'int32'],
      [graph.oneHot(ints, 4), [3, 4], 'float32'],
      [graph.gather(c, ints), [3, 5, 6], 'float32'],
      [graph.transpose(a), [3, null], 'float32'],
    ]
    for (const [node, shape, dtype] of made) assert.deepEqual([node.shape, node.dtype], [shape, dtype])
  })
})
