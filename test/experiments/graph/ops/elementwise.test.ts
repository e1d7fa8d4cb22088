import assert from 'node:assert/strict'
import test from 'node:test'
import * as graph from '../../../../src/experiments/graph/index.ts'
import type { OpCase } from '../check-op.ts'
import { batch, checkOp, float32Of, onBoth, random } from '../check-op.ts'
import { map, softplus, zip } from '../oracle.ts'

const unary = {
  neg: [graph.neg, (x: number) => -x],
  abs: [graph.abs, Math.abs],
  exp: [graph.exp, Math.exp],
  log: [graph.log, Math.log, [0.2, 4]],
  sqrt: [graph.sqrt, Math.sqrt, [0.2, 4]],
  square: [graph.square, (x: number) => x * x],
  relu: [graph.relu, (x: number) => Math.max(x, 0)],
  sigmoid: [graph.sigmoid, (x: number) => 1 / (1 + Math.exp(-x))],
  tanh: [graph.tanh, Math.tanh],
  softplus: [graph.softplus, softplus],
} as const

const binary = {
  add: [graph.add, (a: number, b: number) => a + b],
  sub: [graph.sub, (a: number, b: number) => a - b],
  mul: [graph.mul, (a: number, b: number) => a * b],
  div: [graph.div, (a: number, b: number) => a / b],
} as const

const pairs: readonly (readonly [graph.Shape, graph.Shape])[] = [
  [[4], [4]],
  [[], []],
  [[2, 3], []],
  [[], [2, 3]],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [
    [2, 1],
    [1, 3],
  ],
  [
    [4, 1, 2],
    [3, 1],
  ],
  [[null, 4], [4]],
  [
    [1, 4],
    [null, 4],
  ],
  [
    [null, 1],
    [null, 4],
  ],
  [[1], [null]],
  [
    [2, 3, 2],
    [2, 3, 2],
  ],
]

for (const [name, [op, f, range = [-2, 2]]] of Object.entries(unary)) {
  test(name, async (t) => {
    await t.test('should give value and gradient of known and unknown shapes', () =>
      onBoth(async (session) => {
        for (const [index, shape] of ([[], [5], [2, 3], [null, 4], [null], [2, 2, 3]] as const).entries()) {
          const oracle: OpCase['oracle'] = ([x]) => map(x!, f)
          const one = {
            name: `${name} [${shape}]`,
            shapes: [shape],
            build: ([x]: readonly graph.Node[]) => op(x!),
          }
          await checkOp(session, { ...one, oracle, range }, 10 * index)
        }
      }),
    )
  })
}

for (const [name, [op, f]] of Object.entries(binary)) {
  test(name, async (t) => {
    await t.test('should broadcast, and sum the gradient over repeated elements', () =>
      onBoth(async (session) => {
        for (const [index, shapes] of pairs.entries()) {
          const build: OpCase['build'] = ([a, b]) => op(a!, b!)
          const oracle: OpCase['oracle'] = ([a, b]) => zip(a!, b!, f)
          const one = { name: `${name} [${shapes[0]}] [${shapes[1]}]`, shapes, build, oracle }
          await checkOp(session, { ...one, range: [0.5, 2.5] }, 10 * index)
        }
      }),
    )

    await t.test('should accept a number on either side, and one node twice', () =>
      onBoth(async (session) => {
        const range = [0.5, 2] as const
        for (const shape of [[3], [null, 2]] as const) {
          const shapes = [shape]
          const left = { build: ([x]: readonly graph.Node[]) => op(3, x!), oracle: one((x) => f(3, x)) }
          const right = { build: ([x]: readonly graph.Node[]) => op(x!, -4), oracle: one((x) => f(x, -4)) }
          const twice = { build: ([x]: readonly graph.Node[]) => op(x!, x!), oracle: one((x) => f(x, x)) }
          await checkOp(session, { name: `${name} 3 x`, shapes, range, ...left }, 1)
          await checkOp(session, { name: `${name} x -4`, shapes, range, ...right }, 2)
          await checkOp(session, { name: `${name} x x`, shapes, range, ...twice }, 3)
        }
      }),
    )
  })
}

function one(f: (x: number) => number): OpCase['oracle'] {
  return ([x]) => map(x!, f)
}

test('sign, greater, equal, cast', async (t) => {
  const x = graph.constant([-2, -0.5, 0, 0.5, 2])
  const bytes = graph.placeholder('bytes', [null], 'uint8')

  await t.test('should compare, also with other shapes and dtypes', () =>
    onBoth(async (session) => {
      const found = await session.run(
        {
          sign: graph.sign(x),
          greater: graph.greater(x, 0),
          equal: graph.equal(x, 0.5),
          scaled: graph.greater(graph.mul(x, -2), x),
          outer: graph.greater(graph.reshape(x, [5, 1]), x),
          rows: graph.equal(
            graph.constant(float32Of({ shape: [2, 2], data: [1, 2, 3, 3] })),
            columnOf([2, 3]),
          ),
          bytes: graph.greater(bytes, 7),
          ints: graph.equal(graph.constant([1, 2], 'int32'), graph.constant([1, 3], 'int32')),
        },
        { bytes: Uint8Array.of(0, 7, 8, 255) },
      )
      assert.deepEqual([...found.sign.data], [-1, -1, 0, 1, 1])
      assert.deepEqual([...found.greater.data], [0, 0, 0, 1, 1])
      assert.equal(found.greater.dtype, 'bool')
      assert.deepEqual([...found.equal.data], [0, 0, 0, 1, 0])
      assert.deepEqual([...found.scaled.data], [1, 1, 0, 0, 0])
      assert.deepEqual(
        [...found.outer.data],
        [0, 1, 2, 3, 4].flatMap((row) => [0, 1, 2, 3, 4].map((column) => Number(row > column))),
      )
      assert.deepEqual([...found.rows.data], [0, 1, 1, 1])
      assert.deepEqual([...found.bytes.data], [0, 0, 1, 1])
      assert.deepEqual([...found.ints.data], [1, 0])
    }),
  )

  await t.test('should give the sign of infinite numbers, and NaN for that of NaN', () =>
    onBoth(async (session) => {
      const { NaN: no, NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number
      const { data } = await session.run(graph.sign(graph.constant([no, least, most, -0])))
      assert.deepEqual(
        [...data].map((each) => each + 0),
        [no, -1, 1, 0],
      )
    }),
  )

  await t.test('should truncate fractions, and give the requested dtype', () =>
    onBoth(async (session) => {
      const found = await session.run(
        {
          int: graph.cast(graph.mul(x, 1.5), 'int32'),
          float: graph.cast(bytes, 'float32'),
          bool: graph.cast(graph.greater(x, 0), 'float32'),
          index: graph.cast(bytes, 'int32'),
        },
        { bytes: Uint8Array.of(0, 200) },
      )
      assert.deepEqual(
        [...found.int.data].map((each) => each + 0),
        [-3, 0, 0, 0, 3],
      )
      assert.ok(found.int.data instanceof Int32Array)
      assert.deepEqual(found.float.data, Float32Array.of(0, 200))
      assert.deepEqual(found.bool.data, Float32Array.of(0, 0, 0, 1, 1))
      assert.deepEqual(found.index.data, Int32Array.of(0, 200))
    }),
  )

  await t.test('should give true for all numbers except 0', () =>
    onBoth(async (session) => {
      for (const list of [
        graph.constant([-1.5, 300.7, 0.5, 0, 256]),
        graph.constant([-1, 300, 2, 0, 256], 'int32'),
      ]) {
        const found = await session.run(graph.cast(list, 'bool'))
        assert.deepEqual(found.data, Uint8Array.of(1, 1, 1, 0, 1))
      }
    }),
  )

  await t.test('should stop the gradient', () => {
    const weights = graph.variable('weights', float32Of(random([batch], 1)))
    for (const node of [graph.sign(weights), graph.cast(graph.greater(weights, 0), 'float32')]) {
      const message =
        /^Cannot take the gradient of `ReduceSum` \[\] by `weights` \[3\], expected the loss to depend/
      assert.throws(() => graph.gradients(graph.reduceSum(node), [weights]), { message })
    }
  })

  await t.test('should define the derivatives of abs and relu at 0 as 0', () =>
    onBoth(async (session) => {
      const zero = graph.variable('zero', graph.zeros([1]))
      for (const op of [graph.abs, graph.relu]) {
        const [slope] = graph.gradients(graph.reduceSum(op(zero)), [zero])
        assert.equal((await session.run(slope!)).data[0]! + 0, 0)
      }
    }),
  )
})

function columnOf(list: readonly number[]): graph.Node {
  return graph.reshape(graph.constant(list), [list.length, 1])
}
