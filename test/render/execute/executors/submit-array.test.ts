import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { jobOf } from './fake-slurm.ts'
import { clusterOf, messageOf, one, resultOf } from './played-cluster.ts'

const late = 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation'

describe('the submission of an array', () => {
  it('should ask a busy controller again, and say so', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { run, told } = build({ retryMs: 10 })
    slurm.refusal = late
    const outcome = run(one)
    const [task] = await slurm.array(1)
    assert.equal(slurm.submitted.length, 2)
    assert.equal(told[0], `Slurm now: does not answer \`sbatch\`, which runs again in 0.01 s: ${late}`)
    task!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should not submit twice what a busy controller has taken without saying so', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { submit } = slurm
    slurm.submit = async (...given) => {
      await submit(...given)
      throw new Error(late)
    }
    const outcome = build().run(one)
    const [task] = await slurm.array(1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(slurm.submitted.length, 1)
    task!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should give a controller up that stays busy', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    slurm.submit = () => Promise.reject(new Error(late))
    assert.equal(messageOf(await build({ retryMs: 1 }).run(one)), late)
    assert.deepEqual(batches(), [])
  })

  it('should not wait for a busy controller when it is closed', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const { run, close, told } = build({ retryMs: 3_600_000 })
    slurm.refusal = late
    const outcome = run(one)
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await close()
    assert.equal(messageOf(await outcome), 'was stopped')
    assert.deepEqual([slurm.submitted.length, batches()], [1, []])
  })

  it('should make as few tasks as Slurm allows, and lose no job', async (t) => {
    const sweep = Array.from({ length: 14 }, (_, x) => jobOf(x))
    const { slurm, build } = clusterOf(t, sweep)
    const { submit } = slurm
    const asked: string[] = []
    slurm.submit = async (args) => {
      const array = args.find((arg) => arg.startsWith('--array='))!
      asked.push(array)
      if (Number(/-(\d+)/.exec(array)![1]) >= 4)
        throw new Error('sbatch: error: Batch job submission failed: Invalid job array specification')
      return submit(args)
    }
    const { run, told } = build()
    const outcomes = Promise.all(sweep.map((job) => run(job)))
    const tasks = await slurm.array(1)
    assert.deepEqual(asked, ['--array=0-13', '--array=0-6', '--array=0-3'])
    assert.deepEqual(tasks.flatMap(({ keys }) => keys).sort(), sweep.map(({ key }) => key).sort())
    assert.equal(told[0], 'Slurm now: runs 14 jobs in 4 tasks of array 1')
    for (const task of tasks) task.finish()
    assert.equal((await outcomes).length, 14)
  })
})
