import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellsOf, code, deno, imported, markdown, notebookOf, python } from './notebook-of.ts'

test('the last expression should become the default export, if it has a value', async () => {
  for (const [source, wanted] of [
    ['const a = 1\na;', 'const a = 1\nexport default a;'],
    ['await Deno.jupyter.display([1])', 'export default [1]'],
    ['display({ a: 1 })', 'export default { a: 1 }'],
    ['1, 2', 'export default (1, 2)'],
    ['await f()', 'export default await f()'],
    ['export default 3\n4', 'export default 3\n4'],
    ['a = 1', 'a = 1'],
    ['console.log(1)', 'console.log(1)'],
    ['const a = <b>1</b>\na', 'const a = <b>1</b>\nexport default a'],
    ['f`x`', 'export default f`x`'],
    ['const ok =\n!a &&\n  !b\n!ok', 'const ok =\n!a &&\n  !b\nexport default !ok'],
  ] as const)
    assert.equal((await cellsOf(source)).cells[0], wanted)
})

test('what a report has no place for should be told, with what to write instead', async () => {
  for (const [source, said] of [
    ['console.log(1)', /what `console` prints/],
    ['display(1)\nconst a = 1', /in the middle of a cell/],
    ["Deno.readTextFileSync('a')", /Cannot use `Deno\.readTextFileSync`.*node:fs/],
    ["const a = require('a')", /`require` in a cell: write `import`/],
    ['tslab.display.html("x")', /Cannot call `tslab\.display\.html`/],
    ["import a from 'https://esm.sh/a'", /Cannot import `https:\/\/esm\.sh\/a`, a build fetches nothing/],
    ['%time\nconst a = 1', /Cannot carry over `%time`, leave it out/],
    ['!npm install a\nconst a = 1', /Cannot carry over `!npm install a`, install packages with npm/],
    ['//| fig-width: 3\n1', /Cannot carry over the option `fig-width`/],
    ['//| label: [\n1', /Cannot read the comments at its top/],
    ['const a = ;', /^a\.ipynb:cell 1: Cannot parse line 1, Expression expected/],
  ] as const) {
    const { notes } = await cellsOf(source)
    assert.equal(notes.length, 1, notes.join('\n'))
    assert.match(notes[0]!, said)
  }
})

test('labels and options should come from comments, tags and ids that say something', async () => {
  const { infos } = await cellsOf(
    code('//| label: fig-one\n//| echo: false\n//| fig-cap: A "b"\n1', { id: 'a1b2c3d4' }),
    code('1', { id: 'setUp_part' }),
    code('1', { id: 'b0e9c3d7-1111-4222-8333-000000000000' }),
    code('1', { metadata: { tags: ['hide-input', 'sums'] } }),
    code('//| include: false\n1', { id: 'sums' }),
    code('#| eval: false\n1', { metadata: { tags: ['remove-output'] } }),
  )
  assert.deepEqual(infos, [
    `ts #fig-one echo=hide caption="A 'b'"`,
    'ts #set-up-part',
    'ts #cell-3',
    'ts #sums echo=fold',
    'ts #sums-2 echo=hide',
    'ts #cell-6 eval=false',
  ])
})

test('a caption with back-ticks should stand in a fence that can have them', async () => {
  const { text } = await cellsOf('//| label: fig-a\n//| fig-cap: Of `a`\nconst a = "~~~"\na')
  assert.equal(text, '~~~~ts exec #fig-a caption="Of `a`"\nconst a = "~~~"\nexport default a\n~~~~\n')
})

test('prose should keep its headings and formulas, with pictures as files', async () => {
  const dot = Buffer.from('dot').toString('base64')
  const both = {
    attachments: { 'a b.png': { 'image/png': dot }, 'x.svg': { 'image/svg+xml': ['<svg>', '</svg>'] } },
  }
  const {
    markdown: text,
    pictures,
    notes,
  } = await imported(
    notebookOf([
      markdown(
        '# One\n\n$x$ and\n\n\\begin{align*}\na\n\\end{align*}\n\n$$\n\\begin{align}\nb\n\\end{align}\n$$',
      ),
      markdown('![A](<attachment:a b.png>) ![B](attachment:x.svg)', both),
      markdown('![A](attachment:a%20b.png)', { attachments: { 'a b.png': { 'image/png': dot } } }),
    ]),
  )
  assert.equal(
    text,
    '---\ntitle: One\n---\n\n# One\n\n$x$ and\n\n$$\n\\begin{align*}\na\n\\end{align*}\n$$\n\n$$\n\\begin{align}\nb\n\\end{align}\n$$\n\n![A](<a-files/a-b.png>) ![B](a-files/x.svg)\n\n![A](a-files/cell-3-a-b.png)\n',
  )
  assert.deepEqual(
    pictures.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
    [
      ['a-b.png', 'dot'],
      ['x.svg', '<svg></svg>'],
      ['cell-3-a-b.png', 'dot'],
    ],
  )
  assert.deepEqual(notes, [])
})

test('code of other languages should be shown and not run, each cell told', async () => {
  const {
    markdown: text,
    notes,
    counts,
  } = await imported(
    notebookOf(
      [
        code("%matplotlib inline\nimport pandas as pd\npd.read_csv('a.csv')", { outputs: [{}] }),
        code('x = "```"'),
        code('!pip install a'),
        { cell_type: 'raw', metadata: {}, source: 'raw' },
        { cell_type: 'raw', metadata: { format: 'text/markdown' }, source: 'Prose.' },
      ],
      python,
    ),
  )
  assert.match(text, /^```python\n%matplotlib inline\n/)
  assert.match(text, /^````python\nx = "```"\n````$/m)
  assert.match(text, /^```text\nraw\n```$/m)
  assert.match(text, /^Prose\.$/m)
  assert.deepEqual(counts, { run: 0, read: 5 })
  assert.equal(notes.length, 6)
  assert.match(notes[0]!, /cell 1: Cannot run Python, its code is shown\. Write instead `import rows from/)
  assert.match(notes[1]!, /cell 1: Cannot carry over `%matplotlib inline`/)
  assert.match(notes[2]!, /cell 2: Cannot run Python.* a `ts exec` cell, or let the code write/)
  assert.match(notes[3]!, /cell 3: Cannot carry over `!pip install a`/)
  assert.match(notes[4]!, /cell 4: A raw cell is shown as text/)
  assert.equal(notes[5], 'a.ipynb: Outputs of 1 cell are left out: a build computes them anew')
})

test('cells in other languages of a notebook of TypeScript should be shown', async () => {
  const { text } = await cellsOf(
    '%%bash\nls',
    code('x <- 1', { metadata: { vscode: { languageId: 'r' } } }),
    code('1', { metadata: { vscode: { languageId: 'javascript' } } }),
  )
  assert.match(text, /^```bash\n%%bash\nls\n```$/m)
  assert.match(text, /^```r\nx <- 1\n```$/m)
  assert.match(text, /^```js exec #cell-3\nexport default 1\n```$/m)
})

test('front matter in a raw cell, and paths from the folder of the chapter, should hold', async () => {
  const front = { cell_type: 'raw', metadata: {}, source: '---\ntitle: Own\n---' }
  const { markdown: text } = await imported(
    notebookOf([front, code("import a from './a.ts'\nimport b from '../b.ts'"), code('a + b')]),
    '../notebooks',
  )
  assert.equal(
    text,
    "---\ntitle: Own\n---\n\n```ts exec #cell-2\nimport a from '../notebooks/a.ts'\nimport b from '../b.ts'\n```\n\n```ts exec #cell-3\nimport a from '../notebooks/a.ts'\nimport b from '../b.ts'\nexport default a + b\n```\n",
  )
})

test('notebooks of nbformat 3 should be read', async () => {
  const cells = [
    { cell_type: 'heading', level: 2, source: ['Old'] },
    { cell_type: 'code', language: 'python', input: ['x\n', 'y'], outputs: [] },
  ]
  const { markdown: text } = await imported(
    JSON.stringify({ metadata: { name: '' }, nbformat: 3, nbformat_minor: 0, worksheets: [{ cells }] }),
  )
  assert.equal(text, '## Old\n\n```python\nx\ny\n```\n')
})

test('what is no notebook should be refused, with the place', async () => {
  const cell = (one: unknown) => JSON.stringify({ cells: [markdown('a'), one], metadata: deno, nbformat: 4 })
  for (const [text, said] of [
    ['', /^Cannot read a\.ipynb, expected a notebook, found an empty file$/],
    ['{\n "cells": [}', /^Cannot read a\.ipynb:2:12, expected the JSON of a notebook, found `\}`$/],
    ['{\n "cells": [', /^Cannot read a\.ipynb:2:12, expected the JSON of a notebook, found the end/],
    [
      `{ "nbformat": 4, "metadata": {}, "cells": [{ "source": "a long text } of many letters" } } ] }`,
      /^Cannot read a\.ipynb:1:90, expected the JSON of a notebook, found `\} \] \}`$/,
    ],
    ['[]', /^Cannot read a\.ipynb, expected a notebook, found an empty array$/],
    ['{}', /^Cannot read a\.ipynb, expected `nbformat` 3 or 4, found undefined$/],
    ['{"nbformat":2}', /expected `nbformat` 3 or 4, found 2$/],
    ['{"nbformat":4,"cells":{}}', /^Cannot read a\.ipynb: cells, expected a list, found/],
    [
      '{"nbformat":3,"worksheets":[1]}',
      /^Cannot read a\.ipynb: worksheets\[0\], expected an object, found 1$/,
    ],
    [cell(5), /^Cannot read a\.ipynb:cell 2, expected an object, found 5$/],
    [
      cell({ cell_type: 'sql', source: '' }),
      /^Unexpected `cell_type` in a\.ipynb:cell 2, expected code, markdown or raw, found "sql"$/,
    ],
    [
      cell({ cell_type: 'code', source: 5 }),
      /^Cannot read a\.ipynb:cell 2: source, expected a text or a list of texts, found 5$/,
    ],
    [
      cell({ cell_type: 'markdown', source: '', metadata: 1 }),
      /a\.ipynb:cell 2: metadata, expected an object/,
    ],
    [cell({ cell_type: 'constructor', source: '' }), /Unexpected `cell_type`/],
  ] as const)
    await assert.rejects(imported(text), (error: Error) => {
      assert.match(error.message, said)
      return true
    })
})
