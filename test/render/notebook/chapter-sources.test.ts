import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block } from '../../../src/render/notebook/chapter-blocks.ts'
import { generated, withSources } from '../../../src/render/notebook/chapter-sources.ts'
import { type NotebookCell, writeNotebook } from '../../../src/render/notebook/nbformat.ts'
import { imported } from './import/notebook-of.ts'

const block = (file: string, source: string, more: Partial<Block> = {}): Block => ({
  ...{ file, source, cells: [], isCell: false, nodes: [] },
  ...more,
})
const cell = (label: string) => ({ cells: [label], isCell: true })
const prose = (id: string, source = id): NotebookCell => ({ kind: 'markdown', id, source })
const code = (label: string, source = `const ${label} = 1`): NotebookCell => ({
  ...{ kind: 'code' as const, id: label, source, outputs: [] },
  metadata: { weft: { label } },
})

const one = [
  block('one.md', '---\nlang: de\n---\n\n<!-- first -->\n\n'),
  block('one.md', '```ts exec #a echo=hide timeout=5s\n1\n```\n\n\n', cell('a')),
  block('one.md', '# One {#sec-one}\n\n'),
  block('one.md', 'Words `{ts} a`.\n\n'),
  block('one.md', '```ts exec #b\n2\n```\n', cell('b')),
  block('one.md', '```ts exec #c\n3\n```\n\n', cell('c')),
  block('one.md', ':::note\nIn it\n\n```ts exec #d\n4\n```\n:::\n\n', { cells: ['d'] }),
  block('one.md', '```ts exec #idle eval=false\n4\n```\n\n', cell('idle')),
  block('one.md', '<!-- last -->\n'),
]
const cellsOfOne = [
  code('a'),
  prose('sec-one', '# One'),
  prose('after', 'Words 1.'),
  code('b'),
  prose('caption-b'),
  code('c'),
  prose('in', 'In it'),
  code('d'),
]
const isRun = (label: string) => label !== 'idle'
const made = (cells: readonly NotebookCell[]) =>
  writeNotebook([generated(prose('title')), ...cells, generated(prose('references'))], 'T')
const wholeOf = (blocks: readonly Block[]) => blocks.map(({ source }) => source).join('')

test('an unchanged notebook should give the chapter that it was made of, to the letter', async () => {
  const { markdown, notes } = await imported(made(withSources(cellsOfOne, one, isRun)))
  assert.equal(markdown, wholeOf(one))
  assert.deepEqual(notes, [])
})

test('a piece that was changed should be as in the notebook, and told', async () => {
  const notebook = made(withSources(cellsOfOne, one, isRun))
  const changed = notebook
    .replace('Words 1.', 'Other words.')
    .replace('const c = 1', "const shown = [1]\\n\\nawait show(shown, 'c')")
  const { markdown, notes } = await imported(changed)
  const wanted = wholeOf(one)
    .replace('# One {#sec-one}\n\nWords `{ts} a`.', '# One\n\nOther words.')
    .replace('#b\n2\n```\n', '#b\n2\n```\n\n')
    .replace('#c\n3', '#c\nexport default [1]')
  assert.equal(markdown, wanted.replace('\n\n\n# One', '\n\n# One'))
  assert.deepEqual(
    notes.map((note) => note.split(' made it of ')[0]),
    [4, 7].map((number) => `a.ipynb:cell ${number}: It was changed after \`weft notebook\``),
  )
})

test('a piece of which cells were removed, or others put between, should be as in the notebook, and told', async () => {
  const notebook = JSON.parse(made(withSources(cellsOfOne, one, isRun))) as { cells: { id: string }[] }
  const at = notebook.cells.findIndex(({ id }) => id === 'after')
  const own = { id: 'own', cell_type: 'markdown', metadata: {}, source: 'Between.' }
  for (const [cells, text] of [
    [notebook.cells.toSpliced(at, 1), '# One\n\n```'],
    [notebook.cells.toSpliced(at, 0, own), '# One\n\nBetween.\n\nWords 1.\n\n```'],
  ] as const) {
    const { markdown, notes } = await imported(JSON.stringify({ ...notebook, cells }))
    assert.ok(markdown.includes(text), markdown)
    assert.equal(notes.length, 1)
    assert.match(notes[0]!, /^a\.ipynb:cell 3: It was changed after `weft notebook`/)
  }
})

test('a piece of which two cells were exchanged should be as in the notebook, and told', async () => {
  const cells = [prose('one', '# One'), prose('two', '# Two'), prose('three', '# Three')]
  const written = made(withSources(cells, [block('one.md', '# One\n\n# Two\n\n# Three\n')], isRun))
  const notebook = JSON.parse(written) as { cells: { id: string }[] }
  const [title, first, second, third, ...rest] = notebook.cells
  const exchanged = { ...notebook, cells: [title, first, third, second, ...rest] }
  const { markdown, notes } = await imported(JSON.stringify(exchanged))
  assert.match(markdown, /# One\n\n# Three\n\n# Two\n/)
  assert.equal(notes.length, 1)
})

test('of several chapters one can be taken', async () => {
  const two = [block('two.md', '# Two\n\n'), block('two.md', 'Words.\n')]
  const notebook = made([
    ...withSources(cellsOfOne, one, isRun),
    ...withSources([prose('two', '# Two\n\nWords.')], two, isRun),
  ])
  const both = await imported(notebook)
  assert.equal(both.markdown, `${wholeOf(one)}\n${wholeOf(two)}`)
  assert.deepEqual(both.notes, [
    'a.ipynb: one.md and two.md are in one file: take one of them with --chapter',
  ])
  const { markdown, notes } = await imported(notebook, '', 'two.md')
  assert.equal(markdown, wholeOf(two))
  assert.deepEqual(notes, [])
  await assert.rejects(
    imported(notebook, '', 'three.md'),
    /Cannot find the chapter `three\.md` in a\.ipynb, expected one\.md or two\.md/,
  )
})
