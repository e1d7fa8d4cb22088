import assert from 'node:assert/strict'
import test from 'node:test'
import type { Product } from '../../../../../src/experiments/graph/engines/onnx/product-threads.ts'
import { threadsOfEqualBits } from '../../../../../src/experiments/graph/engines/onnx/product-threads.ts'
import { openOnnx } from '../../../../../src/experiments/graph/engines/onnx/session.ts'
import {
  glorotUniform,
  matMul,
  openSession,
  placeholder,
  variable,
} from '../../../../../src/experiments/graph/index.ts'
import { seededRandom } from '../../../../../src/statistics/random.ts'

const product = (rows: number, depth: number, columns: number, isTransposed = false): Product => ({
  rows,
  columns,
  depth,
  isTransposed,
})

test('threadsOfEqualBits', async (t) => {
  await t.test(
    'should keep threads from dividing columns into pieces that are added in another order',
    () => {
      // Two threads get 80 and 64 columns of 144, and add 64 in longer pieces.
      assert.equal(threadsOfEqualBits([product(64, 1024, 144)], 8), 1)
      // Four get 80, 80, 80 and 60 of 300.
      assert.equal(threadsOfEqualBits([product(256, 784, 300)], 8), 3)
      assert.equal(threadsOfEqualBits([product(256, 784, 300), product(64, 1024, 144)], 8), 1)
    },
  )

  await t.test('should leave all threads to other products', () => {
    const others = [
      ['rows are divided', product(256, 784, 200)],
      ['the depth is one piece', product(32, 128, 100)],
      ['the left matrix is transposed', product(64, 1024, 144, true)],
      ['too little work for two threads', product(1, 500, 100)],
    ] as const
    for (const [why, one] of others) assert.equal(threadsOfEqualBits([one], 8), 8, why)
  })
})

test('products should have the same bits on any number of threads', async () => {
  for (const [rows, depth, columns] of [
    [64, 1024, 144],
    [32, 300, 100],
    [256, 784, 300],
    [100, 784, 128],
  ] as const) {
    const one = await multiplied(rows, depth, columns, 1)
    for (const threads of [2, 3, 4, 8])
      assert.deepEqual(await multiplied(rows, depth, columns, threads), one, `${rows} ${depth} ${columns}`)
  }
})

async function multiplied(rows: number, depth: number, columns: number, threads: number) {
  const random = seededRandom(1)
  const numbers = Float32Array.from({ length: rows * depth }, () => random.uniform(-1, 1))
  const left = placeholder('left', [null, depth])
  const right = variable('right', glorotUniform([depth, columns], 1))
  const session = openSession(await openOnnx({ threads }))
  try {
    return (await session.run(matMul(left, right), { left: numbers })).data
  } finally {
    await session.close()
  }
}
