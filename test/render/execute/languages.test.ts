import assert from 'node:assert/strict'
import test from 'node:test'
import { VFile } from 'vfile'
import type { Output } from '../../../src/render/model/types.ts'
import { languageAt } from '../../../src/render/syntax/language-at.ts'
import { buildProject } from './build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from './temporary-project.ts'

const space = '\u00a0'
const cells = [
  cell(
    'data',
    "import rows from './days.csv' with { dates: 'day' }",
    'export const days = rows',
    'export const n = 1234.5',
  ),
  cell('tbl-days', 'export default days'),
  cell('own', "import { percent } from 'weft/output'", 'export const share = percent(0.5)'),
  cell('plain', 'export default days.map(({ day }) => day.getUTCMonth())'),
]
const expressions = [
  'n',
  'fixed(n, 2)',
  'count(1e6)',
  'days[0].day',
  'days[1].day',
  'days[0].day < days[1].day',
  'days[0].day.getUTCFullYear()',
  'share',
]
const body = `${expressions.map((source) => `\`{ts} ${source}\``).join('\n\n')}\n${cells.join('')}`

async function built(t: Parameters<typeof temporaryProject>[0], front: object, files: Files = {}) {
  const root = temporaryProject(t, {
    'report.md': reportOf(body, front as never),
    'days.csv': 'day,rain\n2012-01-31,1024.5\n2012-02-01T12:30,0.25\n',
    ...files,
  })
  const made = await buildProject(root)
  assert.deepEqual(
    made.said.filter((one) => !/number-has-origin/.test(one)),
    [],
  )
  const storedOf = (label: string) => {
    const result = made.cells.get(label)!
    assert.ok('stored' in result && result.stored)
    return result.stored
  }
  return { texts: made.values.map((value) => (value?.ok ? value.text : value?.message)), storedOf }
}

const textsOf = (outputs: readonly Output[]) =>
  outputs.flatMap((output) =>
    output.kind === 'table' ? output.rows.flatMap((row) => Object.values(row).map(({ text }) => text)) : [],
  )

test('values, tables and dates should be written in the language of the report', async (t) => {
  const { texts, storedOf } = await built(t, { lang: 'de' })
  assert.deepEqual(texts, [
    '1234,5',
    '1234,50',
    '1.000.000',
    '31. Januar 2012',
    '1. Februar 2012 12:30',
    'true',
    '2012',
    `50,0${space}%`,
  ])
  const shown = textsOf(storedOf('tbl-days').shown)
  assert.deepEqual(shown, ['31.01.2012', '1.024,50', '01.02.2012 12:30', '0,25'])
  const [table] = storedOf('tbl-days').shown
  assert.ok(table?.kind === 'table')
  assert.deepEqual(
    table.rows.map(({ day }) => day!.raw),
    ['2012-01-31', '2012-02-01 12:30'],
  )
})

test('a language should be in the key of what is written in it alone, and English in none', async (t) => {
  const [english, german] = [await built(t, {}), await built(t, { lang: 'de' })]
  assert.deepEqual(english.texts.slice(0, 5), [
    '1234.5',
    '1234.50',
    '1,000,000',
    '31 January 2012',
    '1 February 2012 12:30',
  ])
  assert.deepEqual(textsOf(english.storedOf('tbl-days').shown), [
    '2012-01-31',
    '1,024.50',
    '2012-02-01 12:30',
    '0.25',
  ])
  assert.equal(english.storedOf('data').key, german.storedOf('data').key)
  for (const label of ['tbl-days', 'own', 'plain']) {
    assert.notEqual(english.storedOf(label).key, german.storedOf(label).key)
    assert.equal(english.storedOf(label).parts.language, undefined)
    assert.ok(german.storedOf(label).parts.language)
  }
})

test('a place should have the language of the innermost block that says so, else of its chapter', () => {
  const at = (from: number, to: number) =>
    ({ start: { line: 1, column: 1, offset: from }, end: { line: 1, column: 1, offset: to } }) as const
  const block = {
    type: 'blockquote',
    position: at(10, 20),
    data: { hProperties: { lang: 'fr' } },
    children: [{ type: 'paragraph', position: at(12, 15), children: [] }],
  }
  const chapter = (lang?: string) => {
    const file = Object.assign(new VFile({ path: 'a.md' }), lang === undefined ? {} : { data: { lang } })
    return { chapters: [{ file, tree: { type: 'root', position: at(0, 30), children: [block] } }] } as never
  }
  const place = (offset: number, file = 'a.md') => ({ file, position: at(offset, offset + 1) })
  assert.equal(languageAt(chapter('de'), place(5)), 'de')
  assert.equal(languageAt(chapter('de'), place(13)), 'fr')
  assert.equal(languageAt(chapter(), place(25)), 'en')
  assert.equal(languageAt(chapter('de'), place(5, 'b.md')), 'en')
})
