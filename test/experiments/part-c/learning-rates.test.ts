import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { NotFiniteError } from '../../../src/experiments/graph/session-checks.ts'
import { tenClass } from '../../../src/experiments/part-a/ten-class.ts'
import { learningRates, unlessOverflow } from '../../../src/experiments/part-c/learning-rates.ts'
import { optimizerNames } from '../../../src/experiments/part-c/named-optimizer.ts'
import { needsRealData, realData } from '../data/real-data.ts'
import { temporaryFolder } from '../data/temporary-folder.ts'
import '../data/draw-once.ts'

const small = {
  data: 'stand-in-garments',
  images: 300,
  validation: 200,
  epochs: 2,
  batchSize: 50,
} as const

/** Relative tolerance: the rate is an input of the program here, but a constant in Part A. */
const lossTolerance = 1e-5

test('learningRates', async (t) => {
  await t.test('should train like Part A, with gradient descent', async () => {
    const { result } = await run(learningRates, { ...small, optimizer: 'gradientDescent', rates: [0.3, 0.1] })
    const { epochs, batchSize, data, images } = small
    const { result: wanted } = await run(tenClass, {
      ...{ data, images, epochs, batchSize },
      validation: 200,
      learningRate: 0.1,
    })
    const [, found] = result.runs
    for (const [epoch, loss] of wanted.history.validation.loss.entries())
      assert.ok(Math.abs(found!.history.loss[epoch]! / loss - 1) < lossTolerance)
    assert.deepEqual(found!.history.accuracy, wanted.history.validation.accuracy)
    assert.deepEqual([found!.test!.count, result.classes], [1000, 10])
    assert.equal(result.parameters, wanted.parameters)
  })

  for (const optimizer of optimizerNames) {
    await t.test(`should restart at each rate, with ${optimizer}`, async () => {
      const twice = await run(learningRates, { ...small, epochs: 1, optimizer, rates: [0.003, 0.003] })
      const [first, second] = twice.result.runs
      assert.deepEqual(second, first)
      assert.equal(first!.history.running.length, 1)
      assert.ok((twice.measured.training as number) > 0)
    })
  }

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    const params = { ...small, optimizer: 'adam', rates: [0.003] } as const
    const job = (seed: number) => run(learningRates, { ...params, rates: [0.003] }, { seed })
    const first = (await job(1)).result
    assert.deepEqual((await job(1)).result, first)
    assert.notDeepEqual((await job(2)).result, first)
    assert.deepEqual(JSON.parse(JSON.stringify(first)), first)
  })

  await t.test('should end a run whose loss overflows, and continue with the next rate', async () => {
    const { result } = await run(learningRates, { ...small, optimizer: 'momentum', rates: [1e6, 0.01] })
    const [wild, tame] = result.runs
    assert.equal(wild!.test, null)
    assert.ok(wild!.history.accuracy.length < small.epochs)
    assert.equal(tame!.history.accuracy.length, small.epochs)
    const alone = await run(learningRates, { ...small, optimizer: 'momentum', rates: [0.01] })
    assert.deepEqual(tame, alone.result.runs[0])
  })

  await t.test('should refuse more images than there are, and no rate', async () => {
    await assert.rejects(
      run(learningRates, { ...small, images: 2900, optimizer: 'adam', rates: [0.001] }),
      /Cannot split `stand-in-garments`, expected at most 3000 images in all, found 2900 to train on and 200/,
    )
    await assert.rejects(run(learningRates, { ...small, optimizer: 'adam', rates: [] }), /params\.rates/)
  })

  await t.test('should learn the real classes', needsRealData, async (t) => {
    process.env.WEFT_DATA = realData
    process.env.XDG_CACHE_HOME = await temporaryFolder(t)
    const { result } = await run(learningRates, { optimizer: 'adam', rates: [0.001], epochs: 1 })
    assert.ok(result.runs[0]!.test!.accuracy > 0.75, `${result.runs[0]!.test!.accuracy}`)
  })
})

test('unlessOverflow should end at a loss that is not finite, and let other errors through', async () => {
  assert.equal(await unlessOverflow(async () => 1), 1)
  const overflow = unlessOverflow(async () => {
    throw new NotFiniteError('Cannot train on')
  })
  assert.equal(await overflow, undefined)
  await assert.rejects(
    unlessOverflow(async () => {
      throw new Error('Cannot run, expected a finite loss')
    }),
    /Cannot run/,
  )
})
