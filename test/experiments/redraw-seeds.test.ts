import assert from 'node:assert/strict'
import test from 'node:test'
import { redrawnP, redrawSeeds } from '../../src/experiments/redraw-seeds.ts'

const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length
const near = (found: number, wanted: number) => assert.ok(Math.abs(found - wanted) < 1e-12, `${found}`)

test('redrawSeeds', async (t) => {
  await t.test('should draw every multiset once, with its probability', () => {
    const { redraws } = redrawSeeds([1, 2, 3], mean)
    assert.equal(redraws.length, 10)
    near(
      redraws.reduce((sum, { share }) => sum + share, 0),
      1,
    )
    near(redraws.find(({ value }) => value === 1)!.share, 1 / 27)
    assert.equal(redrawSeeds([1, 2, 3, 4, 5], mean).redraws.length, 126)
  })

  await t.test('should give a mean the bootstrap variance, the mean square / n', () => {
    const seeds = [0.81, 0.84, 0.85, 0.79, 0.9]
    const { value, redraws } = redrawSeeds(seeds, mean)
    near(value, mean(seeds))
    const variance = redraws.reduce((sum, each) => sum + each.share * (each.value - value) ** 2, 0)
    near(variance, mean(seeds.map((each) => (each - value) ** 2)) / seeds.length)
  })

  await t.test('should take the ends of the interval from the redraws', () => {
    const { low, high } = redrawSeeds([0, 1], (drawn) => drawn.reduce((sum, each) => sum + each, 0))
    // Sums 0, 1 and 2, with the shares 1/4, 1/2 and 1/4.
    assert.deepEqual([low, high], [0, 2])
    const certain = redrawSeeds([7], mean)
    assert.deepEqual([certain.low, certain.value, certain.high], [7, 7, 7])
  })

  await t.test('should refuse no seed, and too many', () => {
    assert.throws(() => redrawSeeds([], mean), /expected one to eight, found 0/)
    assert.throws(() => redrawSeeds(Array(9).fill(1), mean), /found 9/)
  })
})

test('redrawnP', async (t) => {
  await t.test('should be twice the share of redraws that disagree', () => {
    const one = redrawSeeds([2, 0], mean)
    // Means 2, 1 and 0 with 1/4, 1/2 and 1/4, against 0.5: a quarter is not above.
    const half = redrawSeeds([0.5, 0.5], mean)
    near(redrawnP(one, half), 0.5)
    near(redrawnP(half, one), 0.5)
    near(redrawnP(one, redrawSeeds([-1, -1], mean)), 0)
    near(redrawnP(one, one), 1)
  })

  await t.test('should refuse different numbers of seeds', () => {
    assert.throws(
      () => redrawnP(redrawSeeds([1], mean), redrawSeeds([1, 2], mean)),
      /expected those of equally many seeds/,
    )
  })
})
