import test from 'node:test'
import type { Shape } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  constant,
  div,
  matMul,
  mul,
  neg,
  reduceSum,
  sub,
} from '../../../../src/experiments/graph/index.ts'
import type { OpCase } from '../check-op.ts'
import { checkOp, float32Of, onBoth, random } from '../check-op.ts'
import { matMul as product, reduce, sum, zip } from '../oracle.ts'

const sizes = [
  [2, 3, 4],
  [1, 1, 1],
  [5, 1, 2],
  [1, 6, 3],
] as const
const transposes = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB) => ({ transposeA, transposeB })),
)

test('matMul', async (t) => {
  await t.test('should give product and gradients in all four transpositions', () =>
    onBoth(async (session) => {
      for (const [index, [m, k, n]] of sizes.entries()) {
        for (const options of transposes) {
          const shapes = [options.transposeA ? [k, m] : [m, k], options.transposeB ? [n, k] : [k, n]]
          await checkOp(session, productCase(shapes, options), 10 * index)
        }
      }
    }),
  )

  await t.test('should accept an unknown batch on either side', () =>
    onBoth(async (session) => {
      const shapes: readonly (readonly [Shape, Shape, (typeof transposes)[number]])[] = [
        [[null, 4], [4, 2], { transposeA: false, transposeB: false }],
        [[null, 4], [2, 4], { transposeA: false, transposeB: true }],
        [[null, 4], [null, 2], { transposeA: true, transposeB: false }],
        [[4, 2], [null, 2], { transposeA: false, transposeB: true }],
      ]
      for (const [a, b, options] of shapes) await checkOp(session, productCase([a, b], options), 7)
    }),
  )

  // Engines may fuse a product with its factors and with added terms.
  await t.test('should be correct with factors and sums around it', () =>
    onBoth(async (session) => {
      const fused: Readonly<Record<string, Pick<OpCase, 'build' | 'oracle'>>> = {
        'c - 3 a b / 2': {
          build: ([a, b, c]) => sub(c!, div(mul(matMul(a!, b!), 3), 2)),
          oracle: ([a, b, c]) => zip(c!, product(a!, b!), (x, y) => x - 1.5 * y),
        },
        'a b - 2 c': {
          build: ([a, b, c]) => sub(matMul(a!, b!), mul(c!, 2)),
          oracle: ([a, b, c]) => zip(product(a!, b!), c!, (x, y) => x - 2 * y),
        },
        '-(a b) + 2 c': {
          build: ([a, b, c]) => add(neg(matMul(a!, b!)), mul(c!, 2)),
          oracle: ([a, b, c]) => zip(product(a!, b!), c!, (x, y) => 2 * y - x),
        },
        'a b - a b / 4 + c': {
          build([a, b, c]) {
            const ab = matMul(a!, b!)
            return add(sub(ab, div(ab, 4)), c!)
          },
          oracle: ([a, b, c]) => zip(product(a!, b!), c!, (x, y) => 0.75 * x + y),
        },
        '(a b) c - sum of rows': {
          build: ([a, b, c]) => sub(mul(matMul(a!, b!), c!), mul(reduceSum(matMul(a!, b!), 0), 0.5)),
          oracle([a, b, c]) {
            const ab = product(a!, b!)
            return zip(
              zip(ab, c!, (x, y) => x * y),
              reduce(ab, sum, { axes: [0] }),
              (x, y) => x - y / 2,
            )
          },
        },
        '0 (a b) + c': {
          build: ([a, b, c]) => add(mul(matMul(a!, b!), 0), c!),
          oracle: ([a, b, c]) => zip(product(a!, b!), c!, (_, y) => y),
        },
      }
      for (const [name, one] of Object.entries(fused))
        for (const shape of [[3], [2, 3], [], [2, 1]])
          await checkOp(session, { name: `${name} [${shape}]`, shapes: [[2, 4], [4, 3], shape], ...one }, 3)
    }),
  )

  await t.test('should broadcast a product to a sum of more dimensions', () =>
    onBoth(async (session) => {
      const c = random([2, 2, 3], 5)
      const one: OpCase = {
        name: 'a b + c [2, 2, 3]',
        shapes: [
          [2, 4],
          [4, 3],
        ],
        build: ([a, b]) => add(matMul(a!, b!), constant(float32Of(c))),
        oracle: ([a, b]) => zip(product(a!, b!), c, (x, y) => x + y),
      }
      await checkOp(session, one, 4)
    }),
  )
})

function productCase(shapes: readonly Shape[], options: (typeof transposes)[number]): OpCase {
  return {
    name: `matMul [${shapes[0]}] [${shapes[1]}] ${JSON.stringify(options)}`,
    shapes,
    build: ([a, b]) => matMul(a!, b!, options),
    oracle: ([a, b]) => product(a!, b!, options),
  }
}
