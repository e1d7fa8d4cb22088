import assert from 'node:assert/strict'
import test from 'node:test'
import type { Node, Shape } from '../../../../src/experiments/graph/index.ts'
import {
  broadcastTo,
  concat,
  constant,
  gather,
  gradients,
  mul,
  oneHot,
  placeholder,
  reduceSum,
  reshape,
  slice,
  transpose,
  value,
  variable,
} from '../../../../src/experiments/graph/index.ts'
import type { OpCase } from '../check-op.ts'
import { checkOp, float32Of, onBoth, random } from '../check-op.ts'
import { element, numbers, transpose as turned } from '../oracle.ts'

const indices = [2, 0, 2, 1]

const cases: Readonly<Record<string, Omit<OpCase, 'name'>>> = {
  'reshape [2, 3] to [3, 2]': reshaped([2, 3], [3, 2]),
  'reshape [4] to [2, 1, 2]': reshaped([4], [2, 1, 2]),
  'reshape [1] to []': reshaped([1], []),
  'reshape [null, 6] to [null, 2, 3]': reshaped([null, 6], [null, 2, 3]),
  'reshape [null, 2, 2] to [null, 4]': reshaped([null, 2, 2], [null, 4]),
  'transpose [2, 3]': transposed([2, 3]),
  'transpose [2, 3, 4] to [2, 0, 1]': transposed([2, 3, 4], [2, 0, 1]),
  'transpose [2, 3, 4] to [1, 0, 2]': transposed([2, 3, 4], [1, 0, 2]),
  'transpose [null, 2]': transposed([null, 2]),
  'transpose [null, 2, 3] to [0, 2, 1]': transposed([null, 2, 3], [0, 2, 1]),
  'broadcastTo [3] to [2, 3]': broadcast([3], [2, 3]),
  'broadcastTo [2, 1] to [4, 2, 3]': broadcast([2, 1], [4, 2, 3]),
  'broadcastTo [] to [3]': broadcast([], [3]),
  'slice [3, 4] from [1, 1], [2, 2]': sliced([3, 4], [1, 1], [2, 2]),
  'slice [3, 4] from [2]': sliced([3, 4], [2, 0], [1, 4]),
  'slice [null, 5] from [0, 2], all rows': sliced([null, 5], [0, 2], [3, 2]),
  'slice [2, 3, 4]': sliced([2, 3, 4], [0, 1, 3], [2, 2, 1]),
  'concat [2, 1], [2, 3] on 1': concatenated(
    [
      [2, 1],
      [2, 3],
    ],
    1,
  ),
  'concat [1, 2], [3, 2], [2, 2] on 0': concatenated(
    [
      [1, 2],
      [3, 2],
      [2, 2],
    ],
    0,
  ),
  'concat [null, 1], [null, 2] on 1': concatenated(
    [
      [null, 1],
      [null, 2],
    ],
    1,
  ),
  'concat [2, 2, 1], [2, 2, 2] on 2': concatenated(
    [
      [2, 2, 1],
      [2, 2, 2],
    ],
    2,
  ),
  'gather [3, 2]': {
    shapes: [[3, 2]],
    build: ([x]) => gather(x!, constant(indices, 'int32')),
    oracle: ([x]) => numbers([4, 2], ([row, column]) => element(x!, [indices[row!]!, column!])),
  },
}

test('reshape, transpose, broadcastTo, slice, concat, gather', async (t) => {
  for (const [name, one] of Object.entries(cases)) {
    await t.test(`should give elements and gradients: ${name}`, () =>
      onBoth((session) => checkOp(session, { ...one, name }, 31)),
    )
  }
})

test('gather', async (t) => {
  const rows = random([4, 2], 3)
  const wanted = placeholder('wanted', [null], 'int32')

  await t.test('should take rows by a batch of indices, and add up their gradients', () =>
    onBoth(async (session) => {
      const table = variable('table', float32Of(rows))
      const taken = gather(table, wanted)
      const [slope] = gradients(reduceSum(mul(taken, taken)), [table])
      const found = await session.run([taken, slope!], { wanted: [3, 0, 3] })
      assert.deepEqual(
        found[0]!.data,
        Float32Array.from([3, 0, 3].flatMap((row) => rows.data.slice(2 * row, 2 * row + 2))),
      )
      const counts = [1, 0, 0, 2]
      assert.deepEqual(
        [...found[1]!.data],
        rows.data.map((each, at) => 2 * each * counts[at >> 1]! + 0),
      )
    }),
  )

  await t.test('should take elements of other dtypes and ranks', () =>
    onBoth(async (session) => {
      const bytes = constant(value(Uint8Array.of(10, 20, 30), [3]))
      const cube = constant(float32Of({ shape: [2, 1, 2], data: [1, 2, 3, 4] }))
      const [found, blocks] = await session.run([gather(bytes, wanted), gather(cube, wanted)], {
        wanted: [1, 1],
      })
      assert.deepEqual(found!.data, Uint8Array.of(20, 20))
      assert.deepEqual(
        [blocks!.shape, [...blocks!.data]],
        [
          [2, 1, 2],
          [3, 4, 3, 4],
        ],
      )
    }),
  )

  await t.test('should report that an unknown number of rows, or blocks, have no gradient', () => {
    const message =
      /^Cannot take the gradient of gather `x` \[.*\] at `wanted` \[null\], expected a matrix of known size/
    for (const shape of [
      [null, 2],
      [2, 1, 2],
    ]) {
      const x = placeholder('x', shape)
      assert.throws(() => gradients(reduceSum(gather(x, wanted)), [x]), { message })
    }
  })
})

test('oneHot', async (t) => {
  await t.test('should give a 1 at each index, and zeros for an index out of range', () =>
    onBoth(async (session) => {
      const indices = constant(value(Int32Array.of(2, 0, 3, -1), [2, 2]))
      const found = await session.run(oneHot(indices, 3))
      assert.deepEqual(found.shape, [2, 2, 3])
      assert.deepEqual([...found.data], [0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    }),
  )
})

test('slice', async (t) => {
  await t.test('should take a part of the batch, and all remaining elements for -1 and null', () =>
    onBoth(async (session) => {
      const x = placeholder('x', [null, 3])
      const found = await session.run([slice(x, [1], [2]), slice(x, [0, 1], [null, -1])], {
        x: [0, 1, 2, 3, 4, 5, 6, 7, 8],
      })
      assert.deepEqual(
        found.map(({ shape, data }) => [shape, [...data]]),
        [
          [
            [2, 3],
            [3, 4, 5, 6, 7, 8],
          ],
          [
            [3, 2],
            [1, 2, 4, 5, 7, 8],
          ],
        ],
      )
    }),
  )

  await t.test('should refuse a part past the end of the batch', () =>
    onBoth((session) =>
      assert.rejects(session.run(slice(placeholder('x', [null]), [2], [3]), { x: [1, 2, 3] }), {
        message: 'Cannot slice `x` [null], expected 5 rows or more, found 3',
      }),
    ),
  )

  await t.test('should report that a part of the batch has no gradient', () => {
    const x = placeholder('x', [null, 3])
    const message =
      /^Cannot take the gradient of a slice of the batch, .* \[2, 3\]: expected all of the batch/
    assert.throws(() => gradients(reduceSum(slice(x, [1], [2])), [x]), { message })
  })

  await t.test('should move elements of every dtype in the same way', () =>
    onBoth(async (session) => {
      for (const dtype of ['int32', 'uint8', 'bool'] as const) {
        const x = constant([0, 1, 1, 0, 1, 0], dtype)
        const block = reshape(x, [2, 3])
        const joined = concat([transpose(block), slice(transpose(block), [0, 1], [3, 1])], 1)
        const found = await session.run(broadcastTo(joined, [2, 3, 3]))
        const once = [0, 0, 0, 1, 1, 1, 1, 0, 0]
        assert.deepEqual([found.dtype, [...found.data]], [dtype, [...once, ...once]])
      }
    }),
  )
})

function reshaped(from: Shape, to: Shape): Omit<OpCase, 'name'> {
  const oracle: OpCase['oracle'] = ([x]) => ({ shape: to.map((each) => each ?? 3), data: x!.data })
  return { shapes: [from], build: ([x]) => reshape(x!, to), oracle }
}

function transposed(shape: Shape, order?: readonly number[]): Omit<OpCase, 'name'> {
  return { shapes: [shape], build: ([x]) => transpose(x!, order), oracle: ([x]) => turned(x!, order) }
}

function broadcast(from: Shape, to: readonly number[]): Omit<OpCase, 'name'> {
  const oracle: OpCase['oracle'] = ([x]) => numbers(to, (position) => element(x!, position))
  return { shapes: [from], build: ([x]) => broadcastTo(x!, to), oracle }
}

function sliced(shape: Shape, begin: readonly number[], size: readonly number[]): Omit<OpCase, 'name'> {
  return {
    shapes: [shape],
    build: ([x]: readonly Node[]) => slice(x!, begin, shape[0] === null ? [null, ...size.slice(1)] : size),
    oracle: ([x]) =>
      numbers(size, (position) =>
        element(
          x!,
          position.map((each, axis) => each + begin[axis]!),
        ),
      ),
  }
}

function concatenated(shapes: readonly Shape[], axis: number): Omit<OpCase, 'name'> {
  return {
    shapes,
    build: (inputs) => concat(inputs, axis),
    oracle(inputs) {
      const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0)
      return numbers(inputs[0]!.shape.with(axis, total), (position) => {
        let at = position[axis]!
        const from = inputs.find(({ shape }) => {
          if (at < shape[axis]!) return true
          at -= shape[axis]!
          return false
        })!
        return element(from, position.with(axis, at))
      })
    },
  }
}
