import assert from 'node:assert/strict'
import test from 'node:test'
import type { NetworkRun } from '../../../src/experiments/part-b/summary.ts'
import { gapOf, summary } from '../../../src/experiments/part-b/summary.ts'

/** All numbers are exact, but their sums are rounded. */
const rounding = 1e-12

const one: NetworkRun = {
  parameters: 30,
  images: 100,
  epochs: 3,
  best: 2,
  scores: {
    train: { count: 100, loss: 0.25, accuracy: 0.9 },
    validation: { count: 30, loss: 0.5, accuracy: 0.8 },
    test: { count: 10, loss: 0.75, accuracy: 0.6 },
  },
  history: {
    train: { loss: [1, 0.5, 0.25], accuracy: [0.5, 0.75, 1] },
    validation: { loss: [1.5, 0.5, 0.75], accuracy: [0.25, 0.5, 0.5] },
  },
  running: { loss: [2, 1, 0.5], accuracy: [0.125, 0.5, 0.75] },
  penalty: [3, 5, 7],
  weights: { count: 20, small: 0.25, meanAbsolute: 0.5, rootMeanSquare: 0.75 },
  elsewhere: null,
  confusion: [
    [4, 1],
    [3, 2],
  ],
  recall: [0.8, 0.4],
  calibration: {
    bins: [
      null,
      { count: 4, confidence: 0.5, accuracy: 0.25 },
      { count: 6, confidence: 0.875, accuracy: 0.5 },
    ],
    error: 0.25,
  },
}

const other: NetworkRun = {
  ...one,
  epochs: 2,
  best: 1,
  scores: {
    train: { count: 100, loss: 0.75, accuracy: 0.8 },
    validation: { count: 30, loss: 1, accuracy: 0.9 },
    test: { count: 10, loss: 1.25, accuracy: 0.5 },
  },
  history: {
    train: { loss: [2, 1.5], accuracy: [0.25, 0.5] },
    validation: { loss: [2.5, 3.5], accuracy: [0.75, 0.25] },
  },
  running: { loss: [4, 3], accuracy: [0.375, 0.25] },
  penalty: [1, 2],
  weights: { count: 20, small: 0.75, meanAbsolute: 1, rootMeanSquare: 1.25 },
  confusion: [
    [2, 3],
    [0, 5],
  ],
  recall: [0.4, 1],
  calibration: { bins: [null, { count: 2, confidence: 0.625, accuracy: 1 }, null], error: 0.5 },
}

test('summary', async (t) => {
  const summed = summary([one, other])
  const means = (spreads: readonly { readonly mean: number }[]) => spreads.map(({ mean }) => mean)

  await t.test('should average scores, with their spread over the seeds', () => {
    const { train, validation, test } = summed.scores
    assert.deepEqual(means([train.loss, validation.loss, test.loss]), [0.5, 0.75, 1])
    near(train.accuracy.mean, 0.85)
    near(train.accuracy.std, 0.1 / Math.SQRT2)
    assert.deepEqual([train.accuracy.n, train.accuracy.min, train.accuracy.max], [2, 0.8, 0.9])
    near(validation.accuracy.mean, 0.85)
    near(test.accuracy.mean, 0.55)
  })

  await t.test('should cut histories to the shortest', () => {
    const { train, validation, running } = summed.history
    assert.deepEqual(means(train.loss), [1.5, 1])
    assert.deepEqual(means(train.accuracy), [0.375, 0.625])
    assert.deepEqual(means(validation.loss), [2, 2])
    assert.deepEqual(means(validation.accuracy), [0.5, 0.375])
    assert.deepEqual(means(running.loss), [3, 2])
    assert.deepEqual(means(running.accuracy), [0.25, 0.375])
    assert.deepEqual(summary([other, one]).history, summed.history)
  })

  await t.test('should count epochs before the cut', () => {
    assert.deepEqual([summed.epochs.mean, summed.best.mean], [2.5, 1.5])
    assert.deepEqual([summed.parameters, summed.images], [30, 100])
  })

  await t.test('should give the gap to all unseen images in percentage points', () => {
    // 30 images at 0.8 and 10 at 0.6 give 0.75; 30 at 0.9 and 10 at 0.5 give 0.8.
    near(gapOf(one.scores), 100 * (0.9 - 0.75))
    near(summary([one]).gap.mean, 100 * (0.9 - 0.75))
    near(summary([other]).gap.mean, 0)
    near(summed.gap.mean, 7.5)
    near(summed.gap.std, 15 / Math.SQRT2)
  })

  await t.test('should give the penalty of the kept epoch of each seed', () => {
    assert.deepEqual([summed.penalty.min, summed.penalty.max], [1, 5])
  })

  await t.test('should average sparsity and size of the weights', () => {
    const { count, small, meanAbsolute, rootMeanSquare } = summed.weights
    assert.deepEqual(means([count, small, meanAbsolute, rootMeanSquare]), [20, 0.5, 0.75, 1])
  })

  await t.test('should average the accuracy on a second test set, if one was named', () => {
    assert.equal(summed.elsewhere, null)
    const there = { count: 7, loss: 1, accuracy: 0.5 }
    const both = summary([
      { ...one, elsewhere: there },
      { ...other, elsewhere: { ...there, accuracy: 0.75 } },
    ])
    assert.deepEqual([both.elsewhere?.count, both.elsewhere?.accuracy.mean], [7, 0.625])
  })

  await t.test('should average confusion and recall', () => {
    assert.deepEqual(summed.confusion, [
      [3, 2],
      [1.5, 3.5],
    ])
    near(summed.recall[0]!.mean, 0.6)
    near(summed.recall[1]!.mean, 0.7)
  })

  await t.test('should pool the bins by their counts, without the empty ones', () => {
    const [lower, upper, ...rest] = summed.bins
    assert.deepEqual(rest, [])
    // 4 predictions at 0.5 and 2 at 0.625; 4 at 0.25 and 2 at 1.
    assert.equal(lower!.count, 6)
    near(lower!.confidence, 3.25 / 6)
    near(lower!.accuracy, 3 / 6)
    assert.deepEqual(upper, { count: 6, confidence: 0.875, accuracy: 0.5 })
    assert.equal(summed.calibrationError.mean, 0.375)
  })

  await t.test('should summarize one seed without a spread', () => {
    const { history, scores, confusion, penalty } = summary([one])
    assert.equal(history.train.loss.length, 3)
    assert.deepEqual(scores.test.accuracy, { mean: 0.6, std: 0, n: 1, min: 0.6, max: 0.6 })
    assert.deepEqual(confusion, one.confusion)
    assert.equal(penalty.mean, 5)
  })
})

function near(found: number, expected: number): void {
  assert.ok(Math.abs(found - expected) < rounding, `expected ${expected}, found ${found}`)
}
