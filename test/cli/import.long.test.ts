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
