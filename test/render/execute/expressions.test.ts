import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { visit } from 'unist-util-visit'
import { openResultStore } from '../../../src/render/cache/result-store.ts'
import { allExpressions } from '../../../src/render/execute/expressions.ts'
import { textBelow } from '../../../src/render/model/element.ts'
import { usedBy } from '../../../src/render/results/used.ts'
import { parseText } from '../syntax/parse-text.ts'
import type { Built } from './build-project.ts'
import { buildProject } from './build-project.ts'
import { cell, reportOf, temporaryProject } from './temporary-project.ts'

const table = "import { table } from 'weft/output'"
const first = 'export default table([{ a: 1 }], {'
const body = [
  '\nText.\n',
  cell(
    'tbl-a',
    table,
    first,
    "  columns: { a: 'With `{ts} n + 1`' },",
    "  caption: 'Of `{ts} later` and `{ts} later`, ``{ts} shown``, $x$.',",
    '})',
    'export const n = 1',
  ),
  cell('later', 'export const later = 42'),
  '\n~~~ts exec #lst-b caption="Adds `{ts} n`."\nexport const sum = 1 + n\n~~~\n',
  '\n~~~ts #lst-c caption="Plain `{ts} n + 2`."\nf()\n~~~\n',
].join('')

function captionsOf({ chapters }: Built): string[] {
  const captions: string[] = []
  for (const { tree } of chapters)
    visit(tree, (node) => {
      const name = (node.data as { hName?: string } | undefined)?.hName
      if (name === 'figcaption' || name === 'th') captions.push(textBelow(node).replaceAll('\u00a0', ' '))
    })
  return captions
}

const written = [
  'Table 1. Of 42 and 42, {ts} shown, x.',
  'With 2',
  'Listing 1. Adds 1.',
  'Listing 2. Plain 3.',
]

test('values of captions and headings should be evaluated, also those of later cells', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const built = await buildProject(root)
  assert.deepEqual(built.said, [])
  assert.deepEqual(captionsOf(built), written)
  const cached = await buildProject(root, { cached: true })
  assert.deepEqual([...new Set(Object.values(cached.states))], ['reused'])
  assert.deepEqual(captionsOf(cached), written)
})

test('what accepting keeps should hold the values of captions, with what they read', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const built = await buildProject(root)
  const kept = join(root, 'dist/.cache/freeze')
  const store = openResultStore({ layers: [kept], writeTo: kept, onDamaged() {} })
  const { locked } = usedBy(built, [], store)
  assert.deepEqual(
    locked.shown.map(({ file, kind, source, text, read }) => [file, kind, source, text, read]),
    [
      ['report.md', 'value', 'n + 1', '2', { n: 1 }],
      ['report.md', 'value', 'later', '42', { later: 42 }],
      ['report.md', 'value', 'n', '1', { n: 1 }],
      ['report.md', 'value', 'n + 2', '3', { n: 1 }],
    ],
  )
})

test('a value of a caption that has none should be told at its cell', async (t) => {
  const lines = [table, first, "  caption: 'Of `{ts} nothing` and `{ts} 1 +`.',", '})']
  const built = await buildProject(
    temporaryProject(t, { 'report.md': reportOf(`\n${cell('tbl-a', ...lines)}`) }),
  )
  assert.deepEqual(built.said, [
    'report.md:6:1 value-resolves Cannot read `1 +`, expected one expression: Unexpected ")"',
    'report.md:6:1 value-resolves Unknown name `nothing`, expected an export of a cell, params or a formatter',
  ])
  assert.deepEqual(captionsOf(built)[0], 'Table 1. Of [nothing] and [1 +].')
})

test('values of prose that a cell writes should be evaluated', async (t) => {
  const lines = [
    "import { markdown } from 'weft/output'",
    "export default markdown('Of `{ts} n` things.')",
    'export const n = 3',
  ]
  const built = await buildProject(temporaryProject(t, { 'report.md': reportOf(cell('made', ...lines)) }))
  assert.deepEqual(built.said, [])
  assert.match(textBelow(built.chapters[0]!.tree), /Of 3 things\./)
})

test('an expression that a cell shows twice should be one value, with the rule first written at it', async (t) => {
  const captions = ['Of `{ts} n` and `{ts rel=0.1} m`.', 'Of `{ts} m` and `{ts} n`.', 'Of `{ts} m`.']
  const lines = [
    table,
    ...captions.map((text, index) => `const t${index} = table([{ a: 1 }], { caption: '${text}' })`),
  ]
  const shown = cell('tbl-a', ...lines, 'export default [t0, t1, t2]', 'export const n = 1, m = 2')
  const { said, expressions } = await buildProject(temporaryProject(t, { 'report.md': reportOf(shown) }))
  assert.deepEqual(said, [])
  assert.deepEqual(
    [...expressions.values()].map(({ expression: { id, source, tolerance } }) => [id, source, tolerance]),
    [
      ['report.md/#tbl-a/v-1b16b1df', 'n', undefined],
      ['report.md/#tbl-a/v-62c66a7a', 'm', { rel: 0.1 }],
    ],
  )
})

test('ids should be of one value each in outputs and chapters, whatever labels are called', (t) => {
  const text = [
    ...['`{ts} n`', '# {#lst-c}', '`{ts} n`', '# \\#lst-c', '`{ts} n`', '# ::jobs', '`{ts} n`'],
    ...Array.from({ length: 3 }, () => '~~~ts #lst-c caption="Of `{ts} n`."\nf()\n~~~'),
    ...Array.from({ length: 2 }, () => '::register{of=jobs caption="Of `{ts} n`."}'),
    '::register{of=jobs id="a/b" caption="Of `{ts} n`."}',
    '::register{of=jobs id="a/b~2" caption="Of `{ts} n`."}',
    '::register{of=jobs id="lst-c" caption="Of `{ts} n`."}',
    `::register{of=jobs id="${'x'.repeat(200)}" caption="Of \`{ts} n\`."}`,
  ].join('\n\n')
  const chapters = ['#lst-c', 'a.md', 'report.md~2']
  const files = Object.fromEntries(chapters.map((name) => [name, text]))
  const { tree } = parseText(t, text, { chapters }, files)
  const ids = allExpressions(tree, new Map()).map(({ id }) => id)
  assert.equal(ids.length, 4 * 13)
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^[^/]+\/[^/]{0,64}\/v-1b16b1df(~\d)?$/)
})
