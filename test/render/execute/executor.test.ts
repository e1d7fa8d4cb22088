import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type ExecutorOptions, openExecutor } from '../../../src/render/execute/executor.ts'
import type { Host, Outcome, Task } from '../../../src/render/model/types.ts'
import { descendantsOf, until, untilGone } from '../../report/processes.ts'
import { temporaryProject } from './temporary-project.ts'

interface Test {
  after(clean: () => Promise<void> | void): void
}

const silent: Host = { job: () => Promise.reject(new Error('no jobs')), progress() {}, log() {} }

function executorOf(test: Test, options: Partial<ExecutorOptions> = {}) {
  const root = temporaryProject(test, {
    'engine.mjs': 'export const openEngine = () => ({ name: "none", version: "1" })\n',
  })
  const executor = openExecutor({
    root,
    folder: root,
    runFolder: join(root, 'run'),
    engine: pathToFileURL(join(root, 'engine.mjs')).href,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    slots: 2,
    ...options,
  })
  test.after(() => executor.close())
  const path = (name: string) => join(root, name)
  /** Runs the body of a cell, with `put(file)` and `until(file)` at hand, and `job()`. */
  const run = (body: string, signal?: AbortSignal, host: Partial<Host> = {}, kind: Task['kind'] = 'cell') =>
    executor.run(taskOf(body, kind), { ...silent, ...host }, signal)
  const exists = (name: string) => until(() => existsSync(path(name)), name)
  return { executor, run, path, exists }
}

function taskOf(body: string, kind: Task['kind']): Task {
  const helpers = `import { existsSync, writeFileSync } from 'node:fs'
import { threadId } from 'node:worker_threads'
const put = (name) => writeFileSync(name, '')
const until = async (name) => { while (!existsSync(name)) await new Promise((resolve) => setTimeout(resolve, 10)) }
const job = () => globalThis[Symbol.for('weft.host')].job({ module: 'm', name: 'n', params: {}, seed: 1 })
`
  const code =
    kind === 'job'
      ? `${helpers}export default { name: 'e', async run(_, { signal }) { ${body} } }`
      : `${helpers}const give = async () => { ${body} }\nexport const given = await give()`
  const input: Task['input'] = kind === 'job' ? { params: '{}', seed: '1' } : {}
  const map = '{"version":3,"sources":[],"names":[],"mappings":""}'
  return { kind, label: 'a', key: '', code, map, packages: {}, input }
}

function resultOf(outcome: Outcome): unknown {
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.exports.given ?? outcome.exports.result
}

function kindOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.failure.kind
}

const processesOf = () => descendantsOf(process.pid).filter(({ command }) => command.includes('process.js'))

describe('openExecutor', () => {
  it('should stop one cell by its signal, even in an endless loop, and no other', async (t) => {
    const { run, path, exists } = executorOf(t)
    const stop = new AbortController()
    const beside = run("put('beside'); await until('over'); return process.pid")
    const looping = run("put('looping'); for (;;);", stop.signal)
    const behind = run('return process.pid')
    await Promise.all([exists('looping'), exists('beside')])
    const before = performance.now()
    stop.abort()
    assert.equal(kindOf(await looping), 'aborted')
    assert.ok(performance.now() - before < 100, 'its outcome is there at once')
    const pid = resultOf(await behind)
    writeFileSync(path('over'), '')
    assert.equal(resultOf(await beside), pid)
  })

  it('should stop a cell that waits, without starting it', async (t) => {
    const { run, path, exists } = executorOf(t, { slots: 1 })
    const stop = new AbortController()
    const first = run("put('first'); await until('over'); return 1")
    const second = run("put('second')", stop.signal)
    await exists('first')
    stop.abort()
    assert.equal(kindOf(await second), 'aborted')
    writeFileSync(path('over'), '')
    assert.equal(resultOf(await first), 1)
    assert.equal(existsSync(path('second')), false)
  })

  it('should let a job end by itself when it is stopped, and else replace its process', async (t) => {
    const { run, path, exists } = executorOf(t, { slots: 1 })
    const [gentle, deaf] = [new AbortController(), new AbortController()]
    const pid = resultOf(await run('return process.pid', undefined, {}, 'job'))
    const first = run(
      "put('first'); while (!signal.aborted) await new Promise((go) => setTimeout(go, 5)); put('cleaned'); return 1",
      gentle.signal,
      {},
      'job',
    )
    await exists('first')
    gentle.abort()
    assert.equal(kindOf(await first), 'aborted')
    const next = await run('return [process.pid, signal.aborted]', undefined, {}, 'job')
    assert.deepEqual(resultOf(next), [pid, false])
    assert.equal(existsSync(path('cleaned')), true)
    const second = run("put('second'); for (;;);", deaf.signal, {}, 'job')
    await exists('second')
    const old = processesOf().filter((row) => row.pid === pid)
    deaf.abort()
    assert.equal(kindOf(await second), 'aborted')
    assert.notEqual(resultOf(await run('return process.pid', undefined, {}, 'job')), pid)
    assert.deepEqual([old.length, await untilGone(old, 2_000)], [1, []])
  })

  it('should name the code of a task, with the versions of the packages that it imports', async (t) => {
    const { executor, path } = executorOf(t)
    const codeWith = async (version: string, body = "return globalThis[Symbol.for('weft.host')].code") => {
      mkdirSync(path('omega'), { recursive: true })
      writeFileSync(path('omega/package.json'), JSON.stringify({ name: 'omega', version }))
      const task = { ...taskOf(body, 'cell'), packages: { omega: path('omega') } }
      return resultOf(await executor.run(task, silent))
    }
    const code = await codeWith('1.0.0')
    assert.match(String(code), /^[0-9a-f]{32} [0-9a-f]{64}$/)
    assert.equal(await codeWith('1.0.0'), code)
    assert.notEqual(await codeWith('1.0.1'), code)
    assert.notEqual(await codeWith('1.0.0', "return globalThis[Symbol.for('weft.host')].code + ''"), code)
  })

  it('should go on in a fresh process when a thread cannot be stopped, and keep what runs in the old one', async (t) => {
    const { run, path, exists } = executorOf(t)
    const stop = new AbortController()
    const beside = run("put('beside'); await until('over'); return process.pid")
    // To open a pipe that nobody writes to blocks in the system.
    execFileSync('mkfifo', [path('pipe')])
    const blocked = run(
      "const { readFileSync } = await import('node:fs'); put('blocked'); readFileSync('pipe'); put('read')",
      stop.signal,
    )
    await Promise.all([exists('blocked'), exists('beside')])
    stop.abort()
    assert.equal(kindOf(await blocked), 'aborted')
    const pid = resultOf(await run('return process.pid'))
    const old = processesOf().filter((row) => row.pid !== pid)
    writeFileSync(path('over'), '')
    assert.notEqual(resultOf(await beside), pid)
    assert.deepEqual([old.length, await untilGone(old, 2_000)], [1, []])
  })

  it('should take a thread that waits for the next cell, and have another one then', async (t) => {
    const { run } = executorOf(t, { hasSpare: true, isEarly: true })
    const threads: unknown[] = []
    for (let count = 0; count < 4; count++) {
      // The next one has started by then.
      await new Promise((resolve) => setTimeout(resolve, 300))
      threads.push(resultOf(await run('return threadId')))
    }
    assert.deepEqual(threads, [1, 2, 3, 4])
    const waiting = run('await new Promise((done) => setTimeout(done, 300)); return threadId')
    await new Promise((resolve) => setTimeout(resolve, 150))
    // The fifth thread was ready before its cell came, the sixth before the next.
    assert.deepEqual([resultOf(await run('return threadId')), resultOf(await waiting)], [6, 5])
  })

  it('should give the slot of a cell that waits for a job to another', async (t) => {
    const { run } = executorOf(t, { slots: 1, mostWaiting: 1 })
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    const job: Host['job'] = async () => {
      await asked
      return { params: {}, result: 3, measured: {} }
    }
    const waiting = run('return (await job()).result', undefined, { job })
    assert.equal(resultOf(await run('return 2')), 2)
    answer()
    assert.equal(resultOf(await waiting), 3)
  })

  it('should begin with what came last, if it is told to, and with tasks of one moment in their order', async (t) => {
    const { run, path, exists } = executorOf(t, { slots: 1, isNewestFirst: true })
    const order: string[] = []
    const named = (name: string) => run('return 1', undefined, { started: () => order.push(name) })
    const first = run("put('first'); await until('over')")
    await exists('first')
    const early = [named('a'), named('b')]
    await new Promise((go) => setTimeout(go, 20))
    const late = [named('c'), named('d')]
    writeFileSync(path('over'), '')
    await Promise.all([first, ...early, ...late])
    assert.deepEqual(order, ['c', 'd', 'a', 'b'])
  })

  it('should take a fresh process after so many tasks, and end one that rests', async (t) => {
    const { run } = executorOf(t, { slots: 1, mostTasks: 2, idleMs: 100 })
    const pids: unknown[] = []
    for (let count = 0; count < 5; count++) pids.push(resultOf(await run('return process.pid')))
    const [a, b, c, d, e] = pids
    assert.deepEqual([a === b, b === c, c === d, d === e], [true, false, true, false])
    const rows = descendantsOf(process.pid).filter(({ pid }) => pids.includes(pid))
    assert.deepEqual(await untilGone(rows, 2_000), [])
    assert.equal(resultOf(await run('return 1')), 1)
  })
})
