import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node } from '../../../src/experiments/graph/index.ts'
import {
  add,
  constant,
  exp,
  gradientDescent,
  gradients,
  matMul,
  mul,
  placeholder,
  reduceMean,
  reduceSum,
  relu,
  sub,
  tanh,
  variable,
  zeros,
} from '../../../src/experiments/graph/index.ts'
import { inOrder } from '../../../src/experiments/graph/node.ts'
import { withGradient } from '../../../src/experiments/graph/ops/with-gradient.ts'
import { checkOp, float32Of, onBoth } from './check-op.ts'
import { map, reduce, sum } from './oracle.ts'

test('gradients', async (t) => {
  await t.test('should take the gradient of a shared part once', () => {
    // 40 doublings: one node per path would give 2^40 nodes.
    const x = variable('x', zeros([]))
    let y: Node = x
    for (let time = 0; time < 40; time++) y = add(y, y)
    const [slope] = gradients(y, [x])
    assert.ok(countNew([slope!], [y]) <= 41, `made ${countNew([slope!], [y])} nodes`)
  })

  await t.test('should sum the gradients of several paths before it continues', () => {
    const x = variable('x', zeros([2]))
    const shared = exp(x)
    const one = gradients(reduceSum(shared), [x])
    const two = gradients(reduceSum(add(shared, tanh(shared))), [x])
    const exps = (slopes: readonly Node[]) =>
      inOrder(slopes).filter(({ op, inputs }) => op.type === 'Mul' && inputs.includes(shared)).length
    assert.equal(exps(one), 1)
    assert.equal(exps(two), 1)
  })

  await t.test('should give the value for a shared part: d/dx sum(u + u u + u tanh(x)), u = exp(x)', () =>
    onBoth((session) =>
      checkOp(
        session,
        {
          name: 'shared',
          shapes: [[3]],
          build([x]) {
            const u = exp(x!)
            return reduceSum(add(add(u, mul(u, u)), mul(u, tanh(x!))))
          },
          oracle: ([x]) =>
            reduce(
              map(x!, (each) => Math.exp(each) + Math.exp(2 * each) + Math.exp(each) * Math.tanh(each)),
              sum,
            ),
        },
        3,
      ),
    ),
  )

  await t.test('should build nothing for inputs that depend on no variable', () => {
    const x = placeholder('x', [null, 3])
    const weights = variable('weights', zeros([3, 2]))
    const loss = reduceMean(matMul(x, weights))
    const added = inOrder(gradients(loss, [weights])).filter((node) => !inOrder([loss]).includes(node))
    // A gradient by x would be a product with the transposed weights.
    assert.equal(added.filter(({ op }) => op.type === 'MatMul').length, 1)
    assert.ok(added.every(({ inputs }) => !inputs.includes(weights)))
    const refused = withGradient(matMul(x, weights), x, () => assert.fail('asked for the gradient by x'))
    assert.throws(() => gradients(reduceMean(refused), [weights]), /expected the loss to depend on it/)
    // It also builds nothing for a second variable that is not requested.
    const bias = variable('bias', zeros([2]))
    const both = reduceMean(relu(add(matMul(x, weights), bias)))
    const [byBias] = gradients(both, [bias])
    assert.ok(inOrder([byBias!]).filter(({ op }) => op.type === 'MatMul').length === 1)
  })

  await t.test('should give one for each requested variable, in their order, also for the loss itself', () =>
    onBoth(async (session) => {
      const [a, b] = [
        variable('a', float32Of({ shape: [], data: [2] })),
        variable('b', float32Of({ shape: [], data: [3] })),
      ]
      const found = await session.run(gradients(mul(a, b), [b, a, b]))
      assert.deepEqual(
        found.map(({ data }) => data[0]),
        [2, 3, 2],
      )
      const [own] = await session.run(gradients(a, [a]))
      assert.equal(own!.data[0], 1)
    }),
  )

  await t.test('should report a variable that the loss does not depend on', () => {
    const [a, b] = [variable('a', zeros([])), variable('b', zeros([2]))]
    const message =
      'Cannot take the gradient of `Mul` [] by `b` [2], expected the loss to depend on it through differentiable operations'
    assert.throws(() => gradients(mul(a, 2), [a, b]), { message })
  })
})

test('minimize', async (t) => {
  await t.test('should change the trainable variables of the loss, or the given ones', () => {
    const [a, b] = [variable('a', zeros([])), variable('b', zeros([]))]
    const fixed = variable('fixed', zeros([]), { trainable: false })
    const loss = mul(mul(a, b), fixed)
    const names = (variables?: readonly Node[]) =>
      gradientDescent({ learningRate: 1 })
        .minimize(loss, variables ? { variables } : {})
        .updates.map(([{ name }]) => name)
    assert.deepEqual(names().sort(), ['a', 'b'])
    assert.deepEqual(names([b]), ['b'])
  })
})

test('withGradient', async (t) => {
  await t.test('should replace every other gradient by its rule', () =>
    onBoth(async (session) => {
      const [x, y] = [
        variable('x', float32Of({ shape: [2], data: [1, 2] })),
        variable('y', float32Of({ shape: [2], data: [5, 6] })),
      ]
      const result = withGradient(mul(x, y), x, (upstream) => mul(upstream, constant([10, 20])))
      const loss = reduceSum(mul(result, constant([1, 3])))
      const [slope] = gradients(loss, [x])
      const found = await session.run({ result, slope: slope! })
      assert.deepEqual([...found.result.data], [5, 12])
      assert.deepEqual([...found.slope.data], [10, 60])
      assert.throws(() => gradients(loss, [y]), /by `y` \[2\], expected the loss to depend/)
      // Other paths outside the result keep their gradient.
      const [beside] = gradients(reduceSum(sub(result, y)), [y])
      assert.deepEqual([...(await session.run(beside!)).data], [-1, -1])
    }),
  )
})

function countNew(roots: readonly Node[], known: readonly Node[]): number {
  const before = new Set(inOrder(known))
  return inOrder(roots).filter((node) => !before.has(node)).length
}
