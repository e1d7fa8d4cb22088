import assert from 'node:assert/strict'
import test from 'node:test'
import { run } from 'weft/experiment'
import { arrival, descents } from '../../../src/experiments/part-c/descents.ts'
import { optimizerNames } from '../../../src/experiments/part-c/named-optimizer.ts'
import { rules } from './walk-oracle.ts'

/** Tolerance of float32 against float64 over the first steps, and of points kept to four decimals. */
const pointTolerance = 5e-4

const rates = { gradientDescent: 0.018, momentum: 0.018, rmsProp: 0.032, adam: 0.18 }

test('descents', async (t) => {
  for (const optimizer of optimizerNames) {
    await t.test(`should follow the formula of ${optimizer}`, async () => {
      const { result } = await run(descents, { surface: 'narrow', optimizer, rates: [rates[optimizer]] })
      const rule = rules[optimizer]!(rates[optimizer])
      let point = [-4, 2]
      for (const [step, found] of result.best!.path.slice(0, 15).entries()) {
        const off = Math.hypot(found[0] - point[0]!, found[1] - point[1]!)
        assert.ok(off < pointTolerance, `step ${step}: found ${found}, expected ${point}`)
        point = rule(point, [point[0]!, 100 * point[1]!], step + 1)
      }
    })
  }

  await t.test('should end with the first step within the radius', async () => {
    const { result } = await run(descents, { surface: 'curved', optimizer: 'momentum', rates: [0.01] })
    const { steps, path } = result.best!
    const distance = ([x, y]: readonly [number, number]) => Math.hypot(x - 1, y - 1)
    assert.equal(path.length, steps + 1)
    assert.deepEqual(path[0], [-1.5, 2])
    assert.ok(distance(path.at(-1)!) < 0.1)
    assert.ok(distance(path.at(-2)!) >= 0.1)
  })

  await t.test('should keep the fastest of several rates', async () => {
    const walk = async (rates: number[]) =>
      (await run(descents, { surface: 'round', optimizer: 'gradientDescent', rates })).result.best
    const [slow, quick] = [await walk([0.03]), await walk([0.18])]
    assert.ok(quick!.steps < slow!.steps)
    assert.deepEqual(await walk([0.03, 0.18]), quick)
    assert.deepEqual(await walk([0.18, 0.03]), quick)
  })

  await t.test('should give null if a run diverges or is too slow', async () => {
    const walk = async (rate: number) =>
      run(descents, { surface: 'narrow', optimizer: 'gradientDescent', rates: [rate], most: 50 })
    // Above twice the inverse of the curvature 100, each step is longer than the one before.
    assert.equal((await walk(0.03)).result.best, null)
    assert.equal((await walk(0.001)).result.best, null)
  })

  await t.test(
    'should depend on the rotation of the bowl with Adam, but not with gradient descent',
    async () => {
      const steps = async (surface: 'narrow' | 'rotated', optimizer: 'gradientDescent' | 'adam') => {
        const job = await run(descents, { surface, optimizer, rates: [rates[optimizer]] })
        return job.result.best?.steps
      }
      assert.equal(await steps('narrow', 'gradientDescent'), await steps('rotated', 'gradientDescent'))
      assert.notEqual(await steps('narrow', 'adam'), await steps('rotated', 'adam'))
    },
  )

  await t.test('should refuse an unknown surface, and missing or negative rates', async () => {
    const none = { surface: 'round', optimizer: 'adam', rates: [] } as const
    await assert.rejects(
      run(descents, { ...none, surface: 'flat' as never, rates: [1] }),
      /Cannot run experiment `descents`.*params\.surface/,
    )
    await assert.rejects(run(descents, { ...none, rates: [] }), /params\.rates/)
    await assert.rejects(run(descents, { ...none, rates: [-1] }), /params\.rates\.0/)
  })
})

test('arrival should count steps until the path stays', () => {
  const path = [3, 0.5, 2, 0.5, 0.2].map((x) => [x, 0] as const)
  assert.equal(arrival(path, [0, 0], 1), 3)
  assert.equal(arrival(path, [0, 0], 10), 0)
  assert.equal(arrival(path, [0, 0], 0.1), 5)
  assert.equal(arrival([[Number.NaN, 0]], [0, 0], 1), 1)
})
