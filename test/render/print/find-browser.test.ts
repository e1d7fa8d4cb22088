import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cacheFolders, homeFolder, type Machine } from '../../../src/render/print/cache-folder.ts'
import { type BrowserOptions, findBrowser } from '../../../src/render/print/find-browser.ts'
import { installedBrowsers } from '../../../src/render/print/installed.ts'

const machine = (env: Machine['env'], platform: NodeJS.Platform = 'linux', arch = 'arm64'): Machine => ({
  platform,
  arch,
  env,
})

describe('findBrowser', () => {
  let root: string
  const program = (name: string) => join(root, name)
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'weft-test-'))
    for (const name of ['one', 'two', 'chrome-headless-shell'])
      writeFileSync(program(name), '', { mode: 0o755 })
    writeFileSync(program('plain'), '', { mode: 0o644 })
  })
  after(() => rmSync(root, { recursive: true }))

  async function found(options: BrowserOptions) {
    const all = []
    for await (const { environment, repair, ...rest } of findBrowser(options) as AsyncIterable<
      Record<string, unknown>
    >)
      all.push(rest)
    return all
  }

  test('should try what is asked for by option, and nothing else', async () => {
    const options = { executable: program('one'), machine: machine({ CHROME_PATH: program('two') }) }
    assert.deepEqual(await found(options), [{ origin: 'option', executable: program('one'), headless: true }])
  })

  test('should go from environment variables to the bundled one, then to installed ones', async () => {
    const env = { CHROME_PATH: program('two'), WEFT_BROWSER: program('one') }
    const installed = [program('none'), program('chrome-headless-shell')]
    assert.deepEqual(await found({ machine: machine(env), installed }), [
      { origin: 'WEFT_BROWSER', executable: program('one'), headless: true },
      { origin: 'CHROME_PATH', executable: program('two'), headless: true },
      { origin: 'bundled', reason: 'it is for linux-x64, this is linux-arm64' },
      { origin: 'installed', executable: program('chrome-headless-shell'), headless: 'shell' },
    ])
  })

  test('should say why one that was named cannot be used', async () => {
    const env = { PUPPETEER_EXECUTABLE_PATH: program('none'), CHROME_PATH: program('plain') }
    assert.deepEqual((await found({ machine: machine(env), installed: [] })).slice(0, 2), [
      { origin: 'PUPPETEER_EXECUTABLE_PATH', executable: program('none'), reason: 'there is no such file' },
      { origin: 'CHROME_PATH', executable: program('plain'), reason: 'it cannot be executed' },
    ])
  })

  test('should know the caches of Puppeteer and Playwright, newest first', async () => {
    for (const path of [
      'p/chrome/linux-99.0',
      'p/chrome/linux-131.1',
      'p/chrome-headless-shell/linux-131.1',
    ]) {
      mkdirSync(
        join(root, path, path.includes('shell') ? 'chrome-headless-shell-linux64' : 'chrome-linux64'),
        { recursive: true },
      )
    }
    mkdirSync(join(root, 'w/chromium-1148/chrome-linux'), { recursive: true })
    mkdirSync(join(root, 'w/firefox-1/firefox'), { recursive: true })
    const env = {
      PATH: '/opt/bin',
      PUPPETEER_CACHE_DIR: join(root, 'p'),
      PLAYWRIGHT_BROWSERS_PATH: join(root, 'w'),
    }
    const paths = await installedBrowsers(machine(env))
    assert.ok(paths.includes('/opt/bin/google-chrome'))
    assert.ok(paths.includes('/usr/bin/chromium'))
    assert.deepEqual(
      paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length + 1)),
      [
        'p/chrome-headless-shell/linux-131.1/chrome-headless-shell-linux64/chrome-headless-shell',
        'p/chrome/linux-131.1/chrome-linux64/chrome',
        'p/chrome/linux-99.0/chrome-linux64/chrome',
        'w/chromium-1148/chrome-linux/chrome',
      ],
    )
  })

  test('should know where other systems keep browsers', async () => {
    const mac = await installedBrowsers(machine({ HOME: '/Users/a' }, 'darwin'))
    assert.ok(mac.includes('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'))
    const windows = await installedBrowsers(machine({ PROGRAMFILES: 'C:\\Program Files' }, 'win32'))
    assert.ok(windows.includes('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'))
  })
})

describe('cacheFolders', () => {
  const last = join(tmpdir(), `weft-${process.getuid?.()}`)

  test('should name the folder of the platform, then one for temporary files', () => {
    assert.deepEqual(cacheFolders(machine({ HOME: '/home/a' })), ['/home/a/.cache/weft', last])
    assert.deepEqual(cacheFolders(machine({ HOME: '/home/a', XDG_CACHE_HOME: '/c' })), ['/c/weft', last])
    assert.deepEqual(cacheFolders(machine({ HOME: '/Users/a' }, 'darwin')), [
      '/Users/a/Library/Caches/weft',
      last,
    ])
  })

  test('should do without a home that is empty or relative', () => {
    assert.deepEqual(cacheFolders(machine({ HOME: '' })), [last])
    assert.deepEqual(cacheFolders(machine({ HOME: 'here', XDG_CACHE_HOME: 'there' })), [last])
    assert.equal(homeFolder(machine({ HOME: '' })), undefined)
  })
})
