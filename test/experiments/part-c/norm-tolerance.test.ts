import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { normTolerance } from '../../../src/experiments/part-c/norm-tolerance.ts'
import '../data/draw-once.ts'

const params = (normalized: boolean) => ({
  data: 'stand-in-garments' as const,
  images: 300,
  validation: 100,
  depth: 4,
  units: 16,
  epochs: 2,
  normalized,
  tries: listOf({ learningRate: 0.05 }, { learningRate: 1e6 }, { learningRate: 0.05, scale: 5 }),
})

test('normTolerance', async (t) => {
  const { result } = await run(normTolerance, params(false))

  await t.test('should count a loss that does not stay finite as a guess, and continue', () => {
    assert.deepEqual(result.tries[1], { learningRate: 1e6, scale: 1, diverged: 1, accuracy: 0.1 })
    assert.deepEqual(
      result.tries.map(({ learningRate, scale }) => [learningRate, scale]),
      [
        [0.05, 1],
        [1e6, 1],
        [0.05, 5],
      ],
    )
  })

  await t.test('should start each try from the same weights', async () => {
    const alone = await run(normTolerance, { ...params(false), tries: [{ learningRate: 0.05, scale: 5 }] })
    assert.deepEqual(alone.result.tries[0], result.tries[2])
  })

  await t.test('should learn with normalization', async () => {
    const { result } = await run(normTolerance, params(true))
    // A random guess is right for a tenth of the images.
    assert.ok(result.tries[0]!.accuracy > 0.2, `${result.tries[0]!.accuracy}`)
    assert.equal(result.tries[0]!.diverged, 0)
    const again = await run(normTolerance, params(true))
    assert.deepEqual(again.result, result)
    const other = await run(normTolerance, params(true), { seed: 2 })
    assert.notDeepEqual(other.result, result)
  })

  await t.test('should refuse a rate of zero and an empty list', async () => {
    await assert.rejects(
      run(normTolerance, { ...params(true), tries: [{ learningRate: 0 }] }),
      /params\.tries\.0\.learningRate/,
    )
    await assert.rejects(run(normTolerance, { ...params(true), tries: [] as never }), /params\.tries/)
  })
})

interface Try {
  readonly learningRate: number
  readonly scale?: number
}

function listOf(first: Try, ...others: Try[]): [Try, ...Try[]] {
  return [first, ...others]
}
