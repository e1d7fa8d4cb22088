import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'hast'
import { VFile } from 'vfile'
import { openMacroBudget } from '../../../src/render/page/bound-macros.ts'
import { h } from '../../../src/render/page/hast.ts'
import { drawMathematics } from '../../../src/render/page/mathematics.ts'

type Options = Partial<Parameters<typeof drawMathematics>[2]>

// The markup of each formula; the text of its source in place of one that is refused.
async function draw(formulas: readonly string[], options: Options = {}) {
  const children = formulas.map((tex) =>
    h('code', { className: ['language-math', 'math-inline'] }, [{ type: 'text', value: tex }]),
  )
  const tree: Root = { type: 'root', children }
  const file = new VFile({ path: 'report.md' })
  await drawMathematics(tree, file, { cache: new Map(), budget: openMacroBudget(), ...options })
  const drawn = tree.children.map((node) => (node.type === 'raw' ? node.value : undefined))
  return { drawn, said: file.messages.map(({ reason }) => reason) }
}

const long = 'x'.repeat(3_000)

const refused: { readonly [name: string]: string } = {
  'a long macro that is used often': `\\def\\a{${long}}${'\\a'.repeat(100)}`,
  'an argument that one macro repeats often': `\\def\\a#1{${'#1'.repeat(2_000)}}\\a{${long}}`,
  'arguments within arguments': `\\def\\a#1{#1#1#1#1}${'\\a{'.repeat(12)}x${'}'.repeat(12)}`,
  'an argument with words round it': `\\def\\a(#1){${'#1'.repeat(200)}}\\a(${'y'.repeat(200)})`,
  'a macro that is defined by an expanded one': `\\def\\a{${'x'.repeat(999)}}\\edef\\b{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}\\b`,
  'macros of macros': [...'bcdefgh']
    .reduce((tex, name, index) => `${tex}\\def\\${name}{${`\\${'abcdefg'[index]}`.repeat(9)}}`, '\\def\\a{x}')
    .concat('\\h'),
  'a macro that calls itself': '\\def\\a{\\a x}\\a',
  'a local macro that is renamed': `{\\def\\a{${long}}\\let\\b\\a \\b\\b\\b\\b}`,
}

for (const [name, tex] of Object.entries(refused))
  test(`drawMathematics should refuse ${name}`, async () => {
    const { drawn, said } = await draw([tex, 'y'])
    assert.match(
      said.join('\n'),
      /^Cannot draw `.*`, (expected macros that make at most 5000 tokens, found more|Too many expansions.*)$/,
    )
    assert.ok(said[0]!.length < 500, 'a message does not repeat a long formula')
    assert.equal(drawn[0], undefined)
    assert.match(drawn[1]!, /class="katex"/, 'the next formula is drawn')
  })

test('drawMathematics should draw formulas whose macros stay within the limit as KaTeX alone does', async () => {
  const { default: katex } = await import('katex')
  const fine = [
    '\\def\\a{x^2}\\a+\\a',
    '\\newcommand{\\norm}[1]{\\left\\lVert #1 \\right\\rVert}\\norm{\\norm{x} + y}',
    '\\text{if } x \\implies \\dots \\boxed{y} \\bra{\\psi}',
    '{\\def\\a{1}\\a}\\gdef\\b#1#2{#2#1}\\b xy',
    '\\let\\c=\\alpha \\c\\ifx\\relax y',
    'a \\not= b',
    "f'' = \\pmod n",
    `\\def\\a{${'x'.repeat(400)}}${'\\a'.repeat(10)}`,
  ]
  const { drawn, said } = await draw(fine)
  const plain = fine.map((tex) => {
    try {
      return katex.renderToString(tex, { strict: 'ignore' })
    } catch {
      return undefined
    }
  })
  assert.deepEqual(drawn, plain)
  assert.equal(said.length, plain.filter((one) => one === undefined).length)
})

test('drawMathematics should bound what macros make of all formulas of a report', async () => {
  const tex = `\\def\\a{${'x'.repeat(200)}}${'\\a'.repeat(20)}`
  const { said } = await draw([
    ...Array(10)
      .fill(0)
      .map((_, index) => `${tex}${index}`),
    'y \\implies z',
  ])
  assert.equal(said.length, 5, said.join('\n'))
  for (const reason of said) assert.match(reason, /at most 20000 tokens in a report, found more$/)
})

test('drawMathematics should refuse a formula that is too long or takes too long', async () => {
  const { said } = await draw(['x'.repeat(20_001)])
  assert.match(said[0]!, /^Cannot draw `x{200}…`, expected at most 20000 characters, found 20001$/)
  const late = await draw(['\\sqrt{x}'.repeat(2_000), 'y'], { timeMs: 1 })
  assert.match(late.said.join('\n'), /, expected a formula that is drawn within 0\.001 s, found none$/)
  assert.match(late.drawn[1]!, /class="katex"/)
})
