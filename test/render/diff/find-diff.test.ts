import assert from 'node:assert/strict'
import test from 'node:test'
import { printDiff } from '../../../src/render/diff/diff-text.ts'
import { findDiff } from '../../../src/render/diff/find-diff.ts'
import { diffPage } from '../../../src/render/diff/page/diff-page.ts'
import { type Diff, diffSchema } from '../../../src/render/diff/schema.ts'
import type { Json, Output } from '../../../src/render/model/types.ts'
import { aCell, aJob, aValue, aVersion, type Parts } from './a-version.ts'

const spread = (mean: number, std = 0.01) => ({ mean, std, n: 4, min: mean - std, max: mean + std })

// A report of one training: its accuracy is shown in a value, a claim, a table and a figure.
function version(mean: number, options: Parameters<typeof aJob>[1] = {}, own: Parts = {}) {
  const job = aJob({ accuracy: mean }, options)
  const accuracy: Json = spread(mean)
  const text = `${(100 * mean).toFixed(1)}\u00a0%`
  const shown: Output[] = [
    {
      kind: 'table',
      columns: [
        { key: 'name', title: 'Name', align: 'left' },
        { key: 'score', title: '*Score*', align: 'right' },
      ],
      rows: [{ name: { text: 'deep', raw: 'deep' }, score: { text, raw: accuracy } }],
    },
    { kind: 'figure', spec: { mark: 'bar', data: { values: [{ x: mean }] } }, alt: 'A bar.' },
    { kind: 'scalar', text, raw: mean },
  ]
  const cells = [
    aCell('fit', { accuracy }, { jobs: [job] }),
    aCell('shows', {}, { needs: ['accuracy'], shown }),
  ]
  const read = Object.fromEntries(
    Object.entries(accuracy).map(([name, value]) => [`accuracy.${name}`, value]),
  )
  return aVersion({
    results: [job, ...cells],
    shown: [
      aValue('percent(accuracy)', text, read, accuracy),
      aValue('accuracy.mean > 0.9', String(mean > 0.9), { 'accuracy.mean': mean }),
    ],
    ...own,
  })
}

function diffOf(before: Parts | ReturnType<typeof version>, after: Parts | ReturnType<typeof version>): Diff {
  const [was, is] = [before, after].map((one) => ('locked' in one ? one : aVersion(one)))
  const found = findDiff(was!, is!, { report: 'report.md', profile: 'full' })
  return diffSchema.parse(JSON.parse(JSON.stringify(found)))
}

function changesIn({ chapters }: Diff) {
  return chapters.flatMap(({ changes }) => changes)
}

test('findDiff should judge trained numbers as a check on another machine does', () => {
  const found = diffOf(version(0.95), version(0.955, { cpu: 'y' }))
  assert.deepEqual(
    changesIn(found).map(({ kind, verdict }) => [kind, verdict]),
    [
      ['value', 'within'],
      ['table', 'within'],
      ['plain', 'beyond'],
      ['figure', 'not judged'],
    ],
  )
  const [value] = changesIn(found)
  assert.match((value as { rule: string }).rule, /^2 standard errors, 0\.005 of 0\.0141$/)
  assert.deepEqual(value!.because, ['another machine or engine'])
  assert.match(found.environments?.after ?? '', /on y, Node 20/)
})

test('findDiff should want trained numbers of the same code and machine to be equal', () => {
  const found = diffOf(version(0.95), version(0.955))
  assert.deepEqual([...new Set(changesIn(found).map(({ verdict }) => verdict))], ['beyond'])
})

test('findDiff should judge numbers of other code as those of another machine, and name the code', () => {
  const found = diffOf(version(0.95), version(0.955, { code: 'z' }, { packages: { zod: '4.0.0' } }))
  const [value] = changesIn(found)
  assert.equal(value!.verdict, 'within')
  assert.deepEqual(value!.because, ['the code of the experiment train', 'the package zod'])
  assert.deepEqual(found.packages, [{ name: 'zod', before: 'a version', after: '4.0.0' }])
})

test('findDiff should count claims that turned', () => {
  const found = diffOf(version(0.95), version(0.85, { cpu: 'y' }))
  const claim = changesIn(found).find(({ kind }) => kind === 'claim')
  assert.ok(claim && 'source' in claim)
  assert.deepEqual([claim.before, claim.after, claim.verdict], ['true', 'false', 'beyond'])
  assert.equal(found.summary.turned, 1)
})

test('findDiff should know without results only whether anything was trained', () => {
  const lock = (mean: number, engine: string): Parts => ({
    shown: version(mean).locked.shown,
    environments: [{ engine, cpu: 'x', node: 'v20' }],
  })
  assert.equal(changesIn(diffOf(lock(0.95, 'onnx 1'), lock(0.955, 'onnx 1')))[0]!.verdict, 'within')
  const none = diffOf({ shown: [aValue('a', '1', { a: 1 }, 1)] }, { shown: [aValue('a', '2', { a: 2 }, 2)] })
  assert.equal(changesIn(none)[0]!.verdict, 'beyond')
})

test('findDiff should find what was measured by its value', () => {
  const measuring = (seconds: number, code: string) => {
    const jobs = [1, 2].map((seed) =>
      aJob({ ok: true }, { seed, code, measured: { seconds: seconds + seed / 7 } }),
    )
    const mean = seconds + 3 / 14
    return aVersion({
      results: [...jobs, aCell('fit', { time: mean }, { jobs })],
      shown: [
        aValue('seconds(time)', `${mean.toFixed(1)} s`, { time: mean }, mean),
        aValue('time < 100', 'true', { time: mean }),
      ],
    })
  }
  const found = diffOf(measuring(1.123456789, 'a'), measuring(7.987654321, 'b'))
  assert.deepEqual(
    changesIn(found).map(({ verdict }) => verdict),
    ['measured'],
  )
})

test('findDiff should show what is new and what is gone', async () => {
  const found = diffOf(
    version(0.95, {}, { name: 'old' }),
    aVersion({ name: 'new', shown: [aValue('b', '3', {}, 3)] }),
  )
  assert.deepEqual(
    changesIn(found).map(({ kind, verdict }) => [kind, verdict]),
    [
      ['value', 'added'],
      ['value', 'removed'],
      ['claim', 'removed'],
      ['table', 'removed'],
      ['plain', 'removed'],
      ['figure', 'removed'],
    ],
  )
  const text = printDiff(found)
  assert.match(text, /\+ new: 3\n/)
  assert.match(
    text,
    /- gone: 95\.0\u00a0%, claim `accuracy\.mean > 0\.9`\n\nOutputs of cells\n {2}- gone: #shows, #shows-3, #shows-2/,
  )
  const page = await diffPage(found, { before: async () => undefined, after: async () => undefined })
  assert.match(page, /New: 1 number</)
  assert.match(page, /Gone: 1 number, 1 claim</)
  assert.match(page, /Gone: 1 number, 1 table, 1 figure</)
})

test('the text and the page of a diff should show each change with its verdict', async () => {
  const found = diffOf(version(0.95), version(0.85, { code: 'z', cpu: 'y' }))
  const text = printDiff(found)
  assert.match(
    text,
    /✗ {2} {5}95\.0\u00a0% → 85\.0\u00a0% {2}\(2 standard errors, 0\.1 of 0\.0141; changed: /,
  )
  assert.match(text, /✗ deep, Score: 95\.0\u00a0% → 85\.0\u00a0%/)
  assert.match(text, /\? {2} {5}#shows-2: 1 of 1 number drawn changed/)
  assert.match(text, /Packages\n {2}zod: a version → another version/)
  const svg = (id: string) =>
    `<svg id="a" width="9" height="9" xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="${id}"><rect width="9" height="9"/></clipPath></defs><g clip-path="url(#${id})"><path d="M0,0h9" fill="#000000"/></g></svg>`
  const page = await diffPage(found, {
    before: async (id) => svg(id),
    after: async () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  })
  assert.match(page, /<del>95\.0\u00a0%<\/del> ?<ins>85\.0\u00a0%<\/ins>/)
  assert.match(page, /id="before-shows-2-shows-2"/)
  assert.match(page, /url\(#before-shows-2-shows-2\)/)
  assert.match(page, /<img src="data:image\/svg\+xml;base64,/)
  assert.doesNotMatch(page, /<script/)
})
