import assert from 'node:assert/strict'
import test from 'node:test'
import { compareSeeds } from 'weft/experiment'
import { pairedP } from '../../../src/experiments/holm.ts'
import { compareFamily } from '../../../src/experiments/part-b/compare-family.ts'

const runs = (values: readonly number[]) =>
  values.map((score, index) => ({ seed: index + 1, result: { score } }))
const score = (result: { readonly score: number }) => result.score
const zero = runs([0, 0, 0, 0, 0])

test('compareFamily', async (t) => {
  const up = runs([1, 1.1, 0.9, 1, 1.05])
  const down = runs([-1, -2, -3, -4, -6])
  const level = runs([1, -1, 2, -2, 0])
  const judged = compareFamily(
    [
      [up, zero],
      [down, zero],
      [level, zero],
    ],
    score,
  )

  await t.test('should compare each pair seed by seed, in order', () => {
    assert.deepEqual(
      judged.map(({ comparison }) => comparison),
      [up, down, level].map((each) => compareSeeds(each, zero, score)),
    )
  })

  await t.test('should adjust each p for the number of comparisons', () => {
    const alone = [up, down, level].map((each) => pairedP(compareSeeds(each, zero, score)))
    assert.deepEqual(
      judged.map(({ p }) => p),
      [3 * alone[0]!, 2 * alone[1]!, 1],
    )
  })

  await t.test('should call higher or lower only what holds in the whole family', () => {
    assert.deepEqual(
      judged.map(({ isHigher, isLower }) => [isHigher, isLower]),
      [
        [true, false],
        [false, true],
        [false, false],
      ],
    )
    // Alone it holds, p = 0.02; among four it does not.
    const many = compareFamily(
      [0, 1, 2, 3].map(() => [down, zero] as const),
      score,
    )
    assert.deepEqual(
      many.map(({ isLower }) => isLower),
      [false, false, false, false],
    )
  })

  await t.test('should refuse a pair of different seeds', () => {
    assert.throws(() => compareFamily([[up.slice(1), zero]], score), /expected the same on both sides/)
  })
})
