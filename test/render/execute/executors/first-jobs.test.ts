import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FirstJobs } from '../../../../src/render/execute/executors/first-jobs.ts'
import { jobOf } from './fake-slurm.ts'
import { clusterOf, resultOf } from './played-cluster.ts'

const sweepOf = (count: number, name?: string) => Array.from({ length: count }, (_, x) => jobOf(x, name))
const xsOf = (tasks: readonly ReturnType<typeof jobOf>[]) =>
  tasks.map(({ job }) => (job.request.params as { x: number }).x)
const unknown = { expectedMs: () => undefined }

describe('FirstJobs', () => {
  it('should let a few jobs of a long sweep go first, and the others when one has ended', () => {
    const first = new FirstJobs(unknown)
    const sweep = sweepOf(40)
    assert.deepEqual(xsOf(first.choose(sweep, 0)), [0, 10, 20, 30])
    assert.deepEqual(first.choose(sweepOf(41).slice(40), 1_000), [], 'one that is asked for later waits too')
    const [lost] = sweep
    assert.deepEqual(first.choose([lost!], 1_000), [lost], 'a first one that is submitted again')
    assert.deepEqual(first.due(2_000), [])
    first.ended(sweep[1]!.key)
    assert.deepEqual(first.due(2_000), [], 'no first one')
    first.ended(sweep[10]!.key)
    const due = first.due(2_000)
    assert.equal(due.length, 37)
    assert.deepEqual(first.due(2_000), [])
    const left = sweep.filter(({ key }) => due.includes(key))
    assert.deepEqual(first.choose(left, 3_000), left, 'they are not held back twice')
  })

  it('should hold nothing back of short sweeps, or if their time is known', () => {
    const mixed = [...sweepOf(16), ...sweepOf(16, 'cube')]
    assert.deepEqual(new FirstJobs(unknown).choose(mixed, 0), mixed)
    const known = new FirstJobs({ expectedMs: () => 10 })
    assert.equal(known.choose(sweepOf(100), 0).length, 100)
  })

  it('should let the others go if the first ones take long, or do not begin', () => {
    const sweep = sweepOf(40)
    const running = new FirstJobs(unknown)
    const waiting = new FirstJobs(unknown)
    for (const each of [running, waiting]) each.choose(sweep, 0)
    running.started(sweep[0]!.key, 5_000)
    assert.deepEqual([running.due(14_999).length, running.due(15_000).length], [0, 36])
    assert.deepEqual([waiting.due(59_999).length, waiting.due(60_000).length], [0, 36])
  })

  it('should make few tasks of many trivial jobs', async (t) => {
    const sweep = sweepOf(40)
    const { slurm, build } = clusterOf(t, sweep)
    const { run, told, close } = build()
    const outcomes = Promise.all(sweep.map((job) => run(job)))
    const first = await slurm.array(1)
    assert.equal(first.flatMap(({ keys }) => keys).length, 4)
    first[0]!.finish()
    const others = await slurm.array(2)
    // Each of a second, as the first one told.
    assert.deepEqual([others.flatMap(({ keys }) => keys).length, others.length], [36, 4])
    for (const task of [...first.slice(1), ...others]) task.finish()
    assert.deepEqual(
      (await outcomes).map(resultOf),
      sweep.map((_, x) => x * x),
    )
    assert.deepEqual(told.slice(0, 1), ['Slurm now: runs 4 jobs in 4 tasks of array 1'])
    await close()
  })
})
