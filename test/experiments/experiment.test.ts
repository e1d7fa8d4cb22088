import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { defineExperiment, overSeeds, run, sweep } from '../../src/experiments/experiment.ts'

const line = defineExperiment({
  name: 'line',
  params: z.strictObject({ slope: z.number(), at: z.number().default(2) }),
  run({ slope, at }, { seed, engine, measure }) {
    measure('seconds', 0.5)
    return { y: slope * at, noise: seed, unit: 'm', engine: engine.name }
  },
})

const host = Symbol.for('weft.host')

test('run', async (t) => {
  await t.test('should run in this process outside a report, with params completed and seed 1', async () => {
    const { params, result, measured } = await run(line, { slope: 3 })
    assert.deepEqual(params, { slope: 3, at: 2 })
    assert.deepEqual({ ...result, engine: '' }, { y: 6, noise: 1, unit: 'm', engine: '' })
    assert.match(result.engine, /^(onnx|tfjs)/)
    assert.deepEqual(measured, { seconds: 0.5 })
  })

  await t.test('should explain wrong params', async () => {
    // @ts-expect-error: no number
    await assert.rejects(run(line, { slope: 'steep' }), (error: Error) => {
      assert.match(
        error.message,
        /^Cannot run experiment `line`, unexpected params: params\.slope: .*expected number/,
      )
      assert.ok(error.cause)
      return true
    })
  })

  await t.test('should ask the host in a report', async (t) => {
    const asked: unknown[] = []
    const job = { params: {}, result: { y: 1 }, measured: {} }
    const serve = async (request: unknown) => {
      asked.push(request)
      return job
    }
    Object.assign(globalThis, { [host]: { job: serve } })
    t.after(() => Reflect.deleteProperty(globalThis, host))
    assert.equal(await run({ ...line, module: 'src/line.ts' }, { slope: 3 }, { seed: 4 }), job)
    assert.deepEqual(asked, [{ module: 'src/line.ts', name: 'line', params: { slope: 3, at: 2 }, seed: 4 }])
    await assert.rejects(
      run(line, { slope: 3 }),
      /Cannot run experiment `line`, expected it in a module of the project/,
    )
  })
})

test('sweep', async (t) => {
  await t.test('should keep the order of its params', async () => {
    const jobs = await sweep(line, [{ slope: 3 }, { slope: 1 }], { seed: 9 })
    assert.deepEqual(
      jobs.map(({ params, result }) => [params.slope, result.y, result.noise]),
      [
        [3, 6, 9],
        [1, 2, 9],
      ],
    )
  })
})

test('overSeeds', async (t) => {
  await t.test('should average results and measurements of one job per seed', async () => {
    const { params, result, measured } = await overSeeds(line, { slope: 1 }, [1, 3])
    assert.deepEqual(params, { slope: 1, at: 2 })
    assert.deepEqual(result.noise, { mean: 2, std: Math.SQRT2, n: 2, min: 1, max: 3 })
    assert.deepEqual(result.y, { mean: 2, std: 0, n: 2, min: 2, max: 2 })
    assert.equal(result.unit, 'm')
    assert.deepEqual(measured.seconds, { mean: 0.5, std: 0, n: 2, min: 0.5, max: 0.5 })
  })

  await t.test('should fold the histories of runs that stop early, with n for each epoch', async () => {
    const stopping = defineExperiment({
      name: 'stopping',
      params: z.strictObject({}),
      run(_, { seed, measure }) {
        measure('epochs', Array<number>(seed).fill(0.5))
        const loss = Array.from({ length: seed }, (_, epoch) => seed + epoch)
        return { epochs: seed, history: { validation: { loss } } }
      },
    })
    const { result, runs, measured } = await overSeeds(stopping, {}, [1, 3])
    assert.deepEqual(result.history.validation.loss, [
      { mean: 2, std: Math.SQRT2, n: 2, min: 1, max: 3 },
      { mean: 4, std: 0, n: 1, min: 4, max: 4 },
      { mean: 5, std: 0, n: 1, min: 5, max: 5 },
    ])
    // The times of the epochs as well.
    const { epochs } = measured as unknown as { epochs: { n: number }[] }
    assert.deepEqual(
      epochs.map(({ n }) => n),
      [2, 1, 1],
    )
    assert.deepEqual(result.epochs, { mean: 2, std: Math.SQRT2, n: 2, min: 1, max: 3 })
    assert.deepEqual(
      runs.map((each) => each.result.history.validation.loss),
      [[1], [3, 4, 5]],
    )
  })

  await t.test('should require different seeds', async () => {
    await assert.rejects(
      overSeeds(line, { slope: 1 }, []),
      /Unexpected seeds \[\], expected one or more different ones/,
    )
    await assert.rejects(overSeeds(line, { slope: 1 }, [1, 1]), /Unexpected seeds \[1, 1\]/)
  })
})
