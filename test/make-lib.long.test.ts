import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { cell, reportOf } from './render/execute/temporary-project.ts'
import { copyTool, run, temporaryFolder } from './tool-copy.ts'

const make = 'src/make-lib.mjs'

test('lib', async (t) => {
  const folder = copyTool(t)

  await t.test('should lead stack traces to the sources', async () => {
    // Its types, which take longer, are in package.long.test.ts.
    const made = await run(process.execPath, [make, '--if-stale'], { cwd: folder })
    assert.equal(made.code, 0, made.text)
    const code = `import('weft/experiment').then(({ run }) => run({ name: 'x' }, {}))`
    const { text } = await run(process.execPath, ['--enable-source-maps', '-e', code], { cwd: folder })
    const [, line] = /src\/experiments\/experiment\.ts:(\d+):\d+/.exec(text) ?? assert.fail(text)
    const source = readFileSync(join(folder, 'src/experiments/experiment.ts'), 'utf8').split('\n')
    assert.match(source[Number(line) - 1]!, /Cannot run experiment|new Error/)
  })

  await t.test('should leave a check of the report behind npm', { timeout: 120_000 }, async () => {
    writeFileSync(join(folder, 'report.md'), reportOf(cell('a', 'export const a: string = 1')))
    const env = { npm_lifecycle_event: 'prepare', WEFT_BROWSER: '/usr/bin/chromium' }
    const { code, text } = await run(process.execPath, [make], { cwd: folder, env })
    assert.equal(code, 0, text)
    const record = join(folder, 'dist/.cache/types-report.json')
    for (let left = 1000; left > 0 && !existsSync(record); left--) await pause(50)
    assert.match(readFileSync(record, 'utf8'), /Type `number` is not assignable/)
  })

  await t.test('should load nothing that Node 24 warns of', () => {
    const bundles = readdirSync(join(folder, 'lib')).filter((name) => name.endsWith('.js'))
    const texts = bundles.map((name) => readFileSync(join(folder, 'lib', name), 'utf8'))
    assert.deepEqual(
      bundles.filter((_, index) => /require\(["'](node:)?punycode["']\)/.test(texts[index]!)),
      [],
    )
  })
})

test('lib without TypeScript', async (t) => {
  const folder = copyTool(t, { without: ['typescript'] })

  await t.test('should be made without types, and say so', async () => {
    const env = {
      ...{ XDG_CACHE_HOME: join(folder, 'cache'), WEFT_BROWSER: '', CHROME_PATH: '' },
      // The browser is not unpacked if it lies in the folder for temporary files.
      TMPDIR: temporaryFolder(t),
    }
    const { code, text } = await run(process.execPath, [make], { cwd: folder, env })
    assert.equal(code, 0, text)
    // With the browser for the first build, where the one that Weft brings runs.
    if (process.platform === 'linux' && process.arch === 'x64')
      assert.ok(existsSync(join(env.XDG_CACHE_HOME, 'weft')))
    assert.match(text, /lib\/types is not written, TypeScript is not installed/)
    assert.ok(existsSync(join(folder, 'lib/cli.js')))
  })

  await t.test('should be made where the browser cannot be unpacked, or is not there', async () => {
    const env = { XDG_CACHE_HOME: '/dev/null/cache', TMPDIR: '/dev/null/tmp' }
    const { code, text } = await run(process.execPath, [make], { cwd: folder, env })
    assert.equal(code, 0, text)
    assert.ok(existsSync(join(folder, 'lib/cli.js')))
  })

  await t.test('should not be packed', async () => {
    const { code, text } = await run(process.execPath, [make], { cwd: folder, env: { npm_command: 'pack' } })
    assert.equal(code, 1)
    assert.match(text, /Cannot find package 'typescript'/)
  })
})

test('npm run dev', { timeout: 600_000 }, async (t) => {
  // Before the folder goes: it still writes there.
  t.after(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  const folder = copyTool(t)
  const file = join(folder, 'src/cli/help.ts')
  const good = readFileSync(file, 'utf8')
  const child = spawn(process.execPath, [make, '--watch'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const next = linesOf(child)
  let errors = ''
  child.stderr.on('data', (part) => {
    errors += part
  })
  const lib = () => {
    const files = readdirSync(join(folder, 'lib')).filter((name) => name.endsWith('.js'))
    return files.map((name) => readFileSync(join(folder, 'lib', name), 'utf8')).join('\n')
  }
  // On a busy machine one save can be two changes.
  const until = async (holds: (line: string) => boolean) => {
    while (!holds(await next()));
  }
  assert.match(await next(), /^\d\d:\d\d:\d\d {2}lib rebuilt, \d+\.\d\d s$/)

  await t.test('should make lib anew after a save, also by a rename', async () => {
    writeFileSync(file, `${good}\nconsole.log('one save')\n`)
    await until(() => lib().includes('one save'))
    writeFileSync(`${file}~`, `${good}\nconsole.log('a rename')\n`)
    renameSync(`${file}~`, file)
    await until(() => lib().includes('a rename'))
  })

  await t.test('should keep the last good lib while a source has a syntax error', async () => {
    writeFileSync(file, `${good}\nconst = 1\n`)
    await until((line) => line.includes('lib not rebuilt, the last good one stays'))
    assert.match(errors, /src\/cli\/help\.ts:\d+:6/)
    assert.match(lib(), /a rename/)
    writeFileSync(file, good)
    await until(() => !lib().includes('a rename'))
  })

  await t.test('should watch a folder that is new', async () => {
    mkdirSync(join(folder, 'src/cli/new'))
    writeFileSync(join(folder, 'src/cli/new/part.ts'), "console.log('first')\n")
    writeFileSync(file, `${good}\nimport './new/part.ts'\n`)
    await until(() => lib().includes('first'))
    writeFileSync(join(folder, 'src/cli/new/part.ts'), "console.log('second')\n")
    await until(() => lib().includes('second'))
  })
})

/** Gives the next line of a program each time it is called. */
function linesOf(child: ChildProcess): () => Promise<string> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return async () => {
    const { value, done } = await lines.next()
    return done ? assert.fail('it has ended') : value
  }
}
