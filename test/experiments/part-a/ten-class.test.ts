import assert from 'node:assert/strict'
import test from 'node:test'
import { overSeeds, run } from 'weft/experiment'
import { tenClass } from '../../../src/experiments/part-a/ten-class.ts'
import { needsRealData, realData } from '../data/real-data.ts'
import { temporaryFolder } from '../data/temporary-folder.ts'
import '../data/draw-once.ts'

const quick = { data: 'stand-in-garments', validation: 500, epochs: 2, batchSize: 50 } as const

test('tenClass', async (t) => {
  const { result, measured } = await run(tenClass, { ...quick, pictures: true })

  await t.test('should hold out validation images, and score each set', () => {
    const { train, validation, test } = result.scores
    assert.deepEqual([train.count, validation.count, test.count], [2500, 500, 1000])
    assert.equal(result.steps, 100)
    assert.equal(result.parameters, 784 * 300 + 300 + 300 * 100 + 100 + 100 * 10 + 10)
    assert.equal(result.history.validation.accuracy.length, 2)
    assert.equal(result.history.validation.accuracy.at(-1), validation.accuracy)
    // A random guess is right for a tenth of the images.
    assert.ok(test.accuracy > 0.3, `${test.accuracy}`)
  })

  await t.test('should count every test image once', () => {
    const { confusion, scores, recall } = result
    assert.deepEqual(
      confusion.map((row) => row.reduce((sum, count) => sum + count, 0)),
      new Array(10).fill(100),
    )
    const right = confusion.reduce((sum, row, truth) => sum + row[truth]!, 0)
    assert.equal(right / 1000, scores.test.accuracy)
    assert.deepEqual(
      recall,
      confusion.map((row, truth) => row[truth]! / 100),
    )
  })

  await t.test('should show its most confident mistakes and the units that changed most', () => {
    const { mistakes, units } = result.pictures!
    assert.equal(mistakes.length, 12)
    for (const [index, { truth, predicted, confidence, pixels }] of mistakes.entries()) {
      assert.notEqual(truth, predicted)
      assert.ok(confidence <= (mistakes[index - 1]?.confidence ?? 1) && confidence > 0.1)
      assert.equal(pixels.length, 784)
    }
    assert.equal(units.length, 10)
    const norms = units.map(({ change }) => Math.hypot(...change))
    assert.deepEqual(
      norms,
      norms.toSorted((a, b) => b - a),
    )
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
  })

  await t.test('should measure its seconds', () => {
    assert.equal((measured.epochs as number[]).length, 2)
  })

  await t.test('should give the same bits again, and different ones with another seed', async () => {
    const again = await run(tenClass, { ...quick, pictures: true })
    assert.deepEqual(again.result, result)
    const other = await run(tenClass, quick, { seed: 2 })
    assert.notEqual(other.result.scores.train.loss, result.scores.train.loss)
  })

  await t.test('should train on the first images only, in a full batch', async () => {
    const { result } = await run(tenClass, { ...quick, batchSize: null, images: 100 })
    assert.deepEqual([result.scores.train.count, result.steps, result.pictures], [100, 2, null])
  })

  await t.test('should average the selected part over seeds', async () => {
    const folded = await overSeeds(tenClass, { ...quick, epochs: 1, pictures: true }, [1, 2], {
      select: ({ scores, classes }) => ({ scores, classes }),
    })
    assert.equal(folded.result.scores.test.accuracy.n, 2)
    assert.deepEqual(folded.result.classes, result.classes)
  })

  await t.test('should refuse to hold out all images', async () => {
    await assert.rejects(
      run(tenClass, { ...quick, validation: 3000 }),
      /Cannot split 3000 images, expected both parts to have some, found 0 in the first/,
    )
  })

  await t.test('should learn the real classes', needsRealData, async (t) => {
    process.env.WEFT_DATA = realData
    process.env.XDG_CACHE_HOME = await temporaryFolder(t)
    const { result } = await run(tenClass, { epochs: 1, batchSize: 32 })
    assert.deepEqual(
      [result.scores.train.count, result.scores.validation.count, result.scores.test.count],
      [55_000, 5000, 10_000],
    )
    assert.ok(result.scores.test.accuracy > 0.75, `${result.scores.test.accuracy}`)
  })
})
