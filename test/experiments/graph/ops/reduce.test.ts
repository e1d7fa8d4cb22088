import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node, Shape } from '../../../../src/experiments/graph/index.ts'
import {
  argMax,
  constant,
  div,
  gradients,
  matMul,
  mul,
  neg,
  reduceMax,
  reduceMean,
  reduceSum,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import { checkOp, float32Of, onBoth } from '../check-op.ts'
import { greatest, map, mean, matMul as product, reduce, sum } from '../oracle.ts'

const cases: readonly (readonly [shape: Shape, axis?: number | readonly number[]])[] = [
  [[5]],
  [[2, 3]],
  [[2, 3], 0],
  [[2, 3], 1],
  [[2, 3], -1],
  [[2, 3], []],
  [[], []],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4],
    [-1, 1],
  ],
  [[2, 3, 4], 0],
  [[null, 4]],
  [[null, 4], 0],
  [[null, 4], 1],
  [[null], 0],
  [
    [null, 2, 3],
    [0, 1],
  ],
]
const reductions = {
  reduceSum: [reduceSum, sum],
  reduceMean: [reduceMean, mean],
  reduceMax: [reduceMax, greatest],
} as const

for (const [name, [op, f]] of Object.entries(reductions)) {
  test(name, async (t) => {
    await t.test('should reduce one axis, several or all, and keep them on request', () =>
      onBoth(async (session) => {
        for (const [index, [shape, axis]] of cases.entries()) {
          for (const keepDims of [false, true]) {
            const axes =
              axis === undefined
                ? undefined
                : [axis].flat().map((each) => (each < 0 ? each + shape.length : each))
            const one = {
              name: `${name} [${shape}] over [${axis}]${keepDims ? ' kept' : ''}`,
              shapes: [shape],
              build: ([x]: readonly Node[]) => op(x!, axis, { keepDims }),
            }
            await checkOp(
              session,
              { ...one, oracle: ([x]) => reduce(x!, f, { ...(axes ? { axes } : {}), keepDims }) },
              index,
            )
          }
        }
      }),
    )
  })
}

test('reduceMean', async (t) => {
  // Engines may keep factors apart and combine them with a product.
  await t.test('should be correct among products and factors', () =>
    onBoth(async (session) => {
      const build = ([a, b]: readonly Node[]) => neg(div(reduceMean(mul(matMul(a!, b!), 3), 0), 4))
      await checkOp(
        session,
        {
          name: '-mean(3 a b) / 4',
          shapes: [
            [null, 4],
            [4, 2],
          ],
          build,
          oracle: ([a, b]) => map(reduce(product(a!, b!), mean, { axes: [0] }), (x) => (-3 * x) / 4),
        },
        5,
      )
    }),
  )
})

test('reduceMax', async (t) => {
  await t.test('should share the gradient among equal largest elements', () =>
    onBoth(async (session) => {
      const x = variable('x', float32Of({ shape: [2, 3], data: [1, 4, 4, 2, 2, 2] }))
      const [slope] = gradients(reduceSum(mul(reduceMax(x, 1), constant([6, 3]))), [x])
      assert.deepEqual((await session.run(slope!)).data, Float32Array.of(0, 3, 3, 1, 1, 1))
    }),
  )

  await t.test('should give NaN for a set with NaN, wherever it is, and pass NaN on in its gradient', () =>
    onBoth(async (session) => {
      const { NaN: no, NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number
      const data = [1, no, 3, no, 2, 1, -1, -2, least, most, least, 0]
      const x = variable('x', float32Of({ shape: [4, 3], data }))
      const [slope] = gradients(reduceSum(reduceMax(x, 1)), [x])
      const found = await session.run([
        reduceMax(x, 1),
        reduceMax(x, 0, { keepDims: true }),
        reduceMax(x),
        slope!,
      ])
      assert.deepEqual(
        found.map((each) => [...each.data]),
        [[no, no, -1, most], [no, no, 3], [no], [no, no, no, no, no, no, 1, 0, 0, 1, 0, 0]],
      )
      // Loops over several elements at once must not lose it either.
      const row = Array<number>(40).fill(1)
      for (const place of row.keys()) {
        const data = row.map((each, at) => (at === place ? no : each))
        const wide = constant(float32Of({ shape: [1, 40], data }))
        assert.deepEqual([...(await session.run(reduceMax(wide))).data], [no], `NaN at ${place}`)
      }
      assert.deepEqual(
        [...(await session.run(reduceMax(constant([-0, -0])))).data].map((each) => 1 / each),
        [least],
      )
    }),
  )
})

test('argMax', async (t) => {
  await t.test('should give the index of the first largest element along an axis, as int32', () =>
    onBoth(async (session) => {
      const x = constant(float32Of({ shape: [2, 3], data: [1, 7, 7, 9, 0, -9] }))
      const found = await session.run([
        argMax(x),
        argMax(x, 0),
        argMax(constant([3, 3])),
        argMax(mul(x, -1), 1),
      ])
      assert.deepEqual(
        found.map(({ data, shape }) => [[...data], shape]),
        [
          [[1, 0], [2]],
          [[1, 0, 0], [3]],
          [[0], []],
          [[0, 2], [2]],
        ],
      )
      assert.ok(found[0]!.data instanceof Int32Array)
    }),
  )
})
