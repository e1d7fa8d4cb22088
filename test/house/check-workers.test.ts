import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkWorkers } from './check-workers.ts'

const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

test('what runs in children should lie in render/worker, and what cells reach above draw/', () => {
  const texts = sources()
  // The processes of `weft doctor` ask the tool itself, each one question: they are commands rather than workers.
  const children = programsStarted(texts).filter((file) => file !== 'src/cli/doctor/probe-process.ts')
  assert.deepEqual(
    children.toSorted(),
    ['draw-process', 'process', 'thread'].map((name) => `src/render/worker/${name}.ts`),
  )
  const cells = [
    'output/index',
    'output/prelude',
    'output/to-outputs',
    'output/from-libraries',
    'output/document',
    'charts/index',
  ].map((name) => `src/render/${name}.ts`)
  for (const entry of [...children, ...cells]) assert.ok(texts.has(entry), `${entry} is gone`)
  assert.deepEqual(checkWorkers(texts, { children, cells }), [])
})

test('a file on the wrong side should be told of', () => {
  const texts = {
    'src/render/worker/thread.ts': "import './protocol.ts'\nimport { inject } from '../assemble/inject.ts'",
    'src/render/worker/protocol.ts': "export type * from './evaluated.ts'",
    'src/render/worker/evaluated.ts': "import { count } from '../output/index.ts'",
    'src/render/worker/left.ts': '',
    'src/render/assemble/inject.ts':
      "import type { Evaluated } from '../worker/evaluated.ts'\nawait import('../worker/thread.ts')",
    'src/render/output/index.ts': "export { percent } from './draw/percent.ts'",
    'src/render/output/draw/percent.ts': "import './svg.ts'",
    'src/render/output/draw/svg.ts': '',
    'src/render/output/draw/caption.ts': '',
    'src/render/output/table.ts': '',
  }
  const children = ['src/render/worker/thread.ts']
  assert.deepEqual(
    checkWorkers(new Map(Object.entries(texts)), { children, cells: ['src/render/output/index.ts'] }),
    [
      'src/render/assemble/inject.ts: a child imports it, expected it in src/render/worker/ or among what children share',
      'src/render/worker/left.ts: no child imports it, expected it in the room that uses it',
      'src/render/assemble/inject.ts: imports src/render/worker/thread.ts, expected of the worker src/render/worker/evaluated.ts and src/render/worker/protocol.ts alone',
      'src/render/output/draw/percent.ts: cells reach it, expected it above draw/',
      'src/render/output/draw/svg.ts: cells reach it, expected it above draw/',
      'src/render/output/table.ts: cells do not reach it, expected it in draw/',
    ],
  )
})

// By what src forks and opens: every such program is one of the tool's own, which lib-builds.mjs bundles.
function programsStarted(texts: ReadonlyMap<string, string>): string[] {
  const entries = readFileSync(join(home, 'src/lib-builds.mjs'), 'utf8')
  // A command runs in a process of its own too, so that it can be ended, and types are checked in a thread. An engine
  // computes in threads; it knows nothing of the tool.
  const own = [
    'src/cli/supervise.ts',
    'src/render/bundle/types/open-checker.ts',
    'src/experiments/graph/engines/onnx/helpers.ts',
  ]
  const others = [...texts].filter(([file]) => !own.includes(file))
  const starts = others.flatMap(([file, text]) =>
    [...text.matchAll(/\b(?:fork|new Worker)\((?:weftProgram\('([\w-]+)\.js'\))?/g)].map(([, name]) => {
      assert.ok(name, `${file} starts what is no program of the tool`)
      return name
    }),
  )
  return starts.map((name) => new RegExp(`[ {]${name}: '([^']+)'`).exec(entries)![1]!)
}

function sources(): Map<string, string> {
  const files = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join('src', file).split(sep).join('/'))
  return new Map(files.map((file) => [file, readFileSync(join(home, file), 'utf8')]))
}
