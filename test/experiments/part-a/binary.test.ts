import assert from 'node:assert/strict'
import test from 'node:test'
import { openEngine } from 'weft/engine'
import { overSeeds, run } from 'weft/experiment'
import type { Context } from '../../../src/experiments/experiment.ts'
import { binary } from '../../../src/experiments/part-a/binary.ts'
import { needsRealData, realData } from '../data/real-data.ts'
import { temporaryFolder } from '../data/temporary-folder.ts'
import '../data/draw-once.ts'

const quick = { data: 'stand-in-garments', validation: 500, epochs: 3 } as const

test('binary', async (t) => {
  const engine = await openEngine()
  const seen: Parameters<Context['progress']>[0][] = []
  const contextWith = (changes: Partial<Context> = {}): Context => ({
    seed: 1,
    engine,
    signal: new AbortController().signal,
    progress: (step) => void seen.push(step),
    measure() {},
    ...changes,
  })

  await t.test('should complete its params', () => {
    assert.deepEqual(binary.params.parse({}), {
      classes: ['Dress', 'Bag'],
      data: 'fashion-mnist',
      validation: 5000,
      epochs: 40,
      hidden: 100,
      learningRate: 0.01,
      batchSize: null,
    })
  })

  await t.test('should give scores, history and the count of parameters as JSON', async () => {
    const { result } = await run(binary, quick)
    assert.deepEqual(result.classes, ['Dress', 'Bag'])
    assert.equal(result.parameters, 78601)
    assert.deepEqual([result.train.count, result.validation.count, result.test.count], [500, 100, 200])
    for (const split of ['train', 'validation', 'test'] as const) {
      const { truePositive, falsePositive, trueNegative, falseNegative } = result[split].confusion
      assert.equal(truePositive + falseNegative, result[split].count / 2)
      assert.equal(trueNegative + falsePositive, result[split].count / 2)
      assert.equal((truePositive + trueNegative) / result[split].count, result[split].accuracy)
    }
    const { train, validation } = result.history
    assert.deepEqual([train.loss.length, validation.loss.length], [3, 3])
    assert.ok(Math.abs(validation.loss.at(-1)! - result.validation.loss) < 1e-6)
    assert.equal(validation.accuracy.at(-1), result.validation.accuracy)
    assert.equal(result.steps, 3)
    const { loss } = train
    assert.ok(loss[0]! > loss[1]! && loss[1]! > loss[2]!, `${loss}`)
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  await t.test(
    'should score after the update, so that a shorter run is the start of a longer one',
    async () => {
      const [longer, shorter] = [await run(binary, quick), await run(binary, { ...quick, epochs: 1 })]
      assert.equal(shorter.result.history.train.loss[0], longer.result.history.train.loss[0])
      assert.equal(shorter.result.validation.accuracy, longer.result.history.validation.accuracy[0])
    },
  )

  await t.test('should make more steps, and learn more, in batches', async () => {
    const [full, batches] = [await run(binary, quick), await run(binary, { ...quick, batchSize: 64 })]
    // 500 images are seven batches of 64 and one of 52.
    assert.equal(batches.result.steps, 3 * 8)
    assert.ok(batches.result.train.loss < full.result.train.loss)
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    const [one, again, other] = [
      await run(binary, quick),
      await run(binary, quick),
      await run(binary, quick, { seed: 2 }),
    ]
    assert.deepEqual(again.result, one.result)
    assert.notEqual(other.result.train.loss, one.result.train.loss)
  })

  await t.test('should accept classes by number, the second as the positive one', async () => {
    const named = await run(binary, { ...quick, classes: ['Sneaker', 'Trouser'] })
    const numbered = await run(binary, { ...quick, classes: [7, 1] })
    assert.deepEqual(numbered.result, named.result)
    assert.deepEqual(numbered.result.classes, ['Sneaker', 'Trouser'])
  })

  await t.test('should measure its seconds', async () => {
    const { measured } = await run(binary, quick)
    const epochs = measured.epochs as readonly number[]
    assert.equal(epochs.length, 3)
    assert.equal(
      measured.training,
      epochs.reduce((sum, seconds) => sum + seconds, 0),
    )
  })

  await t.test('should average over seeds', async () => {
    const { result, measured } = await overSeeds(binary, { ...quick, epochs: 2 }, [1, 2])
    assert.equal(result.test.accuracy.n, 2)
    assert.equal(result.history.train.loss.length, 2)
    assert.equal(result.parameters.std, 0)
    assert.deepEqual(result.classes, ['Dress', 'Bag'])
    assert.ok('training' in measured)
  })

  await t.test('should report its epochs with the loss before each update', async () => {
    seen.length = 0
    await binary.run(binary.params.parse(quick), contextWith())
    assert.deepEqual(
      seen.map(({ epoch, epochs }) => [epoch, epochs]),
      [
        [1, 3],
        [2, 3],
        [3, 3],
      ],
    )
    const losses = seen.map(({ loss }) => loss!)
    assert.ok(losses[0]! > losses[1]! && losses[1]! > losses[2]!, `${losses}`)
  })

  await t.test('should stop if progress aborts the build', async () => {
    const stop = new AbortController()
    const context = contextWith({
      signal: stop.signal,
      progress: ({ epoch }) => epoch === 2 && stop.abort(new Error('stopped')),
    })
    await assert.rejects(async () => binary.run(binary.params.parse({ ...quick, epochs: 99 }), context), {
      message: 'stopped',
    })
  })

  await t.test('should stop on a signal from outside its loop', async () => {
    const stop = new AbortController()
    setImmediate(() => setImmediate(() => stop.abort(new Error('stopped'))))
    const params = binary.params.parse({ ...quick, epochs: 100_000 })
    await assert.rejects(async () => binary.run(params, contextWith({ signal: stop.signal })), {
      message: 'stopped',
    })
  })

  await t.test(
    'should report values that are not finite, when its curve is scored or in the next step',
    async () => {
      await assert.rejects(
        run(binary, { ...quick, epochs: 5, learningRate: 1e30 }),
        /^Error: Cannot evaluate, expected finite metrics, found (NaN|Infinity): data or variables may not be finite$/,
      )
      await assert.rejects(
        run(binary, { ...quick, epochs: 5, batchSize: 100, learningRate: 1e30 }),
        /^Error: Cannot train on, expected a finite loss, found (NaN|Infinity) in step \d of epoch 1: the learning rate may be too large/,
      )
    },
  )

  await t.test('should refuse unknown params', async () => {
    await assert.rejects(
      run(binary, { ...quick, classes: ['Dress', 'Hat'] }),
      /Unexpected class `Hat` .*3 Dress, .*8 Bag/,
    )
    await assert.rejects(
      run(binary, { ...quick, classes: ['Dress', 3] }),
      /expected two different ones, found Dress twice/,
    )
    await assert.rejects(
      run(binary, { data: 'mnist' as 'fashion-mnist' }),
      /params\.data: .*"fashion-mnist"\|"stand-in-garments"/,
    )
    await assert.rejects(
      run(binary, { ...quick, validation: 3000 }),
      /Cannot hold out 3000 images, expected fewer than the 3000 of the training set/,
    )
    await assert.rejects(run(binary, { ...quick, epochs: 0 }), /params\.epochs/)
    // @ts-expect-error: misspelt
    await assert.rejects(run(binary, { ...quick, epoch: 3 }), /Unrecognized key: "epoch"/)
  })

  await t.test('should separate dresses from bags on the real images', needsRealData, async (t) => {
    process.env.WEFT_DATA = realData
    process.env.XDG_CACHE_HOME = await temporaryFolder(t)
    const { result } = await run(binary, { epochs: 2, batchSize: 64 })
    assert.equal(result.train.count + result.validation.count, 12_000)
    assert.equal(result.test.count, 2000)
    assert.ok(result.test.accuracy > 0.95, `${result.test.accuracy}`)
  })
})
