import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { compareSeeds, defineExperiment, overSeeds } from '../../src/experiments/experiment.ts'

const listed = (values: Record<number, number>) =>
  Object.entries(values).map(([seed, score]) => ({ seed: Number(seed), result: { score } }))
const score = (result: { score: number }) => result.score

// The hours of sleep that Student (1908) compared: ten patients with two drugs.
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
const patients = (values: readonly number[]) =>
  values.map((each, seed) => ({ seed, result: { score: each } }))

test('compareSeeds', async (t) => {
  await t.test("should give the interval of Student's own data", () => {
    const { difference, low, high, ...counts } = compareSeeds(patients(second), patients(first), score)
    const close = (found: number, expected: number) =>
      assert.ok(Math.abs(found - expected) < 5e-7, `${found}`)
    close(difference.mean, 1.58)
    close(difference.std, 1.2299955)
    close(low!, 0.7001142)
    close(high!, 2.4598858)
    assert.deepEqual(counts, { wins: 9, losses: 0, ties: 1, n: 10 })
  })

  await t.test('should pair equal seeds in any order', () => {
    const { difference, wins, losses } = compareSeeds(
      listed({ 1: 5, 2: 7 }),
      [...listed({ 1: 4, 2: 6.5 })].reverse(),
      score,
    )
    assert.deepEqual([difference.min, difference.max, wins, losses], [0.5, 1, 2, 0])
  })

  await t.test('should accept the return value of overSeeds', async () => {
    const line = defineExperiment({
      name: 'line',
      params: z.strictObject({ slope: z.number() }),
      run: ({ slope }, { seed }) => ({ y: slope * seed, name: `seed ${seed}` }),
    })
    const over = (slope: number) => overSeeds(line, { slope }, [3, 1], { select: ({ y }) => ({ y }) })
    const [steep, flat] = await Promise.all([over(2), over(1)])
    assert.deepEqual(
      steep.runs.map(({ seed, params, result }) => [seed, params.slope, result]),
      [
        [3, 2, { y: 6 }],
        [1, 2, { y: 2 }],
      ],
    )
    assert.deepEqual(
      compareSeeds(steep, flat, ({ y }) => y),
      compareSeeds(steep.runs, flat.runs, ({ y }) => y),
    )
    assert.deepEqual(compareSeeds(steep, flat, ({ y }) => y).difference, {
      mean: 2,
      std: Math.SQRT2,
      n: 2,
      min: 1,
      max: 3,
    })
  })

  await t.test('should give no interval for one seed, and a point if all differences are equal', () => {
    const one = compareSeeds(listed({ 4: 2 }), listed({ 4: 3 }), score)
    assert.deepEqual([one.low, one.high, one.losses, one.n], [null, null, 1, 1])
    const equal = compareSeeds(listed({ 1: 3, 2: 5 }), listed({ 1: 1, 2: 3 }), score)
    assert.deepEqual([equal.low, equal.high, equal.wins], [2, 2, 2])
  })

  await t.test('should name seeds that are only on one side, and missing numbers', () => {
    assert.throws(
      () => compareSeeds(listed({ 1: 0, 2: 0 }), listed({ 1: 0, 3: 0 }), score),
      /^Error: Cannot compare seeds \[1, 2\] with \[1, 3\], expected the same on both sides, found 2, 3 on one$/,
    )
    const twice = [...listed({ 1: 0 }), ...listed({ 1: 1 })]
    assert.throws(
      () => compareSeeds(twice, twice, score),
      /^Error: Cannot compare seeds \[1, 1\], expected one or more different whole numbers$/,
    )
    assert.throws(
      () => compareSeeds([], [], score),
      /^Error: Cannot compare seeds \[\], expected one or more/,
    )
    const jobs = [{ params: {}, result: { score: 1 }, measured: {} }]
    // @ts-expect-error: jobs without their seeds
    assert.throws(() => compareSeeds(jobs, jobs, score), /^Error: Cannot compare seeds \[undefined\]/)
    assert.throws(
      () => compareSeeds(listed({ 7: Number.NaN }), listed({ 7: 1 }), score),
      /^Error: Cannot compare seed 7, expected a number of its result, found NaN$/,
    )
    assert.throws(
      // @ts-expect-error: no number
      () => compareSeeds(listed({ 7: 1 }), listed({ 7: 1 }), (result) => result),
      /^Error: Cannot compare seed 7, expected a number of its result, found \{"score":1\}$/,
    )
  })
})
