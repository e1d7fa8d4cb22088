import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pdfPages } from '../../src/render/print/pdf-text.ts'
import { temporaryFolder } from '../experiments/data/temporary-folder.ts'
import { code, markdown, notebookOf } from '../render/notebook/import/notebook-of.ts'
import { weftHere } from './weft-here.ts'

test('a chapter made of a notebook should build, with what the notebook computed', async (t) => {
  const folder = await temporaryFolder(t)
  const cells = [
    markdown('# Squares\n\nThe square is $y = x^2$.'),
    code(
      "import { sep } from 'node:path'\nconst rows = [1, 2, 3].map((x) => ({ x, y: x ** 2 }))\nlet total = 0",
    ),
    code('//| label: tbl-rows\n//| tbl-cap: All squares.\nrows'),
    code('for (const { y } of rows) total += y\nawait Deno.jupyter.display(["Sum", total, sep].join(" "))'),
    code('const rows = [total, 5]\nrows.length + total'),
    code('ls -l', { metadata: { vscode: { languageId: 'bash' } } }),
  ]
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'a.ipynb'), notebookOf(cells))
  const { stdout } = await weftHere(folder, ['import', 'a.ipynb', '--out', 'chapter.md'])
  assert.match(stdout, /chapter\.md {2}4 cells to run, 2 parts to read/)
  const { code: status, stderr } = await weftHere(folder, ['build', 'chapter.md'])
  assert.equal(status, 0, stderr)
  const pages = await pdfPages(readFileSync(join(folder, 'dist/chapter.pdf')))
  const text = pages.map(({ body }) => body).join('\n')
  for (const wanted of [/All squares\./, /Sum 14 \//, /\b16\b/, /ls -l/]) assert.match(text, wanted)
})

test('a chapter should come back from a notebook that was made of it, to the letter', async (t) => {
  const folder = await temporaryFolder(t)
  const one = [
    '# One {#sec-one}',
    '```ts exec #rows echo=hide\nexport const rows = [1, 2]\n```',
    'There are `{ts} rows.length` rows, as @tbl-rows shows.<!-- why -->\n',
    '```ts exec #tbl-rows caption="Rows." timeout=5s\nexport default rows.map((x) => ({ x }))\n```',
    ':::note\nIn it:\n\n```ts exec #sum\nimport { factor } from "./factor.ts"\nexport default factor * 2\n```\n:::',
    '## Sub\n\nLast.\n',
  ].join('\n\n')
  const two = '---\ntitle: Two\n---\n\nSee @sec-one, and `{ts} rows[1]`.\n'
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'factor.ts'), 'export const factor = 2\n')
  writeFileSync(join(folder, 'report.md'), '---\ntitle: Both\nchapters: [one.md, two.md]\n---\n\nAll.\n')
  writeFileSync(join(folder, 'one.md'), one)
  writeFileSync(join(folder, 'two.md'), two)
  const { code: status, stderr } = await weftHere(folder, ['notebook', '--chapters', 'one.md,two.md'])
  assert.equal(status, 0, stderr)
  for (const [name, source] of Object.entries({ 'one.md': one, 'two.md': two })) {
    const { stdout } = await weftHere(folder, [
      'import',
      'dist/notebook.ipynb',
      '--chapter',
      name,
      '--out',
      `back/${name}`,
    ])
    assert.equal(readFileSync(join(folder, 'back', name), 'utf8'), source, stdout)
  }
})
