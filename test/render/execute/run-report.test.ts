import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { openResultStore, writeOnly } from '../../../src/render/cache/result-store.ts'
import { noListener } from '../../../src/render/execute/events.ts'
import { runReport } from '../../../src/render/execute/run-report.ts'
import { openWorkers } from '../../../src/render/execute/workers.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { cell, reportOf, temporaryProject, values } from './temporary-project.ts'

test('runReport should give cells and jobs a fixed environment', async (t) => {
  const seen =
    '[Object.keys(process.env).filter((name) => !/^NODE_(CHANNEL_|V8_COVERAGE$)/.test(name)).sort(), process.env.TZ, process.env.LC_ALL, new Date(0).getHours()]'
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell(
        'a',
        "import { run } from 'weft/experiment'",
        "import { e } from './e.ts'",
        `export const a = ${seen}`,
        'export const b = (await run(e, {})).result',
      ),
    ),
    'e.ts': `import { defineExperiment } from 'weft/experiment'\nexport const e = defineExperiment({ name: 'e', params: { parse: () => ({}) }, run: () => ${seen} })\n`,
  })
  const kept = join(root, 'dist/.cache/freeze')
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const { exports } = await runReport(tree, await bundleReport(tree), {
    store: openResultStore({ layers: [kept], writeTo: kept, onDamaged() {} }),
    runFolder: join(root, 'dist/.cache/run'),
    env: {
      PATH: process.env.PATH,
      HOME: '/home',
      WEFT_DATA: '/data',
      TZ: 'Asia/Tokyo',
      LC_ALL: 'de_DE',
      LANG: 'de',
      NODE_OPTIONS: '',
      SECRET: 's',
    },
    accepted: () => undefined,
    listener: noListener,
  })
  const expected = (...names: string[]) => [
    ['HOME', 'LC_ALL', 'ORT_DISABLE_TELEMETRY', 'PATH', 'TZ', 'WEFT_DATA', ...names].sort(),
    'UTC',
    'C.UTF-8',
    0,
  ]
  // Jobs know how many of them run at once, and how many threads each has.
  const own = [
    ...['WEFT_JOBS', 'WEFT_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'],
    ...['TF_CPP_MIN_LOG_LEVEL', 'TF_FORCE_GPU_ALLOW_GROWTH'],
  ]
  assert.deepEqual([exports.get('a'), exports.get('b')], [expected(), expected(...own)])
})

test('runReport should leave workers open that outlive it, and run in them again', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(cell('a', 'export const pid = process.pid') + values('pid > 0')),
  })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const kept = join(root, 'freeze')
  const bundled = await bundleReport(tree)
  const common = { env: { PATH: process.env.PATH }, runFolder: join(root, 'run') }
  const workers = openWorkers(tree.report, { ...common, isLong: true })
  t.after(() => workers.close())
  const run = async (signal?: AbortSignal) => {
    const store = writeOnly(openResultStore({ layers: [kept], writeTo: kept, onDamaged() {} }))
    const options = { ...common, store, workers, signal, accepted: () => undefined, listener: noListener }
    const { exports, expressions } = await runReport(tree, bundled, options)
    return [exports.get('pid'), [...expressions.values()].map(({ result }) => result?.ok)]
  }
  const first = await run()
  await assert.rejects(run(AbortSignal.abort()))
  assert.deepEqual(await run(), first)
  assert.deepEqual(first[1], [true])
})
