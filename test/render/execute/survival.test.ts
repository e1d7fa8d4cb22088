import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import test from 'node:test'
import { runFlags, runnable } from '../../as-run.ts'
import { isRunning } from '../../is-running.ts'
import { buildProject } from './build-project.ts'
import { cell, reportOf, temporaryProject } from './temporary-project.ts'

const program = runnable(new URL('./build-in-process.ts', import.meta.url))

test('finished jobs should survive the death of the build, and no process go on computing', async (t) => {
  const root = temporaryProject(t, {
    'e.ts': `import { defineExperiment } from 'weft/experiment'
export const e = defineExperiment({
  name: 'e',
  params: { parse: (value: unknown) => value as { x: number } },
  async run({ x }) {
    console.log('pid', process.pid)
    // Only under a build that is to be killed.
    if (x === 3 && process.env.WEFT_LOOP) for (;;);
    return { x }
  },
})
`,
    'report.md': reportOf(
      cell('done', 'export const done = 1') +
        cell(
          'a',
          "import { sweep } from 'weft/experiment'",
          "import { e } from './e.ts'",
          'console.log("pid", process.pid)',
          'export const a = (await sweep(e, [{ x: 1 }, { x: 2 }, { x: 3 }])).map((job) => job.result.x)',
        ),
    ),
  })
  const child = fork(program, [root], {
    execArgv: [...runFlags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  t.after(() => child.kill('SIGKILL'))
  const pids = new Set<number>()
  const events: string[] = []
  await new Promise<void>((resolve, reject) => {
    child.on('exit', () => reject(new Error(events.join('\n'))))
    child.on('message', (event: string) => {
      events.push(event)
      const pid = /^log \S+.*: pid (\d+)/.exec(event)?.[1]
      if (pid) pids.add(Number(pid))
      const jobs = events.filter((one) => one.startsWith('log e '))
      if (jobs.length === 3 && events.includes('ran done')) resolve()
    })
  })
  child.removeAllListeners('exit')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal(pids.size, 2)
  await gone([...pids])
  const built = await buildProject(root)
  assert.deepEqual(
    [built.states, built.exports.a, built.damaged],
    [{ done: 'reused', a: 'ran' }, [1, 2, 3], []],
  )
  assert.deepEqual(
    built.events.filter((event) => event.includes(' job ')),
    ['reused job e seed 1', 'reused job e seed 1', 'ran job e seed 1'],
  )
})

/** Waits until none of the processes runs, at most ten seconds. */
async function gone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (!pids.some(isRunning)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail(`${pids.filter(isRunning).join(', ')} still run`)
}
