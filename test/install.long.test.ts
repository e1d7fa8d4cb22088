import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { packTool, run, temporaryFolder } from './tool-copy.ts'

// All of them where there is time for it.
const managers = (process.env.WEFT_MANAGERS ?? 'npm').split(',')
const mostMegabytes = 150

const installing: { readonly [manager: string]: readonly string[] } = {
  npm: ['npm', 'install', '--no-audit', '--no-fund'],
  pnpm: ['npx', '--yes', 'pnpm@9.15.9', 'install'],
  yarn: ['npx', '--yes', 'yarn@1.22.22', 'install'],
}

// As on a machine that has Node alone: an empty home, no browser, nothing of this project but the packed tool.
test('a report of one’s own', { timeout: 900_000 }, async (t) => {
  if ((await run('npm', ['view', 'zod', 'version'], { cwd: '.' })).code !== 0)
    return t.skip('the npm registry cannot be reached')
  const { tarball } = await packTool(t, { isMade: true })
  for (const manager of managers)
    await t.test(`should be written, built and checked with what ${manager} installs`, async (t) => {
      await tryOut(t, manager, tarball)
    })
})

async function tryOut(t: TestContext, manager: string, tarball: string): Promise<void> {
  const folder = temporaryFolder(t)
  const { env, timed } = strangerIn(folder, t)
  const at = (name: string) => join(folder, name)
  // The command comes from a folder of its own, as `npx weft init` has it.
  mkdirSync(at('first'))
  writeFileSync(at('first/package.json'), '{ "private": true }')
  await timed('npm install', ['npm', 'install', '--no-audit', '--no-fund', tarball], at('first'))
  const megabytes = sizeOf(at('first/node_modules')) / 1e6
  t.diagnostic(`node_modules: ${megabytes.toFixed(0)} MB`)
  assert.ok(megabytes < mostMegabytes, `${megabytes} MB, expected less than ${mostMegabytes}`)
  await timed('weft init', ['npx', '--no', 'weft', 'init', at('demo')], at('first'))
  const manifest = JSON.parse(readFileSync(at('demo/package.json'), 'utf8'))
  assert.match(manifest.dependencies.weft, /^file:.*\/weft-[\d.]+\.tgz$/)
  await timed(`${manager} install`, installing[manager]!, at('demo'))
  const weft = join(at('demo'), 'node_modules/weft/lib/cli.js')
  const call = (...words: string[]) =>
    timed(`weft ${words[0]}`, [process.execPath, weft, ...words], at('demo'))
  const built = await call('build')
  assert.match(built, /printed +dist\/report\.pdf/)
  assert.match(built, /number-has-source/)
  assert.ok(statSync(at('demo/dist/report.pdf')).size > 50_000)
  await call('accept')
  assert.match(await call('check'), /0 differ/)
  assert.match(await call('types'), /typed +\d+ cells/)
  await previews(t, weft, at('demo'), env)
}

/** Gives the environment of somebody who has Node alone, and what runs commands in it and tells how long they took. */
function strangerIn(folder: string, t: TestContext) {
  const home = join(folder, 'home')
  mkdirSync(home)
  const path = [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter)
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_(cache|registry)|TMPDIR|.*_proxy)$/i.test(name),
  )
  const env = { ...Object.fromEntries(kept), HOME: home, PATH: path }
  const timed = async (name: string, words: readonly string[], cwd: string, status = 0) => {
    const startedAt = performance.now()
    const { code, text } = await run(words[0]!, words.slice(1), { cwd, env, isAlone: true })
    t.diagnostic(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    assert.equal(code, status, `${words.join(' ')}\n${text}`)
    return text
  }
  return { env, timed }
}

async function previews(t: TestContext, weft: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [weft, 'preview', '--no-open'], { cwd, env })
  try {
    let text = ''
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (part) => {
        text += part
        const [url] = /http:\/\/\S+/.exec(text) ?? []
        if (url) resolve(url)
      })
      child.once('exit', () => reject(new Error(`the preview ended: ${text}`)))
    })
    const page = await (await fetch(address)).text()
    assert.match(page, /<title>/)
    t.diagnostic(`weft preview: first page after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}

function sizeOf(path: string): number {
  const about = lstatSync(path)
  if (!about.isDirectory()) return about.isFile() ? about.blocks * 512 : 0
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
