import assert from 'node:assert/strict'
import test from 'node:test'
import type { Math as DisplayMath } from 'mdast-util-math'
import { visit } from 'unist-util-visit'
import { equationLabel, tagEquation } from '../../../src/render/syntax/equations.ts'
import { parseText } from './parse-text.ts'

type Test = Parameters<typeof parseText>[0]

/** Every display formula: its label, its source and its line, from 1 at the first line of the text. */
function equationsOf(t: Test, body: string): { equations: unknown[]; types: string[] } {
  const { tree } = parseText(t, body)
  const equations: unknown[] = []
  const root = tree.chapters[0]!.tree
  visit(root, 'math', (node: DisplayMath) => {
    equations.push([equationLabel(node), node.value, node.position!.start.line - 3])
  })
  return { equations, types: root.children.map((node) => node.type) }
}

const cases: [string, string, unknown[], string[]][] = [
  ['an opening fence', '$$ {#eq-a}\nx\n$$\n\nText.', [['eq-a', 'x', 1]], ['math', 'paragraph']],
  ['a closing fence', '$$\nx\ny\n$$ {#eq-a}\n\nText.', [['eq-a', 'x\ny', 1]], ['math', 'paragraph']],
  ['a closing fence at the end', '$$\nx\n$$  {#eq-a}  ', [['eq-a', 'x', 1]], ['math']],
  [
    'two after each other',
    '$$\nx\n$$ {#eq-a}\n$$ {#eq-b}\ny\n$$\nText.',
    [
      ['eq-a', 'x', 1],
      ['eq-b', 'y', 4],
    ],
    ['math', 'math', 'paragraph'],
  ],
  ['a line', 'Text.\n\n$$ x^2 $$ {#eq-a}\n\nText.', [['eq-a', 'x^2', 3]], ['paragraph', 'math', 'paragraph']],
  ['a list', '- one\n\n  $$\n  x\n  $$ {#eq-a}\n\n  after\n- two', [['eq-a', 'x', 3]], ['list']],
  ['a quote', '> $$\n> x\n> $$ {#eq-a}\n> after\n\nText.', [['eq-a', 'x', 1]], ['blockquote', 'paragraph']],
  ['none', '$$\nx\n$$\n\nText.', [[undefined, 'x', 1]], ['math', 'paragraph']],
  ['code', '```\n$$\nx\n$$ {#eq-a}\n```\n\nText.', [], ['code', 'paragraph']],
  ['another word in braces', '$$\nx\n$$ {a}\ny\n$$', [[undefined, 'x\n$$ {a}\ny', 1]], ['math']],
  ['a formula in a line of text', 'So $$ x $$ {#eq-a} it is.', [], ['paragraph']],
  ['one dollar', '$x$ {#eq-a}', [], ['paragraph']],
]

for (const [what, body, expected, types] of cases) {
  test(`equations should be found with a label by ${what}`, (t) => {
    const found = equationsOf(t, body)
    assert.deepEqual(found.equations, expected)
    assert.deepEqual(found.types, types)
  })
}

test('text after a labelled equation should keep its positions', (t) => {
  const { said } = parseText(t, '$$\nx\n$$ {#eq-a}\n\n```ts exec\n```\n')
  assert.deepEqual(
    said.map((message) => message.split(' ', 2).join(' ')),
    ['report.md:8:1 label-is-given'],
  )
})

test('tagEquation should write the number into the formula', (t) => {
  const { tree } = parseText(t, '$$ {#eq-a}\nx\n$$')
  const [node] = tree.chapters[0]!.tree.children as DisplayMath[]
  tagEquation(node!, '7')
  assert.equal(node!.value, 'x\n\\tag{7}')
  assert.equal(equationLabel(node!), 'eq-a')
})

test('a label that follows a formula but does not name it should cause a warning at its place', (t) => {
  const alone = (label: string) =>
    `label-is-given Cannot label the formula before \`#${label}\`, expected one that stands alone: \`$$ ... $$ {#${label}}\` as a paragraph of its own`
  const unexpected = (label: string) =>
    `label-is-given Unexpected label \`#${label}\` of a formula, expected \`eq-\`, then small letters, digits and hyphens`
  const reports: [string, string[]][] = [
    ['Text $$ w $$ {#eq-inline} more', [`report.md:4:14 ${alone('eq-inline')}`]],
    ['Größe\n\n$x$ {#eq-a}', [`report.md:6:5 ${alone('eq-a')}`]],
    ['- $$ x $$ {#eq-ä}', [`report.md:4:11 ${unexpected('eq-ä')}`]],
    ['$$ {#adam}\nx\n$$', [`report.md:4:4 ${unexpected('adam')}`]],
    ['$$\nx\n$$ {#eq-Adam}\n\nText.', [`report.md:6:4 ${unexpected('eq-Adam')}`]],
    ['$$\nx\n$$ {#eq-a}\n\n$$ x $$ {#eq-b}', []],
    ['So $x$ \\{#eq-a} and `{#eq-b}`, {#eq-c}', []],
  ]
  for (const [body, expected] of reports) assert.deepEqual(parseText(t, body).said, expected, body)
})
