import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { parse } from 'yaml'
import { doctorSays, platforms, rowsOfPlatforms } from '../../docs/guide/platforms.ts'
import { findBrowser } from '../../src/render/print/find-browser.ts'
import { installedBrowsers } from '../../src/render/print/installed.ts'

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the table of platforms', async (t) => {
  for (const { name, platform, arch, browser } of platforms)
    await t.test(`should say which browser prints on ${name}`, async () => {
      const machine = {
        platform: platform as NodeJS.Platform,
        arch,
        env: { PROGRAMFILES: 'C:\\Programs', HOME: '/home/me', USERPROFILE: '/home/me', PATH: '/usr/bin' },
      }
      const first = await findBrowser({ machine, cacheFolders: ['/nowhere'], installed: [] }).next()
      const isBrought = !/it is for linux-x64/.test(JSON.stringify(first.value))
      assert.equal(isBrought, browser === 'brought by Weft')
      const places = (await installedBrowsers(machine)).join('\n')
      const found = [/chrome/i, /chromium/i, /edge/i].map((product) => product.test(places))
      assert.deepEqual(found, [true, true, true], places)
    })

  await t.test('should say where onnxruntime has a library', () => {
    const without = rowsOfPlatforms().filter(({ onnx }) => onnx === 'no')
    assert.deepEqual(
      without.map(({ name }) => name),
      ['macOS, Intel'],
    )
    assert.ok(rowsOfPlatforms().every(({ bundler }) => bundler === 'yes'))
  })
})

test('doctorSays should give the lines on some things, with what mends them and the verdict', () => {
  const text = doctorSays('no-browser', ['browser'])
  assert.match(text, /^~~~text\n {2}lacks {2}browser\/CHROME_PATH .*\n[^>]*-> unset CHROME_PATH\n/)
  assert.match(
    text,
    /FAULT {2}browser .*\n +-> .*\n\nNo report can be built and printed here: 1 fault\.\n.*\n~~~$/,
  )
})

test('the workflow of platforms should run scripts that there are, on Linux, macOS and Windows', () => {
  const { jobs } = parse(textOf('.github/workflows/ci.yml')) as {
    readonly jobs: {
      readonly [job: string]: {
        readonly steps: readonly { readonly run?: string }[]
        readonly strategy: {
          readonly matrix: { readonly os?: readonly string[]; readonly node?: readonly number[] }
        }
      }
    }
  }
  const { scripts } = JSON.parse(textOf('package.json')) as {
    readonly scripts: { readonly [name: string]: string }
  }
  const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
  const names = runs
    .flatMap((run) => /^npm (?:run )?(\S+)/.exec(run)?.[1] ?? [])
    .filter((name) => name !== 'ci')
  assert.ok(names.length > 8)
  for (const name of names) assert.ok(scripts[name] !== undefined, `there is no script ${name}`)
  assert.deepEqual(jobs.linux!.strategy.matrix.node, [20, 22, 24])
  const systems = jobs.others!.strategy.matrix.os!.map((os) => os.split('-')[0])
  assert.deepEqual(systems, ['ubuntu', 'macos', 'windows'])
})
