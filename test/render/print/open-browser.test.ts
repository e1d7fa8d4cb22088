import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { thisMachine } from '../../../src/render/print/cache-folder.ts'
import { type Candidate, findBrowser } from '../../../src/render/print/find-browser.ts'
import { openBrowser } from '../../../src/render/print/open-browser.ts'
import { runFlags, runnable } from '../../as-run.ts'
import { isRunning } from '../../is-running.ts'

describe('openBrowser', () => {
  let root: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'weft-test-'))
    writeFileSync(join(root, 'broken'), '#!/bin/sh\necho "libnss3.so: not found" >&2\nexit 127\n', {
      mode: 0o755,
    })
  })
  after(() => rmSync(root, { recursive: true }))

  test('should list what was tried, why it failed and what to do, when no browser works', async () => {
    const machine = { platform: 'linux', arch: 'arm64', env: { CHROME_PATH: join(root, 'none') } } as const
    await assert.rejects(openBrowser({ machine, installed: [join(root, 'broken')] }), {
      message: [
        'Cannot print, no browser works. Tried:',
        `  ${join(root, 'none')} (CHROME_PATH): there is no such file`,
        '  bundled (bundled): it is for linux-x64, this is linux-arm64',
        `  ${join(root, 'broken')} (installed): it ends with 127: libnss3.so: not found`,
        'Install Chrome or Chromium, or set CHROME_PATH to the executable of one.',
      ].join('\n'),
    })
  })

  test('should pass over a browser that does not start', async () => {
    const machine = {
      platform: process.platform,
      arch: process.arch,
      env: { ...process.env, WEFT_BROWSER: join(root, 'broken') },
    }
    const browser = await openBrowser({ machine })
    try {
      assert.notEqual(browser.origin, 'WEFT_BROWSER')
      assert.match(browser.version, /Chrome/)
    } finally {
      await browser.close()
    }
  })

  test('should start a browser once more that ends as it starts', {
    skip: process.platform === 'win32',
  }, async () => {
    let candidate: Candidate | undefined
    for await (const one of findBrowser({})) if ('environment' in one) candidate ??= one
    assert.ok(candidate)
    const env = Object.entries(await candidate.environment(root)).map(([name, value]) => `${name}='${value}'`)
    const [path, started] = [join(root, 'dying'), join(root, 'started')]
    const lines = [
      `[ "$1" = --version ] && exit`,
      `echo >> '${started}'`,
      `[ "$(wc -l < '${started}')" = 1 ] && exit`,
      `${env.join(' ')} exec '${candidate.executable}' "$@"`,
    ]
    writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 })
    const machine = { ...thisMachine(), env: { ...process.env, WEFT_BROWSER: path } }
    const browser = await openBrowser({ machine })
    await browser.close()
    assert.equal(browser.origin, 'WEFT_BROWSER')
    assert.equal(readFileSync(started, 'utf8'), '\n\n')
  })

  test('should leave nothing behind when it is closed, even twice', async () => {
    const browser = await openBrowser()
    const child = browser.browser.process()!
    const folder = profileOf(child)
    assert.ok(existsSync(folder))
    await browser.close()
    await browser.close()
    assert.equal(existsSync(folder), false)
    assert.ok(child.exitCode !== null || child.signalCode !== null)
  })

  test('should leave no temporary file of a browser that is killed while it prints', async (t) => {
    const temporary = mkdtempSync(join(tmpdir(), 'weft-test-'))
    const before = process.env.TMPDIR
    t.after(() => {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
      rmSync(temporary, { recursive: true, force: true })
    })
    process.env.TMPDIR = temporary
    const { browser, close } = await openBrowser()
    assert.equal(readdirSync(temporary).length, 1)
    const page = await browser.newPage()
    await page.setContent(`<p>${'A line.<br>'.repeat(20_000)}</p>`)
    const printing = page.pdf()
    browser.process()!.kill('SIGKILL')
    await assert.rejects(printing)
    await close()
    assert.deepEqual(readdirSync(temporary), [])
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    test(`should die with its build on ${signal}`, async () => {
      const program = runnable(new URL('./hold-browser.ts', import.meta.url))
      const build = spawn(process.execPath, [...runFlags, program], { stdio: 'pipe' })
      const [line] = (await once(build.stdout, 'data')) as [Buffer]
      const { pid, folder } = JSON.parse(String(line)) as { pid: number; folder: string }
      build.kill(signal)
      const [, by] = (await once(build, 'exit')) as [number | null, string | null]
      assert.equal(by, signal)
      await until(() => !isRunning(pid))
      if (signal === 'SIGKILL') rmSync(folder, { recursive: true, force: true })
      assert.equal(existsSync(folder), false)
    })
  }
})

function profileOf(child: ChildProcess): string {
  const argument = child.spawnargs.find((one) => one.startsWith('--user-data-dir='))!
  return join(argument.slice('--user-data-dir='.length), '..')
}

// The test's own time limit is the only one.
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}
