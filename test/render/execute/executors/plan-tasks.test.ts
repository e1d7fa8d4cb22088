import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { planTasks } from '../../../../src/render/execute/executors/plan-tasks.ts'
import { limitMs } from '../../../../src/render/execute/executors/submit-batch.ts'

const room = { slots: 4, jobsAtOnce: 1, most: 500 }
const jobs = (...seconds: readonly (number | undefined)[]) =>
  seconds.map((one) => ({ expectedMs: one === undefined ? undefined : one * 1000 }))
const secondsOf = (tasks: readonly (readonly { readonly expectedMs: number | undefined }[])[]) =>
  tasks.map((task) => task.map(({ expectedMs }) => (expectedMs ?? 0) / 1000))

describe('planTasks', () => {
  it('should put many short jobs into one task, and none twice', () => {
    const tasks = planTasks(jobs(...Array.from({ length: 1000 }, () => 0.02)), room)
    assert.deepEqual(
      tasks.map((task) => task.length),
      [500, 500],
    )
  })

  it('should begin with the longest jobs, each in the task that has the least to do', () => {
    assert.deepEqual(secondsOf(planTasks(jobs(1, 50, 9, 30, 20), room)), [[50], [30], [20], [9], [1]])
    assert.deepEqual(secondsOf(planTasks(jobs(6, 5, 4, 3, 2), room)), [
      [6, 3, 2],
      [5, 4],
    ])
  })

  it('should give each task ten seconds of work, and each slot equally many tasks', () => {
    const countOf = (seconds: number) =>
      planTasks(jobs(...Array.from({ length: seconds }, () => 1)), room).length
    assert.deepEqual(
      [9, 19, 20, 39, 40, 79, 80, 119, 120, 1000].map(countOf),
      [1, 1, 2, 3, 4, 4, 8, 8, 12, 16],
    )
  })

  it('should make no more tasks than a few for each slot, than allowed, or than there are jobs', () => {
    const many = jobs(...Array.from({ length: 100 }, () => 60))
    assert.equal(planTasks(many, room).length, 16)
    assert.equal(planTasks(many, { ...room, most: 3 }).length, 3)
    assert.equal(planTasks(jobs(600, 600), room).length, 2)
    assert.equal(planTasks(many.slice(0, 8), { ...room, jobsAtOnce: 4 }).length, 2)
  })

  it('should give no task more work than its time allows, where jobs can be dealt so', () => {
    const many = jobs(...Array.from({ length: 100 }, () => 60))
    assert.equal(planTasks(many, { ...room, mostMs: 300_000 }).length, 20)
    assert.equal(planTasks(many, { ...room, mostMs: 3_600_000 }).length, 16)
    assert.equal(planTasks(many, { ...room, mostMs: 1 }).length, 100)
  })

  it('should read the time limit of a task as Slurm does', () => {
    const minutes = ['90', '90:30', '1:30:00', '2-12', '2-12:30', '1-00:00:30'].map(
      (text) => limitMs(text) / 60_000,
    )
    assert.deepEqual(minutes, [90, 90.5, 90, 3600, 3630, 1440.5])
  })

  it('should take a job of unknown time for one like the others, or for one of some length', () => {
    assert.equal(planTasks(jobs(undefined, undefined), room).length, 2)
    assert.equal(planTasks(jobs(1, undefined, undefined), room).length, 1)
    assert.deepEqual(planTasks([], room), [[]])
  })
})
