import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { VFile } from 'vfile'
import { textBelow } from '../../../src/render/model/element.ts'
import type { Target } from '../../../src/render/model/types.ts'
import { wordsFor } from '../../../src/render/model/words.ts'
import { indexTargets, nameOf, resolveReferences } from '../../../src/render/syntax/references.ts'
import { buildProject, messagesOf } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { parseText, textOf } from './parse-text.ts'

const position = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
const targets: Target[] = [
  { label: 'fig-loss', kind: 'figure', number: '1', file: 'report.md', position },
  { label: 'tbl-all', kind: 'table', number: '2', file: 'report.md', position },
  { label: 'sec-adam', kind: 'section', number: '5.2', title: 'Adam', file: 'report.md', position },
  { label: 'sec-preface', kind: 'section', number: '', title: 'Preface', file: 'report.md', position },
  { label: 'eq-adam', kind: 'equation', number: '3', file: 'report.md', position },
  { label: 'lst-step', kind: 'listing', number: '2', file: 'report.md', position },
  { label: 'fig-twice', kind: 'figure', number: '2', file: 'report.md', position },
  { label: 'fig-twice', kind: 'section', number: '1', title: 'Twice', file: 'part.md', position },
]

const cases: [string, string, string[]][] = [
  ['see @fig-loss.', 'see Figure 1.', ['#fig-loss']],
  ['(@fig-loss, @tbl-all)', '(Figure 1, Table 2)', ['#fig-loss', '#tbl-all']],
  ['@fig-loss', 'Figure 1', ['#fig-loss']],
  ['**@fig-loss** and *@tbl-all*', 'Figure 1 and Table 2', ['#fig-loss', '#tbl-all']],
  ['| a |\n|---|\n| @tbl-all |', 'aTable 2', ['#tbl-all']],
  ['# On @fig-loss', 'On Figure 1', ['#fig-loss']],
  ['see @fig-loss{page}.', 'see Figure 1, p. .', ['#fig-loss']],
  ['| a |\n|---|\n| @tbl-all{page} |', 'aTable 2, p. ', ['#tbl-all']],
  ['[in @fig-loss{page}](#x)', 'in Figure 1', []],
  ['@fig-loss{pages}', 'Figure 1{pages}', ['#fig-loss']],
  ['mail a@fig-loss or @@fig-loss', 'mail a@fig-loss or @@fig-loss', []],
  ['`@fig-loss`', '', []],
  ['@figure and @cauchy1847', '@figure and @cauchy1847', []],
  [
    '@sec-adam, @eq-adam; @lst-step',
    'Section 5.2, Equation 3; Listing 2',
    ['#sec-adam', '#eq-adam', '#lst-step'],
  ],
  ['“@eq-adam”—@sec-adam:', '“Equation 3”—Section 5.2:', ['#eq-adam', '#sec-adam']],
  ['[@eq-adam]', '[Equation 3]', ['#eq-adam']],
  ['@sec-preface.', 'Section “Preface”.', ['#sec-preface']],
  ['[see @eq-adam there](https://example.org)', 'see Equation 3 there', []],
  ['Note.[^1]\n\n[^1]: See @eq-adam.', 'Note.See Equation 3.', ['#eq-adam']],
  ['\\@eq-adam but \\\\@eq-adam', '@eq-adam but \\Equation 3', ['#eq-adam']],
]

test('resolveReferences should write the name of a target as a link', (t) => {
  for (const [body, text, links] of cases) {
    const { tree } = parseText(t, body)
    resolveReferences(tree.chapters, indexTargets(targets))
    assert.deepEqual(messagesOf(tree.report.files), [], body)
    assert.equal(textOf(tree).replaceAll('\u00a0', ' '), text, body)
    const found: string[] = []
    visit(tree.chapters[0]!.tree, (node) => {
      const href = (node.data as { hProperties?: { href?: string } } | undefined)?.hProperties?.href
      if (href) found.push(href)
    })
    assert.deepEqual(found, links, body)
  }
})

test('resolveReferences should report each reference without a target at its place', (t) => {
  const { tree } = parseText(t, 'A ü @fig-los\nand @fig-loss, &amp; @tbl-none, @fig-los.')
  resolveReferences(tree.chapters, indexTargets(targets))
  assert.deepEqual(messagesOf(tree.report.files), [
    'report.md:4:5 reference-resolves Unknown reference `@fig-los`, expected the label of a figure or table: did you mean `fig-loss`?',
    'report.md:5:22 reference-resolves Unknown reference `@tbl-none`, expected the label of a figure or table',
    'report.md:5:33 reference-resolves Unknown reference `@fig-los`, expected the label of a figure or table: did you mean `fig-loss`?',
  ])
})

test('resolveReferences should report a label with letters outside ASCII as an unknown reference', (t) => {
  const { tree } = parseText(t, 'See @sec-ädam, @fig-größe.\nNot ü@fig-loss.')
  resolveReferences(tree.chapters, indexTargets(targets))
  assert.deepEqual(messagesOf(tree.report.files), [
    'report.md:4:5 reference-resolves Unknown reference `@sec-ädam`, expected the label of a section: did you mean `sec-adam`?',
    'report.md:4:16 reference-resolves Unknown reference `@fig-größe`, expected the label of a figure or table',
  ])
})

test('resolveReferences should report a label with several targets, and one of another kind', (t) => {
  const { tree } = parseText(t, 'See @fig-twice,\n@sec-adm and @eq-Adam and @lst-none.')
  resolveReferences(tree.chapters, indexTargets(targets))
  assert.deepEqual(messagesOf(tree.report.files), [
    'report.md:4:5 reference-resolves Ambiguous reference `@fig-twice`, expected one target, found the figure at report.md:1 and the section at part.md:1',
    'report.md:5:1 reference-resolves Unknown reference `@sec-adm`, expected the label of a section: did you mean `sec-adam`?',
    'report.md:5:14 reference-resolves Unknown reference `@eq-Adam`, expected the label of an equation: did you mean `eq-adam`?',
    'report.md:5:27 reference-resolves Unknown reference `@lst-none`, expected the label of a listing',
  ])
})

test('a reference in an output should be reported in its cell, at the exact place of its text', async (t) => {
  const lines = [
    "import { table } from 'weft/output'",
    "export default table([{ a: 1 }], { columns: { a: 'As @fig-none' }, caption: ['@tbl', 'none'].join('-') })",
  ]
  const { said } = await buildProject(
    temporaryProject(t, { 'report.md': reportOf(`\nBefore.\n${cell('tbl-a', ...lines)}`) }),
  )
  assert.deepEqual(
    said.map((message) => message.split(' ', 5).join(' ')),
    [
      'report.md:7:1 reference-resolves Unknown reference `@tbl-none`,',
      'report.md:9:54 reference-resolves Unknown reference `@fig-none`,',
    ],
  )
})

test('a reference in a caption should be reported at its place in the fence', async (t) => {
  const body = `\n\nText.\n${cell('tbl-a caption="See @fig-none."', "import { table } from 'weft/output'", 'export default table([{ a: 1 }])')}`
  const { said } = await buildProject(temporaryProject(t, { 'report.md': reportOf(body) }))
  assert.deepEqual(
    said.map((message) => message.split(' ').slice(0, 2).join(' ')),
    ['report.md:8:32 reference-resolves'],
  )
})

test('nameOf should join kind and number with a no-break space', () => {
  assert.equal(nameOf({ kind: 'table', number: '3' }, wordsFor('en')), 'Table\u00a03')
})

test('resolveReferences should find a reference right beside letters of scripts without spaces', () => {
  const tree: Root = {
    type: 'root',
    children: [
      { type: 'paragraph', children: [{ type: 'text', value: '如@fig-x所示，و@fig-x. see@fig-x' }] },
    ],
  }
  const file = new VFile({ path: 'a.md', value: '如@fig-x所示，و@fig-x. see@fig-x' })
  const position = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
  const target = { label: 'fig-x', kind: 'figure', number: '1', file: 'a.md', position } as const
  file.data.lang = 'zh'
  resolveReferences([{ file, tree }], indexTargets([target]))
  assert.equal(textBelow(tree), '如图\u00a01所示，و图\u00a01. see@fig-x')
  assert.deepEqual(file.messages, [])
})
