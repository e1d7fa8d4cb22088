import assert from 'node:assert/strict'
import test from 'node:test'
import type { Session, Step } from '../../../../src/experiments/graph/index.ts'
import {
  add,
  dropout,
  gradientDescent,
  openSession,
  placeholder,
  reduceSum,
  variable,
  zeros,
} from '../../../../src/experiments/graph/index.ts'
import { inOrder } from '../../../../src/experiments/graph/node.ts'
import { drawMask, isMask } from '../../../../src/experiments/graph/ops/dropout.ts'
import { assertClose, engineOf, fromBoth, onBoth, valueTolerance } from '../check-op.ts'

const [rows, features, rate] = [50, 40, 0.3]
/** Six standard deviations of a share of 2,000 draws. */
const shareTolerance = 6 * Math.sqrt((rate * (1 - rate)) / (rows * features))

test('dropout', async (t) => {
  await t.test('should keep and scale a share of 1 - rate, and mask the gradient in the same way', () =>
    onBoth(async (session) => {
      const { step, weights } = network(5)
      const data = { x: new Float32Array(rows * features) }
      const [epoch] = await session.train(step, { data, epochs: 1 })
      assert.equal(epoch!.loss, 0)
      const columns = [...(await session.read(weights)).data].map((each) => -each * (1 - rate))
      assertClose(columns, keptOf(step), valueTolerance, 'gradient')
      const share = columns.reduce((sum, each) => sum + each, 0) / (rows * features)
      assert.ok(Math.abs(share - (1 - rate)) < shareTolerance, `kept ${share}, expected ${1 - rate}`)
    }),
  )

  await t.test(
    'should use the same mask on both engines, and a different one in each step and for each seed',
    async () => {
      const found = await fromBoth((session) => losses(session, network(5).step))
      assert.deepEqual(found[0], found[1])
      assert.equal(new Set(found[0]).size, found[0]!.length)
      const [again] = await fromBoth((session) => losses(session, network(5).step))
      const [other] = await fromBoth((session) => losses(session, network(6).step))
      assert.deepEqual(again, found[0])
      assert.notDeepEqual(other, found[0])
    },
  )

  await t.test('should use new masks in the next training of a session', async () => {
    const session = openSession(await engineOf('onnx'))
    const { step } = network(5)
    const [first, second] = [await losses(session, step), await losses(session, step)]
    await session.close()
    assert.notDeepEqual(first, second)
  })

  await t.test('should change nothing for a rate of 0', () => {
    const x = placeholder('x', [null, 2])
    assert.equal(dropout(x, { rate: 0, seed: 1 }), x)
  })

  await t.test('should report that it is only for training', () =>
    onBoth(async (session) => {
      const x = placeholder('x', [null, 2])
      const masked = reduceSum(dropout(x, { rate: 0.5, seed: 1 }))
      const message =
        /^Cannot (run|evaluate) `ReduceSum` \[\], it has dropout: expected a graph made for inference$/
      await assert.rejects(session.run(masked, { x: [1, 2] }), { message })
      await assert.rejects(session.evaluate({ masked }, { data: { x: [1, 2] } }), { message })
    }),
  )

  await t.test('should refuse rates outside [0, 1), and nodes without a batch', () => {
    const x = placeholder('x', [null, 2])
    for (const wrong of [-0.1, 1, Number.NaN]) {
      const message = `Cannot dropout \`x\` [null, 2], expected a rate in [0, 1), found ${wrong}`
      assert.throws(() => dropout(x, { rate: wrong, seed: 1 }), { message })
    }
    const message = 'Cannot dropout `w` [3, 2], expected a batch, [null, ...]'
    assert.throws(() => dropout(variable('w', zeros([3, 2])), { rate: 0.5, seed: 1 }), { message })
  })
})

test('drawMask', async (t) => {
  const [mask] = inOrder([dropout(placeholder('x', [null, 3]), { rate: 0.25, seed: 9 })]).filter(isMask)

  await t.test('should depend only on seed and step, also for an odd length', () => {
    const [long, short, next] = [new Uint8Array(1000), new Uint8Array(7), new Uint8Array(1000)]
    drawMask(mask!, 3, long)
    drawMask(mask!, 3, short)
    drawMask(mask!, 4, next)
    assert.deepEqual(short, long.slice(0, 7))
    assert.notDeepEqual(next, long)
    assert.deepEqual(new Set(long), new Set([0, 1]))
  })

  await t.test('should differ from layer to layer, also for one seed', () => {
    const [first, second] = [new Uint8Array(1000), new Uint8Array(1000)]
    drawMask(mask!, 3, first, 0)
    drawMask(mask!, 3, second, 1)
    assert.notDeepEqual(first, second)
  })
})

/** Builds the sum of masked rows; its gradient by `weights` counts the kept elements of each column. */
function network(seed: number) {
  const x = placeholder('x', [null, features])
  const weights = variable('weights', zeros([features]))
  const loss = reduceSum(dropout(add(x, weights), { rate, seed }))
  return { step: gradientDescent({ learningRate: 1 }).minimize(loss), weights }
}

/** Gives the masked sum of fixed rows for three steps, rounded to whole numbers. */
async function losses(session: Session, { loss }: Step): Promise<number[]> {
  const x = Float32Array.from({ length: rows * features }, (_, at) => at % 97)
  const epochs = await session.train({ loss, updates: [] }, { data: { x }, epochs: 3 })
  return epochs.map((epoch) => Math.round(epoch.loss))
}

/** Counts the elements of each column that the mask of the first step keeps. */
function keptOf({ loss }: Step): number[] {
  const [mask] = inOrder([loss]).filter(isMask)
  const drawn = new Uint8Array(rows * features)
  drawMask(mask!, 0, drawn)
  return Array.from({ length: features }, (_, column) =>
    drawn.filter((_, at) => at % features === column).reduce((sum, each) => sum + each, 0),
  )
}
