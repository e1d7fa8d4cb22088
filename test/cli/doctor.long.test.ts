import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { writeFindings } from '../../src/cli/doctor/write-findings.ts'
import { home, linkPackages, run, temporaryFolder } from '../tool-copy.ts'

// Each test copies what is built of the tool, and links the packages that it may find.
test('weft doctor on a machine that has Node alone should find that a report can be printed', async (t) => {
  const tool = toolWith(t, names())
  const { code, of, findings } = await doctor(tool)
  assert.equal(code, 0)
  for (const id of ['node', 'bundler', 'fonts', 'engine/onnx', 'engine/tfjs'])
    assert.equal(of(id)?.state, 'ok', id)
  assert.equal(of('npm')?.text.split(':')[0], '`npm` is not in PATH')
  for (const id of ['git', 'python', 'deno', 'slurm', 'lock']) assert.equal(of(id)?.state, 'lacks', id)
  if (process.platform === 'linux' && process.arch === 'x64') {
    assert.match(of('browser')!.text, /bundled, prints text; tried in a temporary folder/)
    assert.deepEqual(readdirSync(join(tool, 'tmp')), [])
  }
  assert.equal(existsSync(join(tool, 'home/.cache')), false)
  comparePicture(tool, 'bare', findings)
})

test('weft doctor without a browser should name what mends it, and fail', async (t) => {
  const tool = toolWith(
    t,
    names().filter((name) => name !== '@sparticuz'),
  )
  const { code, of, findings } = await doctor(tool, { CHROME_PATH: '/nowhere/chrome' })
  assert.equal(of('browser/CHROME_PATH')!.text, '/nowhere/chrome does not print: there is no such file')
  assert.equal(of('browser/CHROME_PATH')!.remedy, 'unset CHROME_PATH')
  if (process.platform === 'linux' && process.arch === 'x64') {
    assert.match(of('browser/bundled')!.text, /Cannot find module '@sparticuz\/chromium'/)
    assert.equal(of('browser/bundled')!.remedy, 'npm ci')
  }
  // A machine may have one of its own, which no environment hides.
  if (of('browser')!.state === 'ok')
    return t.diagnostic(`a browser is installed here: ${of('browser')!.text}`)
  assert.deepEqual([code, of('browser')!.text], [1, 'none is found that prints'])
  assert.match(of('browser')!.remedy!, /install/)
  comparePicture(tool, 'no-browser', findings)
})

for (const [damage, spoil] of Object.entries({
  'is no library': (path: string) => writeFileSync(path, 'not a library'),
  'was cut off': (path: string) => truncateSync(path, 20_000),
}))
  test(`weft doctor with an onnxruntime that ${damage} should still build, and say how to mend it`, async (t) => {
    const tool = toolWith(
      t,
      names().filter((name) => name !== 'onnxruntime-node'),
    )
    spoil(copyOnnxruntime(tool))
    const { code, of, findings } = await doctor(tool)
    assert.equal(code, 0)
    const { state, text, remedy } = of('engine/onnx')!
    assert.deepEqual([state, remedy], ['lacks', 'npm ci'], text)
    assert.match(text, /^does not train: (expected onnxruntime-node to load: |its process ended with SIG)/)
    assert.match(of('engine/tfjs')!.text, /the one that builds take$/)
    if (damage === 'is no library') comparePicture(tool, 'broken-onnxruntime', findings)
  })

function names(): readonly string[] {
  return readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))
}

function toolWith(t: TestContext, packages: readonly string[]): string {
  const folder = temporaryFolder(t)
  for (const name of ['home', 'tmp', 'bin']) mkdirSync(join(folder, name))
  cpSync(join(home, 'lib'), join(folder, 'lib'), { recursive: true })
  cpSync(join(home, 'package.json'), join(folder, 'package.json'))
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  symlinkSync(process.execPath, join(folder, 'bin/node'))
  linkPackages(folder, packages)
  writeFileSync(join(folder, 'home/report.md'), '---\ntitle: A study\n---\nText.\n')
  return folder
}

/** Gives the path of the binding of the copy. */
function copyOnnxruntime(tool: string): string {
  const [from, to] = [home, tool].map((top) => join(top, 'node_modules/onnxruntime-node'))
  const binding = join('bin/napi-v6', process.platform, process.arch)
  for (const part of ['package.json', 'dist', 'node_modules'])
    if (existsSync(join(from!, part))) cpSync(join(from!, part), join(to!, part), { recursive: true })
  mkdirSync(join(to!, dirname(binding)), { recursive: true })
  cpSync(join(from!, binding), join(to!, binding), { recursive: true })
  return join(to!, binding, 'onnxruntime_binding.node')
}

/**
 * Compares what a reader sees with the picture of it in the guide, but for versions, sizes and line breaks;
 * UPDATE_DOCTOR=1 writes the picture.
 */
function comparePicture(tool: string, name: string, findings: readonly Finding[]): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  const short = (text: string) => text.replaceAll(join(tool, 'home'), '~').replaceAll(tool, '/tmp/study')
  const shown = findings.map((one) => ({ ...one, text: short(one.text) }))
  // As wide as printed code.
  const seen = writeFindings(shown, { hasColours: false, columns: 76 })
  const picture = join(home, 'docs/guide/doctor', `${name}.txt`)
  if (process.env.UPDATE_DOCTOR) writeFileSync(picture, seen)
  assert.equal(masked(seen), masked(readFileSync(picture, 'utf8')), `look at docs/guide/doctor/${name}.txt`)
}

function masked(text: string): string {
  return (
    text
      // A machine may have a graphics adapter.
      .replace(/(ok|lacks) +engine\/webgpu.*?(?=lacks +git)/s, '')
      .replace(/\d+(\.\d+)*( [kMG]B)?/g, '#')
      .replace(/(sudo )?(apt-get|dnf|apk|pacman|zypper) \S+ chromium/, 'INSTALL chromium')
      .replace(/\s+/g, ' ')
  )
}

async function doctor(tool: string, more: NodeJS.ProcessEnv = {}) {
  const env = { HOME: join(tool, 'home'), PATH: join(tool, 'bin'), TMPDIR: join(tool, 'tmp'), ...more }
  const { code, text } = await run(process.execPath, [join(tool, 'lib/cli.js'), 'doctor', '--json'], {
    cwd: join(tool, 'home'),
    env,
    isAlone: true,
  })
  const { findings } = JSON.parse(text) as { readonly findings: readonly Finding[] }
  return { code, findings, of: (id: string) => findings.find((one) => one.id === id) }
}
