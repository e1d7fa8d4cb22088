import assert from 'node:assert/strict'
import test from 'node:test'
import { titleOfKey } from '../../../src/render/model/output-types.ts'
import type { Output, Scalar, Table } from '../../../src/render/model/types.ts'
import { findCitations } from '../../../src/render/syntax/find-citations.ts'
import { cell } from '../execute/temporary-project.ts'
import { injectText } from './inject-text.ts'

/** Data that an author would read as markup. */
const variants = [
  '@sec-one',
  '@fig-zz',
  '@tbl-a.',
  'printed @sec-one and @eq-none',
  '@doe',
  '[@doe]',
  '[see @doe, p. 3; @roe]',
  '-@doe [p. 3]',
  '@{doe}',
  'mail@example.org',
  '\\@sec-one',
  ':claim[better]{that="1 > 2"}',
  ':given[40 epochs]',
  '::register{of=claims}',
  ':::note',
  '$x^2$',
  '**bold** and _it_',
  '`{ts} 1 + 1`',
  '<b>x</b> & <script>alert(1)</script>',
  '[words](https://example.org)',
  '![alt](x.png)',
  'https://example.org and www.example.org',
  '[^1]',
  '# One {#sec-two}',
  '- item',
  '1. item',
  '| a | b |',
  '&amp; &lt;',
  '~~out~~',
  '{#sec-one}',
]

const escaped = (text: string) => text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')
const table = (data: string): Table => ({
  kind: 'table',
  columns: [
    { key: data, title: titleOfKey(data), align: 'left' },
    { key: 'b', title: 'B', align: 'left' },
  ],
  rows: [{ [data]: { text: data, raw: data }, b: { text: data, raw: data, best: true } }],
})
const scalar = (data: string): Scalar => ({ kind: 'scalar', text: data, raw: data })

/** Where data stands: a report, what its cell `#tbl-a` shows, and the markup that has the data as it is. */
const places: [string, string, (data: string) => Output[], (text: string) => string[]][] = [
  ['a value', 'So `{ts} data`.', () => [], (text) => [`<p>So <span class="weft-value">${text}</span>.</p>`]],
  [
    'a value of a heading',
    '## On `{ts} data`',
    () => [],
    (text) => [`<h2>On <span class="weft-value">${text}</span></h2>`],
  ],
  [
    'a value of a table',
    '| A |\n| - |\n| `{ts} data` |',
    () => [],
    (text) => [`<td><span class="weft-value">${text}</span></td>`],
  ],
  [
    'a value of a caption',
    cell('tbl-a', '1'),
    (data) => [{ ...table('x'), caption: 'Of `{ts} data`', rows: [], columns: table(data).columns.slice(1) }],
    (text) => [`Of <span class="weft-value">${text}</span></figcaption>`],
  ],
  [
    'a text output',
    cell('tbl-a', '1'),
    (data) => [scalar(data), scalar(data)],
    (text) => [
      `<p data-output="tbl-a" data-cell="tbl-a">${text}</p>`,
      `<p data-output="tbl-a-2" data-cell="tbl-a">${text}</p>`,
    ],
  ],
  [
    'cells and a key of a table',
    cell('tbl-a', '1'),
    (data) => [table(data)],
    (text) => [
      `<th scope="col" class="align-left">${text}</th>`,
      `<th scope="row" class="align-left">${text}</th>`,
      `<strong class="weft-best">${text}</strong>`,
    ],
  ],
]

for (const [place, body, shown, markup] of places)
  test(`${place} should show data as it is, whatever it looks like`, async (t) => {
    for (const data of variants) {
      const { html, injected, said } = await injectText(t, `# One {#sec-one}\n\n${body}`, {
        cells: { 'tbl-a': shown(data) },
        values: { data },
      })
      for (const expected of markup(escaped(data)))
        assert.ok(html[0]!.includes(expected), `${data}\nexpected ${expected}\nfound ${html[0]}`)
      const isPromised = place === 'a text output'
      assert.deepEqual(isPromised ? said.filter((one) => !one.includes('shows no table')) : said, [], data)
      assert.deepEqual(findCitations(injected.chapters, new Set(['doe', 'roe'])).citations, [], data)
      assert.deepEqual(findCitations(injected.chapters, new Set(['doe', 'roe'])).named, new Set(), data)
    }
  })

test('Markdown beside data should resolve', async (t) => {
  const body = `# One {#sec-one}\n\nBy @doe in @sec-one: \`{ts} data\`, [@roe].\n\n${cell('tbl-a', '1')}`
  const shown: Table = { ...table('@sec-one'), caption: 'Of @sec-one.' }
  const { html, injected } = await injectText(t, body, {
    cells: {
      'tbl-a': [{ ...shown, columns: [shown.columns[0]!, { ...shown.columns[1]!, title: '@sec-one' }] }],
    },
    values: { data: '@sec-one' },
  })
  const link = '<a class="weft-reference" href="#sec-one">Section\u00a0“One”</a>'
  assert.equal(html[0]!.split(link).length, 4)
  assert.equal(html[0]!.split('@sec-one').length, 5)
  const { named } = findCitations(injected.chapters, new Set(['doe', 'roe']))
  assert.deepEqual([...named], ['doe', 'roe'])
})

test('a text output and a cell of a table should keep their lines', async (t) => {
  const laid: [string, string | undefined][] = [
    ['one\n  two\n\nfour', 'one\n  two\n\nfour'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['tab\tstop', 'tab\tstop'],
    ['  indented\n', '  indented'],
    ['\n\nabove', '\n\nabove'],
    ['below\n\n\n', undefined],
    [' one space', ' one space'],
    ['\ttab first', '\ttab first'],
    ['a | b\n--- | ---\n1 | 2', 'a | b\n--- | ---\n1 | 2'],
    ['- item\n- item', '- item\n- item'],
    ['1. a\n2. b', '1. a\n2. b'],
    ['# Head\n\nText.', '# Head\n\nText.'],
    ['    indented code\nnot', '    indented code\nnot'],
    ['$$\nx\n$$', '$$\nx\n$$'],
    [':::note\nx\n:::', ':::note\nx\n:::'],
    ['::register{of=claims}\n@fig-none', '::register{of=claims}\n@fig-none'],
    ['[@doe]\n[^1]: note', '[@doe]\n[^1]: note'],
    ['{\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['two  spaces at the end  \nb', 'two  spaces at the end  \nb'],
    ['back\\\nslash', 'back\\\nslash'],
    ['---\ntitle: x\n---', '---\ntitle: x\n---'],
    ['```\n@sec-one <b>\n```', '```\n@sec-one &#x3C;b>\n```'],
  ]
  for (const [data, text] of laid) {
    const { html, said } = await injectText(t, cell('a echo=hide', '1'), { cells: { a: [scalar(data)] } })
    const paragraph = `<p data-output="a" data-cell="a">${data.trimEnd()}</p>`
    if (text === undefined) assert.equal(html[0]!.replace(/\s+<\/p>/, '</p>'), paragraph)
    else assert.equal(html[0], `<pre><code data-output="a" data-cell="a">${text}\n</code></pre>`, data)
    assert.deepEqual(said, [])
  }
  const { html } = await injectText(t, `So \`{ts} data\`.\n\n${cell('b echo=hide', '1')}`, {
    cells: { b: [scalar('A line.  One more.\n'), table('one\n  two\r\nthree')] },
    values: { data: 'one\n\ttwo' },
  })
  const lines = 'one<br>\n\u00a0\u00a0two<br>\nthree'
  assert.match(html[0]!, /<span class="weft-value">one<br>\n\u00a0\u00a0two<\/span>/)
  assert.match(html[0]!, /<p data-output="b" data-cell="b">A line\. {2}One more\.\n?<\/p>/)
  assert.ok(html[0]!.includes(`<th scope="col" class="align-left">${lines}</th>`), html[0])
  assert.ok(html[0]!.includes(`<strong class="weft-best">${lines}</strong>`))
})
