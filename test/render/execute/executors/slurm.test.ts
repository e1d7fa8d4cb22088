import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openElsewhere } from '../../../../src/render/cache/store.ts'
import type { JobTask } from '../../../../src/render/execute/jobs/job-files.ts'
import { sha256 } from '../../../../src/render/model/digest.ts'
import type { Outcome } from '../../../../src/render/model/types.ts'
import { writeFiles } from '../temporary-project.ts'
import { type FakeSlurm, jobOf, type PlayedTask, storeResult } from './fake-slurm.ts'
import { clusterOf, jobs, messageOf, one, resultOf, three, two } from './played-cluster.ts'

const alive = { type: 'begun', host: 'n1', pid: 1 } as const
const patience = { silentMs: 100, startMs: 60_000 }

describe('the executor of Slurm', () => {
  it('should submit together what is asked for together, and give results as their machine stored them', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const { run, told, close } = build({ settings: { partition: 'cpu', flags: ['--qos=long'] } })
    const outcomes = Promise.all(jobs.map((job) => run(job)))
    const tasks = await slurm.array(1)
    assert.deepEqual(tasks.flatMap(({ keys }) => keys).sort(), jobs.map(({ key }) => key).sort())
    for (const task of tasks) {
      const [key] = task.keys as [string]
      task.say(alive, { type: 'started', key }, { type: 'engine', engine: { name: 'onnx', version: '1' } })
      task.say({ type: 'progress', key, step: { label: '', epoch: 3, epochs: 4 } })
      task.say({ type: 'log', key, text: 'hello' })
      task.finish()
      task.say({ type: 'ended' })
    }
    const all = await outcomes
    assert.deepEqual(all.map(resultOf), [1, 4, 9])
    assert.ok(all.every((outcome) => outcome.ok && outcome.stored?.provenance.platform === 'other-machine'))
    assert.deepEqual(
      told.filter((line) => line.startsWith('2 ') || line.includes('x 2')),
      ['2 started', '2 onnx', `${two.label} 3`, `${two.label}: hello`],
    )
    assert.equal(told[0], 'Slurm now: runs 3 jobs in 3 tasks of array 1')
    assert.equal(slurm.submitted.length, 1)
    const args = slurm.submitted[0]!
    for (const arg of ['--parsable', '--array=0-2', '--cpus-per-task=1', '--no-requeue', '--partition=cpu'])
      assert.ok(args.includes(arg), `${arg} in ${args}`)
    assert.equal(args.at(-2), '--qos=long', 'further options come last')
    assert.match(tasks[0]!.script, /^#!\/bin\/sh\nexport WEFT_DATA='\/it'\\''s'\nnode=/)
    await close()
    assert.deepEqual(batches(), [], 'nothing is left')
    assert.deepEqual(slurm.cancelled, [])
  })

  it('should give the failure of a job as its worker tells it, and the results of the others', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { run } = build({ settings: { cpus: 1, tasks: 1 } })
    const outcomes = Promise.all([run(one), run(two)])
    const [task, other] = await slurm.array(1)
    const failing = [task!, other!].find(({ keys }) => keys.includes(one.key))!
    const failure = { kind: 'error', message: `job ${one.label}: x is 1`, frames: ['at a.ts:1:1'] } as const
    failing.say(alive, { type: 'started', key: one.key }, { type: 'failed', key: one.key, failure })
    for (const each of [task!, other!]) each.finish(each.keys.filter((key) => key !== one.key))
    const [first, second] = (await outcomes) as [Outcome, Outcome]
    const there = { ...failure, message: 'x is 1 (on n1)' }
    assert.deepEqual(first, { ok: false, failure: there, elapsedMs: 0 })
    assert.equal(resultOf(second), 4)
    assert.ok(slurm.submitted[0]!.includes('--array=0-1%1'))
  })

  it('should say what may be wrong with a job whose process was killed', async (t) => {
    const { slurm, build } = clusterOf(t)
    const outcome = build().run(one)
    const [task] = await slurm.array(1)
    const message = 'killed its process, which was killed by SIGKILL'
    task!.say(alive, { type: 'failed', key: one.key, failure: { kind: 'crash', message } })
    assert.equal(
      messageOf(await outcome),
      `${message} (on n1): if it lacked memory, give it more with \`slurm: { memory: ... }\``,
    )
  })

  it('should submit again what a task leaves, and give a job up that ends its task three times', async (t) => {
    const { slurm, build, root } = clusterOf(t)
    const { run, told } = build()
    const outcome = run(one)
    for (const number of [1, 2, 3]) {
      const [task] = (await slurm.array(number)) as [Awaited<ReturnType<FakeSlurm['array']>>[number]]
      const folder = join(root, 'dist/.cache/slurm')
      for (const id of readdirSync(folder)) writeFileSync(join(folder, id, '0.out'), 'x\nno such node\n')
      task.state = 'FAILED'
      task.reason = 'NonZeroExitCode'
    }
    assert.equal(messageOf(await outcome), 'its Slurm task on n1 ended as FAILED: no such node, 3 times')
    assert.equal(told.filter((line) => line.includes('1 job is submitted again')).length, 2)
  })

  it('should not repeat what a worker says when it is stopped', async (t) => {
    const { slurm, build, root, batches } = clusterOf(t)
    const { run, told } = build()
    const outcome = run(one)
    const [task] = await slurm.array(1)
    writeFileSync(join(root, 'dist/.cache/slurm', batches()[0]!, '0.out'), 'Stopped: all is kept.\n')
    task!.state = 'CANCELLED'
    const [again] = await slurm.array(2)
    assert.ok(told.includes('Slurm now: a task on n1 ended as CANCELLED: 1 job is submitted again'))
    again!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should go on without a node that gives no sign of life', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { run, told } = build({ patience })
    const outcomes = Promise.all([run(one), run(two)])
    const tasks = await slurm.array(1)
    const lost = tasks.find(({ keys }) => keys.includes(one.key))!
    lost.say(alive, { type: 'started', key: one.key })
    tasks.find(({ keys }) => keys.includes(two.key))!.finish([two.key])
    const [again] = await slurm.array(2)
    assert.deepEqual(again!.keys, [one.key])
    assert.deepEqual(slurm.cancelled, [`1_${lost.index}`])
    assert.ok(slurm.submitted[1]!.includes('--exclude=n1'))
    assert.match(told.join('\n'), /a task on n1 gave no sign of life for \d+ s: 1 job is submitted again/)
    again!.finish()
    assert.deepEqual((await outcomes).map(resultOf), [1, 4])
  })

  it('should go on without a node on which a task ends before its first word', async (t) => {
    const { slurm, build, batches, root } = clusterOf(t)
    const { run, told } = build()
    const outcome = run(one)
    const [task] = await slurm.array(1)
    const folder = join(root, 'dist/.cache/slurm', batches()[0]!)
    task!.state = 'FAILED'
    task!.reason = 'JobLaunchFailure'
    const [again] = await slurm.array(2)
    assert.ok(slurm.submitted[1]!.includes('--exclude=n1'))
    assert.ok(
      told.includes(
        `Slurm now: a task on n1 ended as FAILED (JobLaunchFailure) before its first word, expected a node that can write into ${folder}: 1 job is submitted again, to other nodes if there are any`,
      ),
      told.join('\n'),
    )
    again!.say(alive, { type: 'started', key: one.key })
    again!.state = 'FAILED'
    const [last] = await slurm.array(3)
    assert.ok(slurm.submitted[2]!.includes('--exclude=n1'), 'a job that has begun says nothing of its node')
    last!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should take a lost node all the same where the partition has no other', async (t) => {
    const { slurm, build } = clusterOf(t)
    const outcome = build({ patience }).run(one)
    const [lost] = await slurm.array(1)
    slurm.refusal = 'Requested node configuration is not available'
    lost!.say(alive)
    const [again] = await slurm.array(2)
    assert.deepEqual(
      slurm.submitted.map((args) => args.some((arg) => arg.startsWith('--exclude'))),
      [false, true, false],
    )
    again!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should take no result that was made from other data than this machine has', async (t) => {
    const { slurm, build, root } = clusterOf(t)
    writeFiles(root, { 'data/rain.csv': 'new', 'report.md': '' })
    const store = join(root, 'dist/.cache/freeze')
    const env = { WEFT_DATA: join(root, 'data') }
    const { run } = build({ otherFiles: openElsewhere({ root, folder: root }, env), lateMs: 100 })
    const outcomes = Promise.all([run(one), run(two)])
    const [first, second] = (await slurm.array(1)) as [PlayedTask, PlayedTask]
    for (const [task, text] of [
      [first, 'old'],
      [second, 'new'],
    ] as const) {
      const [key] = task.keys as [string]
      storeResult(store, jobs.find((job) => job.key === key)!, { '$WEFT_DATA/rain.csv': sha256(text) })
      task.say(alive, { type: 'done', key })
    }
    const [failed, taken] = (await outcomes).toSorted((a, b) => Number(a.ok) - Number(b.ok))
    assert.equal(
      messageOf(failed!),
      'its Slurm task gave a result that was made from other files than this machine has ($WEFT_DATA/rain.csv): let all nodes see the same files in WEFT_DATA and in the project',
    )
    assert.ok(taken!.ok)
    assert.equal(slurm.submitted.length, 1)
  })

  it('should wait for a result that replaces an older one, and look again at data that have changed', async (t) => {
    const { slurm, build, root } = clusterOf(t)
    writeFiles(root, { 'data/rain.csv': 'new' })
    const store = join(root, 'dist/.cache/freeze')
    const reads = (text: string) => ({ '$WEFT_DATA/rain.csv': sha256(text) })
    const env = { WEFT_DATA: join(root, 'data') }
    const { run } = build({ otherFiles: openElsewhere({ root, folder: root }, env) })
    const outcomes = [run(one), run(two)]
    storeResult(store, one, reads('old'))
    const tasks = await slurm.array(1)
    for (const { keys, say } of tasks) if (keys.includes(one.key)) say(alive, { type: 'done', key: one.key })
    await new Promise((resolve) => setTimeout(resolve, 50))
    storeResult(store, one, reads('new'))
    assert.equal(resultOf(await outcomes[0]!), 1)
    writeFiles(root, { 'data/rain.csv': 'newer' })
    storeResult(store, two, reads('newer'))
    for (const { keys, say } of tasks) if (keys.includes(two.key)) say(alive, { type: 'done', key: two.key })
    assert.equal(resultOf(await outcomes[1]!), 4)
  })

  it('should submit again as often as Slurm needs the node for other work', async (t) => {
    const { slurm, build } = clusterOf(t)
    const outcome = build().run(one)
    for (const number of [1, 2, 3, 4]) {
      const [task] = await slurm.array(number)
      task!.say(alive, { type: 'started', key: one.key })
      task!.state = 'PREEMPTED'
    }
    const [last] = await slurm.array(5)
    last!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should not blame a job for the time that others of its task took', async (t) => {
    const sweep = [1, 2, 3, 4].map((x) => jobOf(x))
    const { slurm, build } = clusterOf(t, sweep)
    const { run } = build({ times: { expectedMs: () => 100, add() {}, save() {} } })
    const outcomes = Promise.all(sweep.map((job) => run(job)))
    const { key } = sweep[0]!
    for (const number of [1, 2, 3]) {
      const [task] = await slurm.array(number)
      const others = task!.keys.filter((one) => one !== key)
      assert.equal(others.length, 4 - number)
      task!.say(alive)
      task!.finish(others.slice(0, 1))
      task!.say({ type: 'started', key })
      task!.state = 'TIMEOUT'
    }
    const last = await Promise.race([slurm.array(4), outcomes.then(() => [])])
    assert.equal(last.length, 1, 'it is submitted again')
    last[0]!.finish()
    assert.deepEqual((await outcomes).map(resultOf), [1, 4, 9, 16])
  })

  it('should not try again what needs more time or memory', async (t) => {
    for (const [state, word] of [
      ['TIMEOUT', 'time'],
      ['OUT_OF_MEMORY', 'memory'],
    ] as const) {
      const { slurm, build } = clusterOf(t)
      const outcome = build().run(one)
      const [task] = await slurm.array(1)
      task!.say(alive, { type: 'started', key: one.key })
      task!.state = state
      assert.equal(
        messageOf(await outcome),
        `its Slurm task on n1 ended as ${state}: give it more with \`slurm: { ${word}: ... }\``,
      )
      assert.equal(slurm.submitted.length, 1)
    }
  })

  it('should cancel what it waits for when it is closed, and a stopped job alone when it is stopped', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const { run, close } = build()
    const stop = new AbortController()
    const [stopped, other] = [run(one, stop.signal), run(two)]
    await slurm.array(1)
    stop.abort()
    assert.equal(messageOf(await stopped), 'was stopped')
    assert.deepEqual(slurm.cancelled, [])
    await close()
    assert.equal(messageOf(await other), 'was stopped')
    assert.deepEqual(slurm.cancelled, ['1'])
    assert.deepEqual(batches(), [])
    assert.equal(messageOf(await run(three)), 'was stopped')
  })

  it('should wait for the jobs of another build, and leave them to it', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const first = build()
    const outcome = first.run(one)
    const [task] = await slurm.array(1)
    task!.say(alive, { type: 'started', key: one.key })
    task!.say({ type: 'progress', key: one.key, step: { label: '', epoch: 7, epochs: 9 } })
    const second = build()
    const [same, own] = [second.run(one), second.run(two)]
    const [added] = await slurm.array(2)
    assert.deepEqual(added!.keys, [two.key], 'only the other one is submitted')
    assert.match(
      second.told.join('\n'),
      /^1 started\n.* 7\nSlurm now: runs 1 of these jobs already, in array 1/,
    )
    await first.close()
    assert.equal(messageOf(await outcome), 'was stopped')
    assert.deepEqual(slurm.cancelled, [], 'the second build waits for it')
    task!.finish()
    added!.finish()
    assert.deepEqual((await Promise.all([same, own])).map(resultOf), [1, 4])
    await second.close()
    assert.deepEqual(batches(), [])
  })

  it('should try a job again that failed before this build came, and remove what is over', async (t) => {
    const { slurm, build, batches } = clusterOf(t)
    const first = build()
    void first.run(one)
    const [task] = await slurm.array(1)
    const failure = { kind: 'error', message: 'no luck' } as const
    const dead = build()
    void dead.run(two)
    const [over] = await slurm.array(2)
    over!.state = 'COMPLETED'
    task!.say(alive, { type: 'failed', key: one.key, failure })
    const second = build()
    const outcome = second.run(one)
    const [again] = await slurm.array(3)
    assert.deepEqual(again!.keys, [one.key])
    again!.finish()
    assert.equal(resultOf(await outcome), 1)
    await Promise.all([first.close(), dead.close(), second.close()])
    assert.deepEqual(batches(), [])
  })

  it('should compute everything again if asked to, in a folder of its own', async (t) => {
    const { slurm, build } = clusterOf(t)
    void build().run(one)
    await slurm.array(1)
    const outcome = build({ isFresh: true }).run(one)
    const [task] = await slurm.array(2)
    assert.match(task!.script, /--results '.*\/results'/)
    task!.finish()
    assert.equal(resultOf(await outcome), 1)
  })

  it('should write a script that no name of a folder or variable can break', async (t) => {
    const { slurm, build, root } = clusterOf(t)
    const out = join(root, "100 %j's")
    const env = { WEFT_OK: "a'b", 'WEFT_A-B; false': 'x', OTHER: 'y' }
    void build({ env, out, folder: join(out, 'slurm') }).run(one)
    const [task] = await slurm.array(1)
    assert.match(task!.script, /^#!\/bin\/sh\nexport WEFT_OK='a'\\''b'\nnode=/)
    assert.match(task!.script, /100 %j'\\''s\/slurm\/[^/]+' \|\| exit 2\n/)
    assert.match(slurm.submitted[0]!.find((arg) => arg.startsWith('--output='))!, /100 %%j's\/.*\/%a\.out$/)
  })

  it('should say what Slurm refuses, and why it lets jobs wait', async (t) => {
    const { slurm, build } = clusterOf(t)
    const { run, told } = build()
    slurm.refusal = 'invalid partition specified: cpu'
    assert.equal(messageOf(await run(one)), 'Cannot submit jobs to Slurm: invalid partition specified: cpu')
    const outcome = run(two)
    const [task] = await slurm.array(1)
    slurm.isSilent = true
    await new Promise((resolve) => setTimeout(resolve, 50))
    slurm.isSilent = false
    task!.state = 'PENDING'
    task!.reason = 'Resources'
    while (!told.includes('Slurm now: lets 1 job in 1 task of array 1 wait (Resources: its nodes are busy)'))
      await new Promise((resolve) => setTimeout(resolve, 10))
    task!.finish()
    assert.equal(resultOf(await outcome), 4)
    const cell = { ...one, kind: 'cell', job: undefined } as unknown as JobTask
    assert.match(messageOf(await run(cell)), /expected a job/)
  })
})
