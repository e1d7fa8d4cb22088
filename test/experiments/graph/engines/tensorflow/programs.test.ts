import assert from 'node:assert/strict'
import test from 'node:test'
import {
  fetchProgram,
  type Program,
  stepsProgram,
} from '../../../../../src/experiments/graph/engines/tensorflow/programs.ts'
import { rules } from '../../../../../src/experiments/graph/engines/tensorflow/rules.ts'
import * as graph from '../../../../../src/experiments/graph/index.ts'
import { node } from '../../../../../src/experiments/graph/node.ts'
import { network } from '../networks.ts'

const { matMul, placeholder, reduceSum, relu, value, variable, zeros } = graph

test('fetchProgram', async (t) => {
  await t.test('should write every operation, each with inputs that come before it', () => {
    const x = placeholder('x', [null, 4])
    const w = variable('w', zeros([4, 4]))
    const row = variable('row', zeros([4]))
    const indices = placeholder('indices', [null], 'int32')
    const bytes = placeholder('bytes', [null, 4], 'uint8')
    const all = [
      graph.add(matMul(x, w), row),
      graph.sub(x, row),
      graph.div(graph.mul(x, 2), row),
      graph.square(graph.neg(graph.abs(graph.sign(x)))),
      graph.sqrt(graph.log(graph.exp(x))),
      graph.sigmoid(graph.tanh(graph.softplus(relu(x)))),
      graph.softmax(x),
      graph.logSoftmax(x),
      graph.cast(graph.greater(x, 0), 'float32'),
      graph.greater(graph.equal(x, x), graph.equal(row, row)),
      graph.cast(bytes, 'float32'),
      graph.oneHot(indices, 3),
      reduceSum(x, 0),
      reduceSum(x, 1, { keepDims: true }),
      graph.reduceMean(x),
      graph.reduceMax(x, 1),
      graph.argMax(x),
      graph.transpose(x),
      graph.gather(w, indices),
      graph.slice(x, [0, 1], [null, 2]),
      graph.concat([x, x]),
      graph.reshape(x, [null, 2, 2]),
      ...graph.gradients(reduceSum(graph.slice(graph.add(relu(matMul(x, w)), row), [0, 1], [null, 2])), [
        w,
        row,
      ]),
      ...graph.gradients(graph.reduceMean(matMul(x, w)), [w]),
    ]
    const program = fetchProgram(all, 5)
    assertWhole(program)
    const written = new Set(program.operations.map(({ op }) => op))
    const wanted =
      'BiasAdd Sub Mul RealDiv Neg Abs Sign Square Sqrt Log Exp Sigmoid Tanh Softplus Relu Softmax LogSoftmax Greater Equal Cast OneHot BiasAddGrad Sum Mean Max ArgMax Transpose GatherV2 Slice ConcatV2 Reshape ReluGrad Pad BroadcastTo MatMul'
    assert.deepEqual(
      wanted.split(' ').filter((op) => !written.has(op)),
      [],
    )
    assert.equal(program.outputs.length, all.length)
    assert.equal(new Set(program.outputs).size, all.length)
  })

  await t.test('should refuse an operation without a rule, and list the others', () => {
    const strange = node({ type: 'Strange' }, [], { shape: [] })
    assert.throws(() => fetchProgram([strange], 1), {
      message: `Cannot compute \`Strange\` by TensorFlow, expected ${Object.keys(rules).join(', ')}`,
    })
  })

  await t.test('should hold bytes that the binding gives back as integers', () => {
    const bytes = variable('bytes', value(Uint8Array.of(1, 2), [2]))
    const { operations, inputs, outputs } = fetchProgram([bytes], 1)
    const of = (name: string) => operations.find((each) => each.name === name)!
    assert.deepEqual(of(inputs.get(bytes)!).attributes.dtype, { type: 'int32' })
    assert.deepEqual(of(outputs[0]!).attributes.DstT, { type: 'int32' })
  })
})

test('stepsProgram', async (t) => {
  await t.test('should repeat a step in a loop, with all changing variables as its state', () => {
    const { loss } = network([6, 3, 2])
    const step = graph.gradientDescent({ learningRate: 0.1 }).minimize(loss)
    const program = stepsProgram(step, [], 4)
    assertWhole(program)
    const count = (op: string) => program.operations.filter((each) => each.op === op).length
    // The turn, the list of scalars, two matrices and two biases.
    assert.deepEqual(['Merge', 'Switch', 'NextIteration', 'Exit', 'LoopCond'].map(count), [6, 6, 6, 6, 1])
    assert.equal(program.outputs.length, 5)
    assert.ok(program.steps)
    const inLoop = program.operations.filter(({ op, inputs }) => op === 'Const' && inputs.length > 0)
    assert.ok(inLoop.length > 0)
    // Rows enter whole, and each turn takes its own.
    assert.equal(count('Slice'), 2)
  })

  await t.test('should write a ReLU gradient as one operation', () => {
    const { loss } = network([6, 3, 2])
    const step = graph.gradientDescent({ learningRate: 0.1 }).minimize(loss)
    const ops = stepsProgram(step, [], 4).operations.map(({ op }) => op)
    assert.ok(ops.includes('ReluGrad'))
    assert.ok(!ops.includes('Greater'))
  })
})

/** Checks that names are different, and that each input is one of them. */
function assertWhole({ operations, inputs, outputs }: Program): void {
  const names = new Set(operations.map(({ name }) => name))
  assert.equal(names.size, operations.length)
  const used = [...operations.flatMap((each) => each.inputs), ...inputs.values(), ...outputs]
  assert.deepEqual(
    used.map((name) => name.replace(/^\^|:\d+$/g, '')).filter((name) => !names.has(name)),
    [],
  )
}
