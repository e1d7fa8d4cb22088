import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { contestants, counterExample } from '../../../src/experiments/part-c/counter-example.ts'

/** Tolerance of float32 against float64 after 300 steps. */
const pathTolerance = 1e-3
const small = { steps: 300, points: 10 }

test('counterExample', async (t) => {
  for (const optimizer of contestants) {
    await t.test(`should follow ${optimizer} as computed in float64`, async () => {
      const { result } = await run(counterExample, { optimizer, ...small })
      const wanted = walk(optimizer)
      assert.equal(result.every, 30)
      for (const [point, x] of result.path.entries())
        assert.ok(Math.abs(x - wanted.path[point]!) < pathTolerance, `${point}: ${x}, ${wanted.path[point]}`)
      assert.ok(Math.abs(result.regret - wanted.regret) < pathTolerance)
    })
  }

  await t.test('should drive Adam to the worst point, and the others to the best', async () => {
    const ends = await Promise.all(
      contestants.map(async (optimizer) => (await run(counterExample, { optimizer })).result.path.at(-1)!),
    )
    assert.ok(ends[0]! < -0.98 && ends[1]! > 0.98 && ends[2]! < -0.98, ends.join())
  })

  await t.test('should refuse a problem on which -1 is not optimal, and uneven stretches', async () => {
    await assert.rejects(run(counterExample, { optimizer: 'adam', slope: 2 }), /params\.slope/)
    await assert.rejects(
      run(counterExample, { optimizer: 'adam', steps: 100, points: 30 }),
      /expected steps to be a multiple of points/,
    )
  })
})

function walk(optimizer: (typeof contestants)[number]) {
  const beta2 = 1 / 10
  let [x, square, most, paid] = [0, 0, 0, 0]
  const path = [0]
  for (let step = 1; step <= small.steps; step++) {
    const slope = step % 3 === 1 ? 3 : -1
    paid += slope * x + slope
    square = beta2 * square + (1 - beta2) * slope ** 2
    most = Math.max(most, square)
    const divisors = {
      gradientDescent: 1,
      adam: Math.sqrt(square / (1 - beta2 ** step)),
      amsGrad: Math.sqrt(most),
    }
    x -= ((0.1 / Math.sqrt(step)) * slope) / divisors[optimizer]
    x = Math.min(1, Math.max(-1, x))
    if (step % 30 === 0) path.push(x)
  }
  return { path, regret: paid / small.steps }
}
