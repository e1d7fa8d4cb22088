import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'

const front = { params: { full: { epochs: 40, seeds: [1, 2, 3] } } }

async function said(t: { after(clean: () => void): void }, body: string, files: Record<string, string> = {}) {
  const root = temporaryProject(t, { 'report.md': reportOf(body, front), ...files })
  return (await buildProject(root, { lint: true })).said
}

// The front matter has three lines.
const places = (messages: readonly string[]) =>
  messages
    .filter((message) => message.includes(' number-has-'))
    .map((message) => /^(\S+) \S+ Unexpected number `([^`]*)`/.exec(message)?.slice(1).join(' '))

test('a literal should be reported at its own place, whatever contains it', async (t) => {
  const body = [
    'One line, then',
    'another with *markup* and **91.2** % of it,',
    'and 40',
    'epochs on two lines.',
    '',
    '- in a list 0.5',
    '  - and in one below: 3.5 s',
    '',
    '> quoted &amp; escaped \\* 0.25',
    '> it has 0.25 again',
    '',
    '| A | B |',
    '| - | - |',
    '| x | 0.75 |',
    '',
    '## 2.1 A heading of 12 ms',
    '',
    'A note[^n] and [a link to 0.6](https://example.org/0.7), https://example.org/0.8',
    '',
    '[^n]: Of 0.9.',
    '',
    '![A drawing of 6 images](data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)',
  ].join('\n')
  assert.deepEqual(
    places(await said(t, body)).sort(),
    [
      'report.md:12:27 0.25',
      'report.md:13:10 0.25',
      'report.md:17:7 0.75',
      'report.md:19:21 12 ms',
      'report.md:21:27 0.6',
      'report.md:23:10 0.9',
      'report.md:25:16 6 images',
      'report.md:5:29 91.2 %',
      'report.md:6:5 40 epochs',
      'report.md:9:13 0.5',
      'report.md:10:23 3.5 s',
    ].sort(),
  )
})

test('computed, claimed, quoted or given numbers should not be reported', async (t) => {
  const body = [
    "After `{ts} params.epochs` epochs, :given[12 epochs]{from='the assignment'}, :claim[40 epochs are 40 epochs]{that='params.epochs === 40'}.",
    '',
    'Code `0.5` and a formula $\\beta_1 = 0.9$, {.5} of it.',
    '',
    '```sh',
    'sleep 0.5',
    '```',
    '',
    '$$',
    'x = 0.5',
    '$$',
  ].join('\n')
  assert.deepEqual(places(await said(t, body)), ['report.md:6:44 .5'])
})

test('captions of listings and registers should be linted', async (t) => {
  const body = [
    '```sh {#lst-one caption="It sleeps 3 s."}',
    'sleep 3',
    '```',
    '',
    '::register{#tbl-jobs of=jobs caption="All 12 jobs take 3 h."}',
  ].join('\n')
  assert.deepEqual(places(await said(t, body)), [
    'report.md:8:1 12 jobs',
    'report.md:8:1 3 h',
    'report.md:4:1 3 s',
  ])
})

test('a caption that a cell builds from its results should not be reported', async (t) => {
  const shown = (caption: string) =>
    cell(
      'tbl-a',
      "import { table } from 'weft/output'",
      'const { epochs, seeds } = params',
      `export default table([{ epochs }], { caption: ${caption} })`,
    )
  const computed = await said(t, shown(['`After ', '{epochs} epochs, ', '{seeds.length} seeds.`'].join('$')))
  assert.deepEqual(places(computed), [])
  const typed = await said(t, shown(['`After ', '{epochs} epochs, 3\\u00a0seeds, 13 seeds.`'].join('$')))
  assert.deepEqual(places(typed), ['report.md:5:1 3 seeds', 'report.md:5:1 13 seeds'])
  const given = await said(t, shown('":given[40 epochs]{from=\'the assignment\'}"'))
  assert.deepEqual(places(given), [])
})

test('prose of a cell and words of a table should be linted', async (t) => {
  const body = cell(
    'tbl-a',
    "import { markdown, table } from 'weft/output'",
    "export default [table([{ what: 'Time', value: '3.5 s', epochs: params.epochs }]), markdown('It is 0.5, in 12 ms')]",
  )
  assert.deepEqual(places(await said(t, body)), [
    'report.md:5:1 3.5 s',
    'report.md:5:1 0.5',
    'report.md:5:1 12 ms',
  ])
})

test('the value that a literal means should be suggested, chosen by the words of the sentence', async (t) => {
  const body = [
    cell(
      'scores',
      'const spread = (mean: number) => ({ mean, std: 0.004, n: 3, min: mean - 0.01, max: mean + 0.01 })',
      'export const binary = { train: { accuracy: spread(0.912) }, test: { accuracy: spread(0.912) } }',
      'export const time = { training: params.epochs / 12.5 }',
      'export const many = Array.from({ length: 500 }, () => 0.777)',
    ),
    'On the test images it has 91.2 ± 0.4 %. As for the train set, 91.2 ± 0.4 %.',
    '',
    'With an accuracy of 91.2 ± 0.4 % it is good.',
    '',
    'The worst test accuracy is 90.2 %, the training takes 3.20 s over 3 seeds.',
    '',
    'A list of 500 images has 0.777 in it, and 3 units.',
  ].join('\n')
  const named = (await said(t, body))
    .filter((message) => message.includes('number-has-source'))
    .map((message) => /did you mean (.*)\?$/.exec(message)?.[1])
  assert.deepEqual(named, [
    '`{ts} percent(binary.test.accuracy)`',
    '`{ts} percent(binary.train.accuracy)`',
    '`{ts} percent(binary.test.accuracy)` or `{ts} percent(binary.train.accuracy)`',
    '`{ts} percent(binary.test.accuracy.min)`',
    '`{ts} seconds(time.training, 2)`',
    '`{ts} params.seeds.length`',
    '`{ts} many.length`',
    undefined,
    undefined,
  ])
})

test('a number should get its origin from what its cell reads', async (t) => {
  const { reads, ...bodies } = {
    reads: '',
    data: cell('a', "import rows from './rows.json'", 'export const a = { n: rows.length }'),
    csv: cell('a', "import rows from './rows.csv'", 'export const a = { n: rows.length }'),
    set: cell('a', "export const a = { n: 70000, name: 'x', title: 'X', source: 'y', licence: 'z' }"),
    pinned: cell('a', "import { pin } from './pin.ts'", 'export const a = { n: pin.count }'),
    param: cell('a', 'export const a = { n: 2 * params.epochs }'),
    chain: `${cell('b', 'export const b = params.seeds')}${cell('a', 'export const a = { n: b.length }')}`,
  }
  const files = {
    'rows.json': '[1, 2, 3]',
    'rows.csv': 'a,b\n1,2\n',
    'pin.ts': `export const pin = { count: 3, sha256: '${'0123456789abcdef'.repeat(4)}' }\n`,
    'plain.ts': 'export const pin = { count: 3 }\n',
  }
  for (const [name, body] of Object.entries(bodies))
    assert.deepEqual(await said(t, `${body}\n\`{ts} a.n\`\n`, files), [], name)
  const plain = cell('a', "import { pin } from './plain.ts'", 'export const a = { n: pin.count }')
  assert.match(
    (await said(t, `${plain}\n\`{ts} a.n\`\n`, files)).join(),
    /^report\.md:10:1 number-has-origin Unexpected number `3`, expected .* alone$/,
  )
})

test('a length should have the origin of its list, but a text should have none', async (t) => {
  const body = [
    cell(
      'lists',
      "export const names = ['a', 'b']",
      'export const seeds = params.seeds.map((seed) => seed + 1)',
    ),
    "`{ts} seeds.length`, `{ts} names[0]`, `{ts} params.seeds.length > 2 ? 'many' : 'few'`",
    '',
    "`{ts} 'as typed: 91.2 %'`",
  ].join('\n')
  assert.deepEqual(
    (await said(t, body)).map((message) => message.split(', expected')[0]),
    ['report.md:12:1 number-has-origin Unexpected number `91.2 %`'],
  )
})

test('a figure, a table and a text should have an origin', async (t) => {
  const spec =
    "{ mark: 'point', data: { values: [{ x: 7 }] }, encoding: { x: { field: 'x', type: 'quantitative' } } }"
  const body = [
    cell(
      'fig-a',
      "import { figure } from 'weft/output'",
      `export default figure(${spec}, { alt: 'A point' })`,
    ),
    cell('tbl-a', "import { table } from 'weft/output'", "export default table([{ a: 'x', b: 8 }])"),
    cell('one', 'export default 9'),
    cell(
      'text',
      "import { markdown } from 'weft/output'",
      'export default markdown(`It takes $' + '{3 + 0.5} s.`)',
    ),
    cell('tbl-b', "import { table } from 'weft/output'", 'export default table([{ b: params.epochs }])'),
  ].join('')
  assert.deepEqual(
    (await said(t, body)).map(
      (message) => /number-has-origin Unexpected number (`[^`]*`)/.exec(message)?.[1],
    ),
    ['`7`', '`8`', '`9`', '`3.5 s`'],
  )
})

test('a given without a source should be an error at its place, wherever it is', async (t) => {
  const body = [
    'In prose :given[40 epochs] and :given[1 s]{from=" "} and :given[]{from=x}.',
    '',
    '::given[a block]{from=x}',
    cell(
      'tbl-a',
      "import { table } from 'weft/output'",
      "export default table([{ a: params.epochs }], { caption: 'Over :given[3 s].' })",
    ),
  ].join('\n')
  const root = temporaryProject(t, { 'report.md': reportOf(body, front) })
  const messages = (await buildProject(root)).said
  assert.deepEqual(messages, [
    "report.md:4:10 number-has-source Unexpected given without its source, expected `:given[40 epochs]{from='the assignment'}`",
    "report.md:4:32 number-has-source Unexpected given without its source, expected `:given[40 epochs]{from='the assignment'}`",
    "report.md:4:58 number-has-source Unexpected given of nothing, expected `:given[40 epochs]{from='the assignment'}`",
    "report.md:6:1 number-has-source Unexpected given as a block, expected `:given[40 epochs]{from='the assignment'}` in a line",
    "report.md:8:1 number-has-source Unexpected given without its source, expected `:given[40 epochs]{from='the assignment'}`",
  ])
})

test('warnings should be errors in a strict build', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('It has 91.2 %, `{ts} 42`.\n\n### Deep\n') })
  const cli = fileURLToPath(new URL('../../../lib/cli.js', import.meta.url))
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [cli, 'build', join(root, 'report.md'), ...flags], {
      cwd: root,
      encoding: 'utf8',
    })
  const usual = run()
  assert.equal(usual.status, 0)
  assert.match(usual.stderr, /4:8-4:14\s+warning Unexpected number `91\.2 %`.*number-has-source/)
  assert.match(usual.stderr, /4:16-4:25\s+warning Unexpected number `42`.*number-has-origin/)
  assert.match(usual.stderr, /6:1-6:9\s+warning Unexpected heading of level 3.*heading-follows/)
  const strict = run('--strict', '--cached')
  assert.equal(strict.status, 1)
  assert.match(strict.stderr, /4:8-4:14\s+error\s+Unexpected number `91\.2 %`/)
  assert.match(strict.stderr, /4:16-4:25\s+error\s+Unexpected number `42`/)
  assert.match(strict.stderr, /6:1-6:9\s+error\s+Unexpected heading of level 3/)
})
