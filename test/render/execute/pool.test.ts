import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openPool } from '../../../src/render/execute/pool.ts'
import type { Executor, Host, OpenedEngine, Outcome, Task } from '../../../src/render/model/types.ts'
import { descendantsOf, untilGone } from '../../report/processes.ts'
import { temporaryProject } from './temporary-project.ts'

const patienceMs = 5_000

const engine = `let opened = 0
export const openEngine = () => {
  opened++
  return { name: 'none', version: '1', threads: 2, note: 'counts on its fingers', opened: () => opened }
}
`

interface Test {
  after(clean: () => Promise<void> | void): void
}

interface TestedPool {
  readonly pool: Executor
  /** Runs the body of an experiment, with \`has(file)\` and \`until(holds)\` at hand. */
  run(body: string, host?: Partial<Host>, signal?: AbortSignal): Promise<Outcome>
  path(name: string): string
}

function poolOf(test: Test, size: number, orderSeed?: number): TestedPool {
  const root = temporaryProject(test, { 'engine.mjs': engine })
  const pool = openPool({
    root,
    folder: root,
    runFolder: join(root, 'run'),
    heapMb: 48,
    engine: pathToFileURL(join(root, 'engine.mjs')).href,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    size,
    orderSeed,
  })
  test.after(() => pool.close())
  return {
    pool,
    run: (body, host = {}, signal) => pool.run(taskOf(body), { ...silent, ...host }, signal),
    path: (name) => join(root, name),
  }
}

const silent: Host = { job: () => Promise.reject(new Error('no jobs')), progress() {}, log() {} }

function taskOf(body: string): Task {
  const code = `import { existsSync, writeFileSync } from 'node:fs'
const has = (name) => existsSync(name)
const put = (name) => writeFileSync(name, '')
const until = async (holds) => { while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10)) }
export default { name: 'e', async run(params, context) { ${body} } }
`
  const input = { params: '{}', seed: '1' }
  return { kind: 'job', label: 'e seed 1', key: '', code, map: '{}', packages: {}, input }
}

function resultOf(outcome: Outcome): unknown {
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.exports.result
}

function failureOf(outcome: Outcome): { readonly kind: string; readonly message: string } {
  assert.ok(!outcome.ok, JSON.stringify(outcome))
  return outcome.failure
}

/** Gives a host that waits for the first word of a task. */
function listening(): { readonly host: Partial<Host>; readonly spoken: Promise<string> } {
  let log: Host['log'] = () => {}
  const spoken = new Promise<string>((resolve) => {
    log = (_label, text) => resolve(text)
  })
  return { host: { log: (label, text) => log(label, text) }, spoken }
}

describe('openPool', { concurrency: 2 }, () => {
  it('should start tasks in the order in which they come', async (t) => {
    const { run } = poolOf(t, 2)
    const started: number[] = []
    const tasks = Array.from({ length: 7 }, (_, number) =>
      run(`return ${number}`, { started: () => started.push(number) }),
    )
    assert.deepEqual((await Promise.all(tasks)).map(resultOf), [0, 1, 2, 3, 4, 5, 6])
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5, 6])
  })

  it('should start tasks in an order that a seed decides, each once', async (t) => {
    const orderOf = async (seed: number) => {
      const { run } = poolOf(t, 1, seed)
      const started: number[] = []
      const tasks = Array.from({ length: 7 }, (_, number) =>
        run(`return ${number}`, { started: () => started.push(number) }),
      )
      assert.deepEqual((await Promise.all(tasks)).map(resultOf), [0, 1, 2, 3, 4, 5, 6])
      return started
    }
    const [first, again, other] = [await orderOf(1), await orderOf(1), await orderOf(2)]
    assert.deepEqual(again, first)
    assert.notDeepEqual(other, first)
    for (const order of [first, other]) assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5, 6])
  })

  it('should run as many beside each other as it has processes, each in its own', async (t) => {
    const { run, path } = poolOf(t, 2)
    const meet = (own: string, other: string) =>
      run(`put('${own}'); await until(() => has('${other}')); return process.pid`)
    const third = { isStarted: false }
    const first = meet('a', 'b')
    const second = meet('b', 'a')
    const last = run('return process.pid', { started: () => (third.isStarted = true) })
    assert.equal(third.isStarted, false)
    const pids = (await Promise.all([first, second, last])).map(resultOf)
    assert.notEqual(pids[0], pids[1])
    assert.ok(pids.slice(0, 2).includes(pids[2]), `${pids}`)
    assert.ok(existsSync(path('a')) && existsSync(path('b')))
  })

  it('should start no process before it is needed', async (t) => {
    const { run } = poolOf(t, 3)
    const pids = new Set<unknown>()
    for (let number = 0; number < 4; number++) pids.add(resultOf(await run('return process.pid')))
    assert.equal(pids.size, 1)
  })

  it('should run again what came to a process that had just ended', async (t) => {
    const { run } = poolOf(t, 1)
    const pid = resultOf(await run('return process.pid')) as number
    process.kill(pid, 'SIGKILL')
    assert.notEqual(resultOf(await run('return process.pid')), pid)
  })

  const ends: Record<string, { readonly body: string; readonly kind: string; readonly message: RegExp }> = {
    'killed from outside': {
      body: "process.kill(process.pid, 'SIGKILL'); await until(() => false)",
      kind: 'crash',
      message: /^killed its process, which was killed by SIGKILL/,
    },
    'broken by native code': {
      body: "process.kill(process.pid, 'SIGSEGV'); await until(() => false)",
      kind: 'crash',
      message: /^killed its process, which was killed by SIGSEGV/,
    },
    'out of memory': {
      body: 'const all = []; for (;;) all.push(new Array(1000).fill(0).map((_, i) => ({ i })))',
      kind: 'out-of-memory',
      message: /^ran out of memory/,
    },
  }
  for (const [what, { body, kind, message }] of Object.entries(ends)) {
    it(`should fail one task alone when it is ${what}`, async (t) => {
      const { run, path } = poolOf(t, 2)
      const beside = run("put('beside'); await until(() => has('over')); return 'whole'")
      const bad = run(`await until(() => has('beside')); ${body}`)
      const behind = run("return 'next'")
      const failure = failureOf(await bad)
      assert.equal(failure.kind, kind)
      assert.match(failure.message, message)
      assert.equal(resultOf(await behind), 'next')
      writeFileSync(path('over'), '')
      assert.equal(resultOf(await beside), 'whole')
    })
  }

  for (const way of ['closed', 'aborted', 'closed, with jobs that compute'] as const) {
    it(`should stop what runs and what waits when it is ${way}, and leave no process`, async (t) => {
      const { pool, run } = poolOf(t, 2)
      const stop = new AbortController()
      const blocked = way.includes('compute') ? 'for (;;);' : 'await until(() => false)'
      const listeners = [listening(), listening()]
      const tasks = [
        ...listeners.map(({ host }) => run(`console.log(process.pid); ${blocked}`, host, stop.signal)),
        ...[1, 2].map(() => run("put('late')", {}, stop.signal)),
      ]
      const pids = (await Promise.all(listeners.map(({ spoken }) => spoken))).map(Number)
      const processes = descendantsOf(process.pid).filter(({ pid }) => pids.includes(pid))
      assert.equal(processes.length, 2)
      if (way === 'aborted') stop.abort()
      else void pool.close()
      const outcomes = await Promise.all(tasks)
      assert.deepEqual(
        outcomes.map((outcome) => failureOf(outcome).kind),
        ['aborted', 'aborted', 'aborted', 'aborted'],
      )
      await pool.close()
      assert.deepEqual(await untilGone(processes, patienceMs), [])
      assert.equal(failureOf(await run("put('late')")).kind, 'aborted')
    })
  }

  it('should start nothing under a signal that has fired', async (t) => {
    const { run, path } = poolOf(t, 1)
    const failure = failureOf(await run("put('late')", {}, AbortSignal.abort()))
    assert.equal(failure.kind, 'aborted')
    assert.equal(resultOf(await run("return has('late')")), false)
    assert.equal(existsSync(path('late')), false)
  })

  it('should stop one task by its signal, whether it runs or waits, and run all others', async (t) => {
    const { run, path } = poolOf(t, 2)
    const stop = new AbortController()
    const { host, spoken } = listening()
    const beside = run("await until(() => has('over')); return 'whole'")
    const looping = run("console.log('in'); for (;;);", host, stop.signal)
    const late = run("put('late')", {}, stop.signal)
    const behind = run("return has('late')")
    await spoken
    stop.abort()
    assert.deepEqual([failureOf(await looping).kind, failureOf(await late).kind], ['aborted', 'aborted'])
    assert.equal(resultOf(await behind), false)
    writeFileSync(path('over'), '')
    assert.equal(resultOf(await beside), 'whole')
  })

  it('should tell of the engine that a process has opened', async (t) => {
    const { run } = poolOf(t, 1)
    const engines: OpenedEngine[] = []
    const outcome = await run('return context.engine.name', {
      openedEngine: (opened) => engines.push(opened),
    })
    assert.deepEqual(engines, [{ name: 'none', version: '1', threads: 2, note: 'counts on its fingers' }])
    assert.ok(outcome.ok && outcome.facts.engine === 'none 1' && outcome.facts.usesEngine === 'true')
  })

  it('should open the engine once for all jobs of a process, and let none change it', async (t) => {
    const { run } = poolOf(t, 1)
    const job = 'const { engine } = context\nreturn [engine.opened(), Object.isFrozen(engine), engine.name]'
    assert.deepEqual(resultOf(await run(job)), [1, true, 'none'])
    assert.match(failureOf(await run("context.engine.name = 'other'")).message, /read only property 'name'/)
    // After a failure the next job has a fresh thread.
    assert.deepEqual(resultOf(await run(job)), [1, true, 'none'])
    assert.deepEqual(resultOf(await run(job)), [1, true, 'none'])
  })

  it('should open no engine for a job whose code does not name one', async (t) => {
    const { run } = poolOf(t, 1)
    const engines: OpenedEngine[] = []
    const openedEngine = (opened: OpenedEngine) => void engines.push(opened)
    const outcome = await run('return 1', { openedEngine })
    assert.ok(outcome.ok)
    assert.deepEqual([engines, outcome.facts], [[], { usesEngine: 'false' }])
    const hidden = await run("return context['eng' + 'ine']", { openedEngine })
    assert.equal(resultOf(await run('const { seed } = { ...context }\nreturn seed')), 1)
    assert.match(failureOf(hidden).message, /e seed 1 has no engine, expected its code to name `engine`/)
  })
})
