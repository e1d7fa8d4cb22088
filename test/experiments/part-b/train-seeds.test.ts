import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { network } from '../../../src/experiments/part-b/network.ts'
import { gapOf, summary } from '../../../src/experiments/part-b/summary.ts'
import { trainSeeds } from '../../../src/experiments/part-b/train-seeds.ts'
import '../data/draw-once.ts'

const quick = { data: 'stand-in-letters', images: 400, batchSize: 50, epochs: 2 } as const

test('trainSeeds', async (t) => {
  const { result, pictures, measured, runs } = await trainSeeds({ ...quick, pictures: true }, [4, 5])

  await t.test('should summarize one job per seed', async () => {
    const jobs = [await run(network, quick, { seed: 4 }), await run(network, quick, { seed: 5 })]
    assert.deepEqual(result, summary(jobs.map((job) => job.result)))
    assert.equal(result.scores.test.accuracy.n, 2)
  })

  await t.test('should give the pictures of the first seed', async () => {
    const { result: first } = await run(network, { ...quick, pictures: true }, { seed: 4 })
    assert.notEqual(pictures, null)
    assert.deepEqual(pictures, first.pictures)
  })

  await t.test('should give no pictures by default', async () => {
    assert.equal((await trainSeeds(quick, [4])).pictures, null)
  })

  await t.test('should give what each seed reached, for comparisons', async () => {
    const { result: first } = await run(network, quick, { seed: 4 })
    const { epochs, best, scores, weights } = first
    assert.deepEqual(runs[0], { seed: 4, result: { ...scores, epochs, best, weights, gap: gapOf(scores) } })
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [4, 5],
    )
  })

  await t.test('should measure a training, its epochs and images per second', () => {
    const { training, epoch, imagesPerSecond } = measured
    assert.deepEqual([training.n, epoch.n, imagesPerSecond.n], [2, 2, 2])
    // Both seeds train for two epochs of 400 images.
    assert.ok(Math.abs(epoch.mean - training.mean / 2) < 1e-9)
    assert.ok(Math.abs(imagesPerSecond.max - 800 / training.min) < 1e-6 * imagesPerSecond.max)
  })
})
