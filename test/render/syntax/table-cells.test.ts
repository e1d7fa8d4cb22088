import assert from 'node:assert/strict'
import test from 'node:test'
import { visit } from 'unist-util-visit'
import { injectText } from '../assemble/inject-text.ts'
import { cell } from '../execute/temporary-project.ts'
import { parseText } from './parse-text.ts'

// GitHub shows the same: a table cell is read for its pipes before anything else.
const pipes: [string, string][] = [
  ['$P(A\\|B)$', 'P(A|B)'],
  ['$\\|x\\|$', '|x|'],
  ['$\\Vert x \\Vert$', '\\Vert x \\Vert'],
  ['$\\lVert x \\rVert_2$', '\\lVert x \\rVert_2'],
  ['$$a \\| b$$', 'a | b'],
  ['**$a\\|b$**', 'a|b'],
  ['*see $a\\|b$ there*', 'a|b'],
  ['~~$a\\|b$~~', 'a|b'],
  ['[$a\\|b$](#x)', 'a|b'],
  ['x $a\\|b$ y', 'a|b'],
  ['$a\\|b\\|c\\|d$', 'a|b|c|d'],
  ['$\\{x \\| x > 0\\}$', '\\{x | x > 0\\}'],
  ['$\\left\\| x \\right\\|$', '\\left| x \\right|'],
  ['$\\mid x \\middle\\| y$', '\\mid x \\middle| y'],
  ['$a \\\\ b$', 'a \\\\ b'],
  ['$\\|$', '|'],
  ['$p(y \\| x, \\theta)$', 'p(y | x, \\theta)'],
  ['$\\log_2 8$', '\\log_2 8'],
  ['$f\\big\\|_{x=0}$', 'f\\big|_{x=0}'],
  ['$D_{KL}(P \\,\\|\\, Q)$', 'D_{KL}(P \\,|\\, Q)'],
]

test('a pipe of a formula in a table should be a pipe, with the backslash that keeps its cell together', (t) => {
  const formulas = (body: string) => {
    const found: unknown[] = []
    visit(parseText(t, body).tree.chapters[0]!.tree, 'inlineMath', (node) => {
      found.push(node.value, ...(node.data!.hChildren as { value: string }[]).map(({ value }) => value))
    })
    return found
  }
  for (const [source, tex] of pipes)
    assert.deepEqual(formulas(`| A | B |\n| - | - |\n| ${source} | b |`), [tex, tex], source)
  assert.deepEqual(formulas('In a line $P(A\\|B)$.'), ['P(A\\|B)', 'P(A\\|B)'])
})

test('a pipe that divides a cell should be told of where the row has too many cells', (t) => {
  const { said } = parseText(t, '| A | B |\n| - | - |\n| $P(A|B)$ | b |\n| a |\n| a | b |')
  assert.deepEqual(said, [
    'report.md:6:12 output-renders Unexpected 3 cells in a row, expected at most 2, as in the head of its table: a pipe within a cell is written `\\|`',
  ])
})

test('a pipe of a value or a claim in a table should be one too', (t) => {
  const { tree } = parseText(t, "| A | B |\n| - | - |\n| `{ts} a \\|\\| b` | :claim[so]{that='a \\|\\| b'} |")
  assert.deepEqual(
    tree.expressions.map(({ source }) => source),
    ['a || b', 'a || b'],
  )
})

test('cells that are lost in a table of a cell should be told of at the cell', async (t) => {
  const markdown = '| A | B |\n| - | - |\n| $P(A\\|B)$ | b |\n| a | b | c |'
  const { html, said } = await injectText(t, cell('a', '1'), { cells: { a: [{ kind: 'prose', markdown }] } })
  assert.match(html[0]!, /P\(A\|B\)/)
  assert.deepEqual(said, [
    'report.md:5:1 output-renders Unexpected 3 cells in a row, expected at most 2, as in the head of its table: a pipe within a cell is written `\\|`',
  ])
})
