import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { awake, canPause, Worker } from '../../../bench/training/worker.ts'
import { Workers } from '../../../bench/training/workers.ts'
import { runFlags, runnableUrl } from '../../as-run.ts'
import { isRunning } from '../../is-running.ts'

const echo = `
  const lines = require('node:readline').createInterface({ input: process.stdin })
  lines.on('line', () => console.log(JSON.stringify({ count: 1 })))
  console.log(JSON.stringify({ title: 'echo' }))`

test('Worker', { skip: !canPause && 'nothing can be stopped here' }, async (t) => {
  await t.test('should answer only while it is awake', async () => {
    const workers = new Workers()
    try {
      const worker = new Worker(process.execPath, ['-e', echo], {})
      workers.add(worker)
      assert.equal(await worker.title(), 'echo')
      worker.pause()
      const answer = worker.ask({ command: 'stop' })
      const early = await Promise.race([answer, setTimeout(300, 'none')])
      assert.equal(early, 'none')
      await awake([worker], async () => assert.deepEqual(await answer, { count: 1 }))
    } finally {
      workers.kill()
    }
  })

  await t.test('should end with its parent, also if it is stopped and the parent is killed', async () => {
    const [worker, workers] = ['worker', 'workers'].map((name) =>
      runnableUrl(new URL(`../../../bench/training/${name}.ts`, import.meta.url)),
    )
    const parent = spawn(process.execPath, [
      ...runFlags,
      '--input-type=module',
      '-e',
      `import { Worker } from ${JSON.stringify(worker)}
       import { Workers } from ${JSON.stringify(workers)}
       const one = new Worker(process.execPath, ['-e', ${JSON.stringify(echo)}], {})
       new Workers().add(one)
       await one.title()
       one.pause()
       console.log(one.pid)
       setInterval(() => {}, 1000)`,
    ])
    const [chunk] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(chunk))
    assert.ok(isRunning(pid))
    parent.kill('SIGKILL')
    for (let turn = 0; turn < 100 && isRunning(pid); turn++) await setTimeout(50)
    assert.ok(!isRunning(pid))
  })
})
