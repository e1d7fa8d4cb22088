import assert from 'node:assert/strict'
import test from 'node:test'
import type { Figure } from '../../../src/render/model/types.ts'
import { cell } from '../execute/temporary-project.ts'
import { injectText } from './inject-text.ts'

const figure = (caption?: string): Figure => ({
  kind: 'figure',
  spec: { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>' },
  alt: 'A line',
  ...(caption === undefined ? {} : { caption }),
})

test('a figure of an image and a table with a caption should be numbered with those of cells', async (t) => {
  const body = `See @fig-sketch, @fig-cell and @tbl-hand.

![A *sketch* of \`{ts} n\`](a.png){#fig-sketch width=50% fig-alt="A square"}

${cell('fig-cell echo=hide', '1')}

| a |
|---|
| 1 |

: By hand {#tbl-hand}
`
  const { html, said, injected } = await injectText(t, body, {
    cells: { 'fig-cell': [figure('Of a cell')] },
    values: { n: '7' },
  })
  assert.deepEqual(said, [])
  assert.match(html[0]!, />Figure\u00a01<.*>Figure\u00a02<.*>Table\u00a01</)
  assert.ok(
    html[0]!.includes(
      '<figure class="weft-figure weft-picture" id="fig-sketch"><img src="a.png" alt="A square" width="50%"><figcaption><span class="weft-number">Figure\u00a01.</span> A <em>sketch</em> of <span class="weft-value">7</span></figcaption></figure>',
    ),
    html[0],
  )
  assert.ok(html[0]!.includes('<span class="weft-number">Figure\u00a02.</span> Of a cell'))
  assert.match(
    html[0]!,
    /<figure class="weft-table" id="tbl-hand"><figcaption><span class="weft-number">Table\u00a01\.<\/span> By hand<\/figcaption><table>/,
  )
  assert.deepEqual(
    injected.targets.map(({ label, number }) => [label, number]),
    [
      ['fig-sketch', '1'],
      ['fig-cell', '2'],
      ['tbl-hand', '1'],
    ],
  )
})

test('figures of a group should share its number, images and cells alike', async (t) => {
  const body = `:::figures{#fig-two columns=2}
![One](a.png "A square")

${cell('fig-two-cell echo=hide', '1')}

Both of them.
:::

See @fig-two, @fig-two-a, @fig-two-cell and @fig-last.

![Last](a.png "A square"){#fig-last}
`
  const { html, said } = await injectText(t, body, { cells: { 'fig-two-cell': [figure('Two')] } })
  assert.deepEqual(said, [])
  assert.match(
    html[0]!,
    /Figure\u00a01<\/a>, .*Figure\u00a01\u00a0\(a\)<\/a>, .*Figure\u00a01\u00a0\(b\)<\/a> and .*Figure\u00a02<\/a>/,
  )
  assert.match(
    html[0]!,
    /^<figure class="weft-figures" style="--columns:2" id="fig-two"><div class="weft-part"><figure class="weft-figure weft-picture" id="fig-two-a">/,
  )
  assert.ok(html[0]!.includes('<span class="weft-number">(a)</span> One</figcaption>'))
  assert.ok(html[0]!.includes('<span class="weft-number">(b)</span> Two</figcaption>'))
  assert.ok(
    html[0]!.includes(
      '<figcaption><span class="weft-number">Figure\u00a01.</span> Both of them.</figcaption></figure>',
    ),
  )
})

test('figures of a cell should share a number if its fence has a caption', async (t) => {
  const body = `See @fig-c and @fig-c-b.\n\n${cell('fig-c caption="Both." echo=hide', '1')}`
  const { html, said, injected } = await injectText(t, body, {
    cells: { 'fig-c': [figure('One'), figure()] },
  })
  assert.deepEqual(said, [])
  assert.match(html[0]!, /Figure\u00a01<\/a> and .*Figure\u00a01\u00a0\(b\)<\/a>/)
  assert.ok(
    html[0]!.includes(
      '<figure class="weft-figures" style="--columns:2" id="fig-c"><div class="weft-part"><figure class="weft-figure" id="fig-c-a">',
    ),
    html[0],
  )
  assert.ok(html[0]!.includes('<figcaption><span class="weft-number">(b)</span></figcaption>'))
  assert.ok(
    html[0]!.includes(
      '<figcaption><span class="weft-number">Figure\u00a01.</span> Both.</figcaption></figure>',
    ),
  )
  assert.deepEqual(
    injected.drawn.map(({ id }) => id),
    ['fig-c-a', 'fig-c-b'],
  )
})

test('figures of a cell of the class wide should go across the margin', async (t) => {
  const { html, said } = await injectText(t, cell('fig-c .wide echo=hide', '1'), {
    cells: { 'fig-c': [figure('One')] },
  })
  assert.deepEqual(said, [])
  assert.match(html[0]!, /^<figure class="weft-figure weft-wide" id="fig-c">/)
})

test('figures of a cell should stand in print where its fence says, and another word be told', async (t) => {
  const { html, said } = await injectText(t, cell('fig-c placement=top echo=hide', '1'), {
    cells: { 'fig-c': [figure('One')] },
  })
  assert.deepEqual(said, [])
  assert.match(html[0]!, /^<figure class="weft-figure" id="fig-c" data-placement="top">/)
  const wrong = await injectText(t, cell('fig-c placement=bottom echo=hide', '1'), {
    cells: { 'fig-c': [figure('One')] },
  })
  assert.match(wrong.said.join(), /Unexpected placement `bottom`, expected `here`, `top` or `page`/)
})

test('a callout in the prose of a cell should have the words of the block that holds it', async (t) => {
  const body = `:::{lang=de}\n${cell('a echo=hide', '1')}\n:::`
  const { html, said } = await injectText(t, body, {
    cells: { a: [{ kind: 'prose', markdown: ':::note\nWorte\n:::' }] },
  })
  assert.deepEqual(said, [])
  assert.match(html[0]!, /weft-callout-title">Hinweis</)
})

test('an appendix below a heading without a number should have none, for its figures too', async (t) => {
  const image = '![One](a.png "A square"){#fig-one}'
  const body = `# Aside {.unnumbered}\n\n## Part {.appendix}\n\n${image}\n\n$$x$$ {#eq-x}\n`
  const { injected } = await injectText(t, body, { front: { numbersections: true } })
  assert.deepEqual(
    injected.targets.map(({ label, number }) => [label, number]),
    [
      ['fig-one', '1'],
      ['eq-x', '1'],
    ],
  )
})

test('appendices should have letters, with their sections, figures and equations', async (t) => {
  const image = (label: string) => `![${label}](a.png "A square"){#fig-${label}}\n\n`
  const body = `# One\n\n${image('one')}# Two {#sec-two .appendix}\n\n## Part {#sec-part}\n\n${image('two')}$$x$$ {#eq-x}\n\n# Three\n\n${image('three')}See @sec-two, @sec-part, @fig-two, @fig-three and @eq-x.\n`
  const { html, said, injected } = await injectText(t, body, { front: { numbersections: true } })
  assert.deepEqual(said, [])
  assert.deepEqual(
    [...html[0]!.matchAll(/weft-section-number">([^<]*)</g)].map(([, number]) => number),
    ['1', 'A', 'A.1', 'B'],
  )
  assert.deepEqual(
    injected.targets.map(({ number }) => number),
    ['1', 'A.1', 'B.1', 'A', 'A.1', 'A.1'],
  )
  assert.match(
    html[0]!,
    />Appendix\u00a0A<.*>Appendix\u00a0A\.1<.*>Figure\u00a0A\.1<.*>Figure\u00a0B\.1<.*>Equation\u00a0A\.1</,
  )
})
