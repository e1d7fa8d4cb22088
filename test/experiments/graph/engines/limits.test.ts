import assert from 'node:assert/strict'
import test from 'node:test'
import { openEngine } from '../../../../src/experiments/graph/engines/index.ts'
import type { Node } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  constant,
  div,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  reduceSum,
  square,
  tanh,
  value,
  variable,
  zeros,
} from '../../../../src/experiments/graph/index.ts'

const x = placeholder('x', [null, 1])

for (const name of ['onnx', 'tfjs']) {
  test(`limits of ${name}`, async (t) => {
    const session = openSession(await openEngine({ env: { WEFT_ENGINE: name } }))
    t.after(() => session.close())
    const run = async (node: Node, at: number) => (await session.run(node, { x: [at] })).data[0]!

    await t.test('should keep all results in the range of float32, with any factors', async () => {
      const close = (found: number, wanted: number) =>
        assert.ok(Math.abs(found / wanted - 1) < 1e-5, `expected ${wanted}, found ${found}`)
      close(await run(square(mul(x, 1e25)), 1e-25), 1)
      close(await run(square(mul(x, 1e-20)), 1e25), 1e10)
      close(await run(mul(mul(x, 1e30), 1e30), 1e-25), 1e35)
      close(await run(div(mul(x, 1e20), mul(x, 1e20)), 3), 1)
    })

    await t.test('should compute a graph of thousands of nodes', async () => {
      let deep: Node = x
      for (let step = 0; step < 1500; step++) deep = add(tanh(deep), 0.001 * (step % 7))
      assert.ok(Number.isFinite(await run(deep, 0.5)))
    })

    await t.test('should refuse updates that do not fit their variables', async () => {
      const w = variable('w', zeros([2, 1]))
      const loss = reduceMean(x)
      const train = (updates: readonly (readonly [Node, Node])[]) =>
        session.train({ loss, updates }, { data: { x: [1] }, epochs: 1 })
      await assert.rejects(
        train([[w, reduceSum(w)]]),
        /Cannot update `w` \[2, 1\] of float32 by `ReduceSum` \[\] of float32, expected one shape and dtype/,
      )
      await assert.rejects(train([[x, x]]), /Cannot update `x` \[null, 1\], expected a variable/)
      const { updates } = gradientDescent({ learningRate: 1 }).minimize(reduceSum(w))
      await assert.rejects(train([...updates, ...updates]), /Cannot update `w` \[2, 1\] twice in a step/)
    })

    await t.test('should say that it cannot evaluate, not that it cannot train', async () => {
      await assert.rejects(
        session.evaluate({ mean: reduceMean(x), double: reduceMean(div(x, 0)) }, { data: { x: [1] } }),
        /Cannot evaluate, expected finite metrics, found Infinity/,
      )
      await assert.rejects(
        session.evaluate({ mean: reduceMean(x) }, { data: {} }),
        /Cannot evaluate, missing feed `x`/,
      )
    })
  })
}

test('elements', async (t) => {
  await t.test('should be a flat list of numbers that fit the dtype', async () => {
    assert.throws(
      () => constant([[1, 2]] as unknown as number[]),
      /Unexpected element 0, expected a flat list of float32, found \[1,2\]/,
    )
    assert.throws(
      () => constant([1.5], 'int32'),
      /Unexpected element 0, expected a flat list of int32, found 1.5/,
    )
    assert.throws(
      () => constant([3, 300], 'uint8'),
      /Unexpected element 1, expected a flat list of uint8, found 300/,
    )
  })

  await t.test('should be in an array of the dtype', async () => {
    assert.throws(
      () => value(new Float64Array(1) as unknown as Float32Array, [1]),
      /Unexpected Float64Array, expected Float32Array, Int32Array or Uint8Array/,
    )
    assert.throws(
      () => value(new Int32Array(1), [1], 'float32'),
      /Unexpected Int32Array, expected float32 elements/,
    )
  })
})
