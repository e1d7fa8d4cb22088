import assert from 'node:assert/strict'
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  hasWaiting,
  newBatch,
  removeBatch,
  waitFor,
  writeBatch,
} from '../../../../src/render/execute/executors/batches.ts'
import { WatchedTask } from '../../../../src/render/execute/executors/watched-task.ts'
import { openEventFile } from '../../../../src/render/execute/jobs/job-events.ts'
import { storeResult } from './fake-slurm.ts'
import { clusterOf, messageOf, one, resultOf, two } from './played-cluster.ts'

const alive = { type: 'begun', host: 'n1', pid: 1 } as const
const started = { type: 'started', key: one.key } as const

describe('the batches that a build waits for', () => {
  it('should not wait for jobs that another build lets go of while this one submits', async (t) => {
    const { slurm, build, root } = clusterOf(t)
    const folder = join(root, 'dist/.cache/slurm')
    const other = { ...newBatch(folder, [[one.key]], false), isDecided: true }
    const { processors, submit } = slurm
    slurm.processors = (...given) => {
      slurm.processors = processors
      writeBatch(other)
      return processors(...given)
    }
    slurm.submit = (...given) => {
      removeBatch(other)
      return submit(...given)
    }
    const { run } = build()
    const outcomes = Promise.all([run(one), run(two)])
    const [own] = await slurm.array(1)
    assert.deepEqual(own!.keys, [two.key], 'another build is about to submit the other one')
    const [left] = await slurm.array(2)
    assert.deepEqual(left!.keys, [one.key])
    for (const task of [own!, left!]) task.finish()
    assert.deepEqual((await outcomes).map(resultOf), [1, 4])
  })

  it('should not touch the keys of tasks once they are submitted: a task may read them at that moment', (t) => {
    const { root } = clusterOf(t)
    const batch = newBatch(join(root, 'dist/.cache/slurm'), [[one.key]], false)
    writeBatch(batch)
    const path = join(batch.folder, '0.keys')
    assert.equal(readFileSync(path, 'utf8'), `${one.key}\n`)
    writeFileSync(path, 'as a task reads them')
    writeBatch({ ...batch, arrayId: '17' })
    assert.equal(readFileSync(path, 'utf8'), 'as a task reads them')
  })

  for (const [when, ageMs] of [
    ['before this one came', 120_000],
    ['while this one waits', 0],
  ] as const)
    it(`should not wait for a build of another machine that died on the way to Slurm, ${when}`, async (t) => {
      const { slurm, build, root } = clusterOf(t)
      const other = {
        ...newBatch(join(root, 'dist/.cache/slurm'), [[one.key]], false),
        isDecided: true,
      }
      const written = (before: number) => {
        const time = new Date(Date.now() - before)
        utimesSync(join(other.folder, 'batch.json'), time, time)
      }
      writeBatch(other)
      writeFileSync(join(other.folder, 'ffffffff-1-abc.waits'), '')
      written(ageMs)
      const { run } = build()
      const outcome = run(one)
      if (ageMs === 0) {
        await pause(100)
        assert.equal(slurm.submitted.length, 0)
        written(120_000)
      }
      const [task] = await slurm.array(1)
      task!.finish()
      assert.equal(resultOf(await outcome), 1)
    })

  it('should take the result of a task that ends before it tells of it', async (t) => {
    for (const state of ['NODE_FAIL', 'OUT_OF_MEMORY', 'TIMEOUT']) {
      const { slurm, build, root } = clusterOf(t)
      const outcome = build().run(one)
      const [task] = await slurm.array(1)
      task!.say(alive, started)
      storeResult(join(root, 'dist/.cache/freeze'), one)
      task!.state = state
      assert.equal(resultOf(await outcome), 1)
      assert.equal(slurm.submitted.length, 1)
    }
  })

  it('should not wait again for a batch that it has left', (t) => {
    const { root } = clusterOf(t)
    const batch = newBatch(join(root, 'dist/.cache/slurm'), [[one.key]], false)
    writeBatch(batch)
    const waiting = waitFor(batch)
    assert.ok(hasWaiting(batch.folder))
    waiting.leave()
    waiting.renew()
    assert.equal(hasWaiting(batch.folder), false)
  })

  it('should give up a job whose results are said to be stored three times, and are not', async (t) => {
    const { slurm, build } = clusterOf(t)
    const outcome = build({ lateMs: 50 }).run(one)
    for (const number of [1, 2, 3]) {
      const [task] = await slurm.array(number)
      task!.say(alive, started, { type: 'done', key: one.key })
    }
    assert.match(messageOf(await outcome), /has stored a result that cannot be read in .*freeze, 3 times$/)
    assert.equal(slurm.submitted.length, 3)
  })

  it('should be patient with a task that Slurm has suspended, from when it runs again', (t) => {
    const { root } = clusterOf(t)
    const batch = newBatch(join(root, 'dist/.cache/slurm'), [[one.key]], false)
    writeBatch(batch)
    const task = new WatchedTask(batch, 0)
    const patience = { silentMs: 500, startMs: 500 }
    const say = openEventFile(join(batch.folder, '0.jsonl'))
    const slurmSays = (state: string, now: number) => {
      task.update({ index: 0, state, reason: 'None', node: 'n1' }, now)
      return task.end(now, patience)?.how
    }
    assert.equal(slurmSays('RUNNING', 0), undefined)
    say(alive, started)
    task.hear(100)
    assert.equal(slurmSays('SUSPENDED', 700), undefined)
    assert.equal(slurmSays('SUSPENDED', 90_000), undefined)
    assert.equal(slurmSays('RUNNING', 90_001), undefined)
    assert.equal(slurmSays('RUNNING', 90_500), undefined)
    assert.equal(slurmSays('RUNNING', 90_501), 'lost')
  })

  it('should cancel an array that Slurm takes while the build closes', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const { submit } = slurm
    let take = () => {}
    const taken = new Promise<void>((resolve) => {
      take = resolve
    })
    let isAsked = false
    slurm.submit = async (...given) => {
      isAsked = true
      await taken
      return submit(...given)
    }
    const { run, close } = build()
    const outcome = run(one)
    while (!isAsked) await pause(5)
    const closed = close()
    take()
    await closed
    assert.equal(messageOf(await outcome), 'was stopped')
    assert.deepEqual(slurm.cancelled, ['1'])
    assert.deepEqual(batches(), [])
  })

  it('should say what keeps it from watching, and leave no job waiting', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { run } = build()
    slurm.tasks = () => Promise.reject(new Error('the folder is gone'))
    assert.equal(messageOf(await run(one)), 'cannot watch the jobs on Slurm, the folder is gone')
  })
})
