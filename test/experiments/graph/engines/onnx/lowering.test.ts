import assert from 'node:assert/strict'
import test from 'node:test'
import { paysToTranspose } from '../../../../../src/experiments/graph/engines/onnx/lowering.ts'
import type { Graph } from '../../../../../src/experiments/graph/engines/onnx/model.ts'
import { stepsProgram } from '../../../../../src/experiments/graph/engines/onnx/programs.ts'
import { gradientDescent } from '../../../../../src/experiments/graph/index.ts'
import { network } from '../networks.ts'

const skip = process.arch === 'x64' ? false : 'only x64 transposes first'

test('paysToTranspose', { skip }, async (t) => {
  await t.test('should want rows, columns in blocks and a result of more than 128 columns', () => {
    const found = [
      [250, 784, 300],
      [250, 784, 129],
      [250, 784, 128],
      [250, 300, 129],
      [250, 300, 257],
      [64, 784, 300],
      [63, 784, 300],
      [250, 1, 300],
    ].map(([rows, columns, outputs]) => paysToTranspose([rows!, columns!], [columns!, outputs!]))
    assert.deepEqual(found, [true, true, false, false, true, true, false, false])
  })
})

test('a program of steps', { skip }, async (t) => {
  await t.test('should transpose the inputs of a wide layer first if it has one thread', () => {
    const typesOf = (hasOneThread: boolean) => {
      const step = gradientDescent({ learningRate: 0.1 }).minimize(network([784, 144, 10]).loss)
      return types(stepsProgram({ step, metrics: [], batchSize: 250, hasOrder: false, hasOneThread }).graph)
    }
    const count = (all: readonly string[]) => all.filter((type) => type === 'Transpose').length
    assert.equal(count(typesOf(true)), 1)
    assert.equal(count(typesOf(false)), 0)
  })
})

/** Gives the types of all operations, with those of nested graphs. */
function types({ operations }: Graph): string[] {
  return operations.flatMap(({ type, attributes }) => [
    type,
    ...Object.values(attributes).flatMap((value) => ('graph' in value ? types(value.graph) : [])),
  ])
}
