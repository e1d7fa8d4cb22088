import assert from 'node:assert/strict'
import test from 'node:test'
import { openEngine } from 'weft/engine'
import { run } from 'weft/experiment'
import { standInLetterSet } from '../../../src/experiments/data/stand-in-letter-set.ts'
import type { Context } from '../../../src/experiments/experiment.ts'
import { network } from '../../../src/experiments/part-b/network.ts'
import { tf } from '../keras/models.ts'
import '../data/draw-once.ts'

const quick = {
  data: 'stand-in-letters',
  images: 1000,
  batchSize: 50,
  epochs: 3,
  learningRate: 0.01,
} as const
const deep = { ...quick, hidden: [30, 20], dropout: 0.2, l1: 1e-4, l2: 1e-3 }

/** The history is computed in float32 from logits, but the scores in double precision from probabilities. */
const tolerance = 1e-5

test('network', async (t) => {
  const linear = await run(network, { ...quick, pictures: true })
  const hidden = await run(network, { ...deep, pictures: true })
  const { splits } = await standInLetterSet.load()

  await t.test('should complete its params', () => {
    assert.deepEqual(network.params.parse({}), {
      data: 'notmnist-small',
      pin: null,
      images: null,
      hidden: [],
      dropout: 0,
      l1: 0,
      l2: 0,
      batchSize: 256,
      epochs: 60,
      patience: 4,
      learningRate: 0.02,
      momentum: 0.9,
      elsewhere: null,
      pictures: false,
    })
  })

  for (const [name, { result, measured }] of Object.entries({ linear, hidden })) {
    await t.test(`should give JSON: ${name}`, () => {
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
      assert.equal(result.classes.join(''), 'ABCDEFGHIJ')
    })

    await t.test(`should score each split, and of the training set only the images used: ${name}`, () => {
      const { train, validation, test } = result.scores
      assert.deepEqual([train.count, validation.count, test.count], [1000, 800, 1040])
      assert.equal(result.images, 1000)
      // A random guess is right for a tenth of the images.
      for (const { accuracy } of [train, validation, test]) assert.ok(accuracy > 0.2, `${accuracy}`)
    })

    await t.test(`should keep the weights of the best epoch: ${name}`, () => {
      const { best, history, scores } = result
      const { loss, accuracy } = history.validation
      assert.equal(loss[best - 1], Math.min(...loss))
      assert.ok(Math.abs(loss[best - 1]! - scores.validation.loss) < tolerance, `${scores.validation.loss}`)
      assert.equal(accuracy[best - 1], scores.validation.accuracy)
    })

    await t.test(`should have one value per epoch: ${name}`, () => {
      const { history, running, penalty, epochs } = result
      for (const { loss, accuracy } of [history.train, history.validation, running])
        assert.deepEqual([loss.length, accuracy.length], [epochs, epochs])
      assert.equal(penalty.length, epochs)
      const seconds = measured.epochs as readonly number[]
      assert.equal(seconds.length, epochs)
      assert.equal(
        measured.training,
        seconds.reduce((sum, each) => sum + each, 0),
      )
    })

    await t.test(`should count every test image once, with true classes by row: ${name}`, () => {
      const { confusion, recall, scores } = result
      assert.deepEqual(
        confusion.map((row) => row.reduce((sum, count) => sum + count, 0)),
        standInLetterSet.classes.map(
          (_, label) => splits.test.labels.filter((each) => each === label).length,
        ),
      )
      const right = confusion.reduce((sum, row, truth) => sum + row[truth]!, 0)
      assert.equal(right / 1040, scores.test.accuracy)
      assert.deepEqual(
        recall,
        confusion.map((row, truth) => row[truth]! / 104),
      )
    })

    await t.test(`should put every test image into a bin of confidence: ${name}`, () => {
      const { bins, accuracy } = result.calibration
      assert.equal(
        bins.reduce((sum, bin) => sum + (bin?.count ?? 0), 0),
        1040,
      )
      assert.equal(accuracy, result.scores.test.accuracy)
    })

    await t.test(`should show its most confident mistakes on the test set: ${name}`, () => {
      const { mistakes } = result.pictures!
      assert.equal(mistakes.length, 16)
      const images = Array.from({ length: splits.test.count }, (_, row) =>
        splits.test.images.subarray(row * 784, (row + 1) * 784).join(),
      )
      for (const [index, { truth, predicted, confidence, pixels }] of mistakes.entries()) {
        assert.notEqual(truth, predicted)
        assert.ok(confidence <= (mistakes[index - 1]?.confidence ?? 1) && confidence > 0.1)
        assert.equal(splits.test.labels[images.indexOf(pixels.join())], truth)
      }
    })
  }

  await t.test('should show templates only for softmax regression', () => {
    const { templates } = linear.result.pictures!
    assert.deepEqual([templates.length, ...new Set(templates.map(({ length }) => length))], [10, 784])
    assert.deepEqual(hidden.result.pictures!.templates, [])
    assert.deepEqual(
      [linear.result.parameters, hidden.result.parameters],
      [7850, 785 * 30 + 31 * 20 + 21 * 10],
    )
  })

  await t.test('should show templates that recognize their letters', () => {
    // The biases hardly matter: the weights alone reach nearly the same accuracy.
    const { templates } = linear.result.pictures!
    const { images, labels, count } = splits.test
    let right = 0
    for (let row = 0; row < count; row++) {
      const sums = templates.map((weights) =>
        weights.reduce((sum, weight, pixel) => sum + (weight * images[row * 784 + pixel]!) / 255, 0),
      )
      if (sums.indexOf(Math.max(...sums)) === labels[row]) right++
    }
    const { accuracy } = linear.result.scores.test
    assert.ok(Math.abs(right / count - accuracy) < 0.05, `${right / count}, expected about ${accuracy}`)
  })

  await t.test('should show nothing by default', async () => {
    const { result } = await run(network, quick)
    assert.deepEqual(result, { ...linear.result, pictures: null })
  })

  await t.test(
    'should describe the weights of softmax regression, and those of the hidden layers alone',
    () => {
      assert.deepEqual([linear.result.weights.count, hidden.result.weights.count], [7840, 784 * 30 + 30 * 20])
      // The pictures hold the same weights, to four decimals.
      const drawn = linear.result.pictures!.templates.flat()
      const meanAbsolute = drawn.reduce((sum, weight) => sum + Math.abs(weight), 0) / drawn.length
      assert.ok(Math.abs(linear.result.weights.meanAbsolute - meanAbsolute) < 5e-5, `${meanAbsolute}`)
    },
  )

  await t.test('should leave more weights near zero under a strong L1 penalty', async () => {
    const { result } = await run(network, { ...deep, dropout: 0, l1: 1e-2, l2: 0 })
    const { small, rootMeanSquare } = hidden.result.weights
    assert.ok(result.weights.small > 2 * small, `${result.weights.small}, expected more than ${small}`)
    assert.ok(result.weights.rootMeanSquare < rootMeanSquare)
  })

  await t.test('should add a penalty if weights are regularized, separate from the loss', () => {
    assert.deepEqual(linear.result.penalty, [0, 0, 0])
    for (const penalty of hidden.result.penalty) assert.ok(penalty > 0)
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    const [again, other] = [
      await run(network, { ...deep, pictures: true }),
      await run(network, deep, { seed: 2 }),
    ]
    assert.deepEqual(again.result, hidden.result)
    assert.notEqual(other.result.scores.train.loss, hidden.result.scores.train.loss)
  })

  await t.test('should accept the seed 0, and give the same bits again', async () => {
    const params = { ...deep, epochs: 1, images: 100 }
    const [one, again] = [await run(network, params, { seed: 0 }), await run(network, params, { seed: 0 })]
    assert.deepEqual(again.result, one.result)
  })

  await t.test('should apply Dropout only in training', async () => {
    const { result } = await run(network, { ...quick, hidden: [30], dropout: 0.8 })
    // When it predicts, the network is better than with most of its units dropped.
    assert.ok(result.history.train.loss.at(-1)! < result.running.loss.at(-1)!, `${result.running.loss}`)
  })

  await t.test(
    'should stop if the validation loss no longer improves, and count from the best epoch',
    async () => {
      // With few images and large steps it soon overfits.
      const greedy = { ...quick, hidden: [40], images: 100, batchSize: 10, learningRate: 0.05, epochs: 40 }
      for (const patience of [1, 3]) {
        const { result } = await run(network, { ...greedy, patience })
        const { epochs, best, history, scores } = result
        assert.ok(epochs < 40, `${epochs}`)
        assert.equal(epochs, best + patience)
        assert.equal(history.validation.loss.length, epochs)
        assert.ok(Math.abs(history.validation.loss[best - 1]! - scores.validation.loss) < tolerance)
      }
    },
  )

  await t.test('should train on all images if no number is given, or if there are fewer', async () => {
    const [all, more] = [
      await run(network, { ...quick, images: null, epochs: 1 }),
      await run(network, { ...quick, images: 9999, epochs: 1 }),
    ]
    assert.deepEqual([all.result.images, all.result.scores.train.count], [2480, 2480])
    assert.deepEqual(more.result, all.result)
  })

  await t.test('should refuse unknown params', async () => {
    for (const [name, value] of Object.entries({ dropout: 1, l2: -1, epochs: 0, hidden: [0], momentum: 1 }))
      await assert.rejects(run(network, { ...quick, [name]: value }), new RegExp(`params\\.${name}`))
    // @ts-expect-error: misspelt
    await assert.rejects(run(network, { ...quick, epoch: 3 }), /Unrecognized key: "epoch"/)
  })

  const engine = await openEngine()
  const contextWith = (changes: Partial<Context> = {}): Context => ({
    seed: 1,
    engine,
    signal: new AbortController().signal,
    progress() {},
    measure() {},
    ...changes,
  })

  await t.test('should report its epochs with their losses', async () => {
    const seen: Parameters<Context['progress']>[0][] = []
    const context = contextWith({ progress: (step) => void seen.push(step) })
    const result = await network.run(network.params.parse(deep), context)
    assert.deepEqual(
      seen,
      [1, 2, 3].map((epoch) => ({ epoch, epochs: 3, loss: result.running.loss[epoch - 1] })),
    )
  })

  await t.test('should leave no tensor behind', async () => {
    const before = tf.memory().numTensors
    await run(network, { ...deep, images: 100, epochs: 1 })
    assert.equal(tf.memory().numTensors, before)
  })

  await t.test('should stop if the build is stopped', async () => {
    const stop = new AbortController()
    const context = contextWith({
      signal: stop.signal,
      progress: ({ epoch }) => epoch === 2 && stop.abort(new Error('stopped')),
    })
    const params = network.params.parse({ ...quick, epochs: 99, patience: 99 })
    await assert.rejects(async () => network.run(params, context), { message: 'stopped' })
  })
})
