import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { differenceOf } from '../../../src/render/cache/provenance.ts'
import { toStoredResult } from '../../../src/render/cache/result-store.ts'
import type { Json, Provenance, StoredResult } from '../../../src/render/model/types.ts'
import { buildProject } from './build-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from './temporary-project.ts'

function storedOf(
  exports: Readonly<Record<string, Json>>,
  provenance: Partial<Provenance> = {},
): StoredResult {
  return toStoredResult({
    key: 'k',
    parts: {},
    shown: [],
    exports,
    measured: {},
    provenance: {
      label: 'a',
      node: 'v20.1.0',
      platform: 'p',
      cpu: 'c',
      computedAt: '',
      elapsedMs: 1,
      bytes: 1,
      ...provenance,
    },
  })
}

const differing: [Readonly<Record<string, Json>>, Readonly<Record<string, Json>>, string, Json?, Json?][] = [
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'exports.a.b[1]', 2, 3],
  [{ a: [1] }, { a: [1, 2] }, 'exports.a[1]', undefined, 2],
  [{ a: { b: 1 } }, { a: {} }, 'exports.a.b', 1, undefined],
  [{ a: [] }, { a: {} }, 'exports.a', [], {}],
  [{ a: null }, { a: {} }, 'exports.a', null, {}],
  [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, 'order of exports.a', ['b', 'c'], ['c', 'b']],
]
for (const [one, other, path, before, now] of differing) {
  test(`${JSON.stringify(one)} and ${JSON.stringify(other)} should differ in ${path}`, () => {
    assert.deepEqual(differenceOf(storedOf(one), storedOf(other)), { path, before, now })
  })
}

test('results should be compared where they have the same grounds', () => {
  const compare = (provenance: Partial<Provenance>) =>
    differenceOf(storedOf({ a: 1 }), storedOf({ a: 2 }, provenance))?.path
  assert.equal(differenceOf(storedOf({ a: 1 }), storedOf({ a: 1 })), undefined)
  assert.equal(compare({ node: 'v20.9.9', computedAt: 'later', elapsedMs: 5 }), 'exports.a')
  for (const other of [
    { node: 'v22.1.0' },
    { cpu: 'd' },
    { engine: 'e 2' },
    { threads: 2 },
    { reads: { f: 'absent' } },
  ] as const)
    assert.equal(compare(other), undefined)
})

const drawing = (result: string) => `import { defineExperiment } from 'weft/experiment'
export const draw = defineExperiment({
  name: 'draw',
  params: { parse: (value: unknown) => value as object },
  run(_, { measure }) {
    measure('seconds', performance.now())
    return ${result}
  },
})
`
const drawn = cell(
  'x',
  "import { run } from 'weft/experiment'",
  "import { draw } from './draw.ts'",
  'export const { result, measured } = await run(draw, {})',
)
const rule = 'result-is-reproducible'

test('a cell that gives two results should be told of when it is run again, and the new one kept', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(cell('x', 'export const drawn = { one: [Math.random()] }')),
  })
  const first = await buildProject(root)
  assert.doesNotMatch(first.said.join(), /reproducible/)
  const second = await buildProject(root, { rerun: true })
  const [, before, now] = second.said
    .map((one) =>
      /^report\.md:5:1 result-is-reproducible Cell `#x` gives two results from the same sources: `exports\.drawn\.one\[0\]` is (\S+), expected (\S+) as before\. Of [0-9a-f]{12}\.json that one was in dist\/\.cache\/freeze, where this one is now; their digests are/.exec(
        one,
      ),
    )
    .find(Boolean)!
  assert.deepEqual(
    [JSON.parse(now!), JSON.parse(before!)],
    [first.exports, second.exports].map(({ drawn }) => (drawn as { one: number[] }).one[0]),
  )
  const third = await buildProject(root)
  assert.deepEqual([third.states.x, third.exports], ['reused', second.exports])
})

test('an accepted result should stay where another one was computed', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(cell('x', 'export const drawn = Math.random()')) })
  const first = await buildProject(root)
  const cellResult = first.cells.get('x')!
  const { key } = cellResult.state === 'ran' ? cellResult.stored : assert.fail()
  writeFiles(root, { [`freeze/${key}.json`]: readFileSync(join(root, `dist/.cache/freeze/${key}.json`)) })
  const again = await buildProject(root, { rerun: true })
  assert.match(again.said.join('\n'), /that one is in freeze, this one in dist\/\.cache\/freeze/)
  assert.equal(again.said.filter((one) => one.includes(rule)).length, 1)
  assert.deepEqual((await buildProject(root)).exports, first.exports)
})

test('a job that gives two results should be told of at its cell, and the cell not blamed', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(drawn), 'draw.ts': drawing('Math.random()') })
  await buildProject(root)
  const { said } = await buildProject(root, { rerun: true })
  assert.equal(said.length, 2)
  assert.ok(said.some((line) => / cell-is-pure Job `draw` of cell .* draws at random/.test(line)))
  assert.match(
    said.find((line) => line.includes('result-is-reproducible'))!,
    /^report\.md:5:1 result-is-reproducible Job draw seed 1 gives two results from the same sources: `exports\.result` is/,
  )
})

test('times may differ, in a job and in the cell that shows them', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(drawn), 'draw.ts': drawing('1') })
  const first = await buildProject(root)
  const again = await buildProject(root, { rerun: true })
  assert.notDeepEqual(again.exports.measured, first.exports.measured)
  assert.deepEqual(again.said, [])
})

test('a result may differ from one that was computed from another file', async (t) => {
  const lines = [
    "import { readFileSync } from 'node:fs'",
    "export const text = readFileSync('a.txt', 'utf8')",
  ]
  const root = temporaryProject(t, { 'a.txt': '1', 'report.md': reportOf(cell('x', ...lines)) })
  await buildProject(root)
  writeFiles(root, { 'a.txt': '2' })
  const again = await buildProject(root, { rerun: true })
  assert.deepEqual([again.exports.text, again.said], ['2', []])
})

test('two builds at once that compute one key differently should say so', async (t) => {
  // Each cell waits until both have looked for a result.
  const lines = [
    "import { utimesSync } from 'node:fs'",
    'const isThere = () => { try { utimesSync("go", 0, 0); return true } catch { return false } }',
    'while (!isThere()) await new Promise((resume) => setTimeout(resume, 5))',
    'export const pid = process.pid',
  ]
  const root = temporaryProject(t, { 'report.md': reportOf(cell('x', ...lines)) })
  const started: string[] = []
  const tell = (event: string) => {
    if (event === 'start x' && started.push(event) === 2) writeFiles(root, { go: '' })
  }
  const both = await Promise.all([buildProject(root, { tell }), buildProject(root, { tell })])
  assert.deepEqual(
    both.map(({ states }) => states.x),
    ['ran', 'ran'],
  )
  assert.equal(both.flatMap(({ said }) => said).filter((one) => one.includes(rule)).length, 1)
})

test('two builds at once that run one job should show the same times, those that are stored', async (t) => {
  // Each job waits until both have looked for a result, and takes its own time.
  const body = `
    const isThere = () => { try { utimesSync('go', 0, 0); return true } catch { return false } }
    while (!isThere()) await new Promise((resume) => setTimeout(resume, 5))
    measure('time', process.hrtime.bigint().toString())
    return 1`
  const root = temporaryProject(t, {
    'slow.ts': `import { utimesSync } from 'node:fs'
import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
export const slow = defineExperiment({ name: 'slow', params: z.object({}), async run(_, { measure }) {${body}} })`,
    'report.md': reportOf(
      cell(
        'x',
        "import { run } from 'weft/experiment'",
        "import { slow } from './slow.ts'",
        'export const { measured: { time } } = await run(slow, {})',
      ),
    ),
  })
  const started: string[] = []
  const tell = (event: string) => {
    if (event.startsWith('job ') && started.push(event) === 2) writeFiles(root, { go: '' })
  }
  const both = await Promise.all([buildProject(root, { tell }), buildProject(root, { tell })])
  const later = await buildProject(root)
  assert.equal(later.states.x, 'reused')
  const times = [...both, later].map(({ exports }) => exports.time)
  assert.deepEqual(times, Array(3).fill(times[2]))
  assert.deepEqual(
    both.flatMap(({ said }) => said),
    [],
  )
})
