import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FirstJobs } from '../../../../src/render/execute/executors/first-jobs.ts'
import { jobOf, type PlayedTask } from './fake-slurm.ts'
import { clusterOf, resultOf } from './played-cluster.ts'

const sweepOf = (count: number, name?: string) => Array.from({ length: count }, (_, x) => jobOf(x, name))
const xsOf = (tasks: readonly ReturnType<typeof jobOf>[]) =>
  tasks.map(({ job }) => (job.request.params as { x: number }).x)
const unknown = { expectedMs: () => undefined }

const chosenBy = (first: FirstJobs, tasks: readonly ReturnType<typeof jobOf>[], now = 0) =>
  xsOf(first.choose(tasks, now).jobs)

describe('FirstJobs', () => {
  it('should let two tasks of a long sweep go first, and the others when they tell how long jobs take', () => {
    const first = new FirstJobs(unknown)
    const sweep = sweepOf(40)
    const { jobs, together } = first.choose(sweep, 0)
    assert.deepEqual(xsOf(jobs), [0, 13, 26, 39])
    const keyOf = (x: number) => sweep[x]!.key
    assert.deepEqual(together, [
      [keyOf(0), keyOf(26)],
      [keyOf(13), keyOf(39)],
    ])
    assert.deepEqual(
      chosenBy(first, sweepOf(41).slice(40), 1_000),
      [],
      'one that is asked for later waits too',
    )
    assert.deepEqual(chosenBy(first, [sweep[0]!], 1_000), [0], 'a first one that is submitted again')
    for (const x of [0, 13]) first.started(keyOf(x), 1_000)
    first.ended(keyOf(1), true)
    first.ended(keyOf(0), false)
    assert.deepEqual(first.due(2_000), [], 'no first one, and one that says nothing of the others')
    first.ended(keyOf(26), true)
    assert.deepEqual(first.due(2_000), [], 'the other task may show that jobs take longer')
    first.ended(keyOf(13), true)
    const due = first.due(2_000)
    assert.equal(due.length, 37)
    assert.deepEqual(first.due(2_000), [])
    const left = sweep.filter(({ key }) => due.includes(key))
    assert.deepEqual(first.choose(left, 3_000), { jobs: left, together: [] }, 'they are not held back twice')
  })

  it('should not wait for a first task that has not begun, nor for a time if all first jobs have failed', () => {
    const sweep = sweepOf(40)
    const pending = new FirstJobs(unknown)
    const failing = new FirstJobs(unknown)
    for (const each of [pending, failing]) each.choose(sweep, 0)
    pending.started(sweep[0]!.key, 1_000)
    pending.ended(sweep[0]!.key, true)
    assert.equal(pending.due(2_000).length, 36)
    for (const x of [0, 13, 26]) failing.ended(sweep[x]!.key, false)
    assert.equal(failing.due(2_000).length, 36, 'of one task')
  })

  it('should hold nothing back of short sweeps, or if their time is known', () => {
    const mixed = [...sweepOf(16), ...sweepOf(16, 'cube')]
    assert.deepEqual(new FirstJobs(unknown).choose(mixed, 0), { jobs: mixed, together: [] })
    const known = new FirstJobs({ expectedMs: () => 10 })
    assert.equal(known.choose(sweepOf(100), 0).jobs.length, 100)
  })

  it('should give each first task so many jobs that each of its processes runs two', () => {
    const wide = new FirstJobs(unknown, 3)
    assert.equal(wide.choose(sweepOf(48), 0).jobs.length, 48)
    const { jobs, together } = wide.choose(sweepOf(49), 0)
    assert.deepEqual([jobs.length, together.map((keys) => keys.length)], [12, [6, 6]])
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

  for (const [what, first, usual, tasks] of [
    // 596 of 2 ms are a second of work, whatever it took to start the processes of the first ones.
    ['trivial jobs', 700, 2, 1],
    // 60 s for four processors.
    ['jobs of a tenth of a second', 900, 100, 4],
  ] as const)
    it(`should make few tasks of 600 ${what}`, async (t) => {
      const sweep = sweepOf(600)
      const { slurm, build } = clusterOf(t, sweep)
      const { run, told, close } = build()
      const outcomes = Promise.all(sweep.map((job) => run(job)))
      const finish = (task: PlayedTask) => {
        task.elapsedMs = (place) => (place === 0 ? first : usual)
        task.finish()
      }
      const before = await slurm.array(1)
      assert.deepEqual(
        before.map(({ keys }) => keys.length),
        [2, 2],
      )
      before.forEach(finish)
      const others = await slurm.array(2)
      assert.deepEqual([others.flatMap(({ keys }) => keys).length, others.length], [596, tasks])
      others.forEach(finish)
      assert.deepEqual(
        (await outcomes).map(resultOf),
        sweep.map((_, x) => x * x),
      )
      assert.equal(told[0], 'Slurm now: runs 4 jobs in 2 tasks of array 1')
      await close()
    })
})
