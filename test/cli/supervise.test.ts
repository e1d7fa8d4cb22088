import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { browserFolderPrefix } from '../../src/render/print/cache-folder.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'
import { descendantsOf, untilGone } from '../report/processes.ts'

// As the tests are compiled.
const source = new URL('../../dist/.tests/src/cli/supervise.js', import.meta.url).href

type Test = Parameters<typeof temporaryProject>[0]

/** Supervises a program of some lines of code, in a process of its own; gives what it says when it is ready. */
async function start(t: Test, program: string, more: NodeJS.ProcessEnv = {}) {
  const root = temporaryProject(t, {
    'program.mjs': `${program}\n`,
    'main.mjs': `import { fileURLToPath } from 'node:url'
import { supervise } from ${JSON.stringify(source)}
process.exitCode = await supervise(fileURLToPath(new URL('program.mjs', import.meta.url)), ['a b'])`,
  })
  const child = spawn(process.execPath, [join(root, 'main.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: root, ...more },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
  const end = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const ready = async () => {
    while (!text.includes('ready') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    child,
    ready,
    root,
    async ended() {
      const [code, signal] = await end
      return { code, signal, text: text.replace('ready\n', '') }
    },
  }
}

const stopped = 'Stopped: every finished result is kept, and the next build goes on from there.\n'
// It hears no signal, as in a loop that never ends, and leaves the processor to other tests.
const blocked = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'
const busy = `process.stdout.write('ready\\n', () => ${blocked})`

test('supervise should give the exit status and pass on what is printed, and the arguments', async (t) => {
  const { ended } = await start(t, "console.log(process.argv.slice(2).join('|')); process.exitCode = 3")
  assert.deepEqual(await ended(), { code: 3, signal: null, text: 'a b\n' })
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`supervise should end a program that hears nothing at ${signal}`, async (t) => {
    const { child, ready, ended } = await start(t, `process.on('${signal}', () => {})\n${busy}`)
    await ready()
    child.kill(signal)
    assert.deepEqual(await ended(), { code: 130, signal: null, text: stopped })
  })

test('supervise should let a program stop by itself, and say nothing then', async (t) => {
  const { child, ready, ended } = await start(
    t,
    "setInterval(() => {}, 1000); process.on('SIGTERM', () => { console.log('mine'); process.exit(130) }); console.log('ready')",
  )
  await ready()
  child.kill('SIGTERM')
  assert.deepEqual(await ended(), { code: 130, signal: null, text: 'mine\n' })
})

test('supervise should end what a program had started, and remove the folder of its browser', async (t) => {
  const { child, ready, ended, root } = await start(
    t,
    `import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', '${blocked}'], { stdio: 'ignore' })
process.on('message', () => {})
${busy}`,
  )
  await ready()
  const children = descendantsOf(child.pid!)
  const program = children.find(({ command }) => command.includes('program.mjs'))
  mkdtempSync(join(root, browserFolderPrefix(program!.pid)))
  assert.ok(children.length >= 2)
  child.kill('SIGTERM')
  await ended()
  assert.deepEqual(await untilGone(children, 5_000), [])
  assert.deepEqual(
    readdirSync(root).filter((name) => name.startsWith('weft-browser-')),
    [],
  )
})

test('supervise should end what a program had started without `ps`', {
  skip: process.platform === 'linux' ? false : 'only Linux lists processes in a folder',
}, async (t) => {
  const program = `import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', '${blocked}'], { stdio: 'ignore' })
${busy}`
  const { child, ready, ended } = await start(t, program, { PATH: '/nowhere' })
  await ready()
  const children = descendantsOf(child.pid!)
  assert.ok(children.length >= 2)
  child.kill('SIGTERM')
  assert.equal((await ended()).code, 130)
  assert.deepEqual(await untilGone(children, 5_000), [])
})

test('supervise should wait for a program that publishes results', async (t) => {
  const { child, ready, ended } = await start(
    t,
    `process.on('SIGTERM', () => {})
process.send('publishing', () => process.stdout.write('ready\\n', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)
  console.log('published')
  process.exit(0)
}))`,
  )
  await ready()
  child.kill('SIGTERM')
  assert.deepEqual(await ended(), { code: 0, signal: null, text: 'published\n' })
})

test('supervise should say how a program was killed', async (t) => {
  const { ended } = await start(t, "process.kill(process.pid, 'SIGKILL')")
  const { code, text } = await ended()
  assert.equal(code, 1)
  assert.equal(text, 'weft: the build was ended by SIGKILL: perhaps the machine ran out of memory\n')
})

test('a command should end with the process that supervises it', async (t) => {
  const command = new URL('../../dist/.tests/src/cli/command.js', import.meta.url)
  const { child, ready, ended } = await start(
    t,
    `setInterval(() => {}, 1000)
process.argv.splice(2, 9, '--version')
await import(${JSON.stringify(command.href)}).catch(() => {})
console.log('ready')`,
  )
  await ready()
  const children = descendantsOf(child.pid!)
  child.kill('SIGKILL')
  await ended()
  assert.deepEqual(await untilGone(children, 5_000), [])
})
