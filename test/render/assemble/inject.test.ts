import assert from 'node:assert/strict'
import test from 'node:test'
import type { Figure, Output, Prose, Scalar, Table } from '../../../src/render/model/types.ts'
import { cell } from '../execute/temporary-project.ts'
import { injectText } from './inject-text.ts'

const figure: Figure = { kind: 'figure', spec: { mark: 'point' }, alt: 'A point' }
const table: Table = {
  kind: 'table',
  columns: [{ key: 'a', title: 'A', align: 'left' }],
  rows: [{ a: { text: 'one', raw: 'one' } }],
}
const scalar: Scalar = { kind: 'scalar', text: '0.5', raw: 0.5 }
const prose = (markdown: string): Prose => ({ kind: 'prose', markdown })
// Stored drawings need not be drawn again.
const drawings = { get: () => '<svg></svg>', set() {} }
const code = (label: string, text = '1') =>
  `<details class="weft-cell weft-fold"><summary>Code</summary><pre><code class="language-ts" id="cell-${label}">${text}\n</code></pre></details>`
const box = (text: string) => `<div class="weft-failure" role="alert"><p>${text}</p></div>`

test('should put the outputs of a cell below its code, in order, each with an id', async (t) => {
  const outputs = [figure, prose('Some *prose*.'), scalar, table, figure]
  const { html, said, injected } = await injectText(t, cell('a', '1'), { cells: { a: outputs }, drawings })
  assert.deepEqual(lines(html), [
    code('a'),
    '<figure class="weft-figure" id="a"><svg></svg></figure>',
    '<p data-cell="a">Some <em>prose</em>.</p>',
    '<p data-output="a-3" data-cell="a">0.5</p>',
    '<figure class="weft-table" id="a-4"><table><thead><tr><th scope="col" class="align-left">A</th></tr></thead><tbody><tr><td class="align-left">one</td></tr></tbody></table></figure>',
    '<figure class="weft-figure" id="a-5"><svg></svg></figure>',
  ])
  assert.deepEqual(said, [])
  assert.deepEqual(
    injected.drawn.map(({ id, spec, svg }) => [id, spec, svg]),
    [
      ['a', figure.spec, '<svg></svg>'],
      ['a-5', figure.spec, '<svg></svg>'],
    ],
  )
  assert.deepEqual(injected.tabled, [{ id: 'a-4', table }])
})

test('should show code as `echo` says, and keep hidden code if a figure or a table links to it', async (t) => {
  const body = `${cell('a echo=show', '1')}${cell('b echo=hide', '2')}${cell('c echo=hide', '3')}${cell('d echo=hide', '4')}`
  const cells = { a: [], b: [scalar], c: [table], d: [figure] }
  const { html } = await injectText(t, body, { cells, drawings })
  const hidden = (label: string, text: string) =>
    code(label, text).replace('weft-fold"', 'weft-fold" hidden="until-found"')
  const shown = lines(html).filter((line) => !/^<figure/.test(line))
  assert.deepEqual(shown, [
    '<div class="weft-cell weft-show"><pre><code class="language-ts" id="cell-a">1\n</code></pre></div>',
    '<p data-output="b" data-cell="b">0.5</p>',
    hidden('c', '3'),
    hidden('d', '4'),
  ])
})

test('should number a figure and a table by their labels, with their own captions or those of their fences', async (t) => {
  const body = `${cell('fig-a caption="Of *it*."', '1')}${cell('tbl-b', '1')}${cell('fig-c', '1')}`
  const cells = {
    'fig-a': [figure],
    'tbl-b': [{ ...table, caption: 'Of **all**.' }],
    'fig-c': [figure],
  }
  const { html, said, injected } = await injectText(t, body, { cells, drawings })
  const captions = [
    ...html
      .join()
      .matchAll(/<figure class="[^"]*" id="([^"]+)">(?:<svg><\/svg>)?(?:<figcaption>(.*?)<\/figcaption>)?/g),
  ]
  const number = (name: string) => `<span class="weft-number">${name}.</span>`
  assert.deepEqual(
    captions.map(([, id, caption]) => [id, caption]),
    [
      ['fig-a', `${number('Figure\u00a01')} Of <em>it</em>.`],
      ['tbl-b', `${number('Table\u00a01')} Of <strong>all</strong>.`],
      ['fig-c', number('Figure\u00a02')],
    ],
  )
  assert.deepEqual(said, [])
  assert.deepEqual(
    injected.targets.map(({ kind, number, label }) => `${kind} ${number} ${label}`),
    ['figure 1 fig-a', 'table 1 tbl-b', 'figure 2 fig-c'],
  )
})

test('should report a figure or table label if the first output of its cell is not one', async (t) => {
  const labels = ['fig-a', 'tbl-b', 'fig-c', 'fig-d', 'lst-e', 'f']
  const { said } = await injectText(t, labels.map((label) => cell(label, '1')).join(''), {
    cells: {
      'fig-a': [scalar, figure],
      'tbl-b': [],
      'fig-c': { state: 'failed', failure: { kind: 'error', message: 'no' } },
      'fig-d': [figure],
      'lst-e': [table],
      f: [table],
    },
    drawings,
  })
  const reason = (label: string, kind: string) =>
    `output-renders Unexpected label \`#${label}\`, its cell shows no ${kind} first: expected \`export default ${kind}(...)\``
  assert.deepEqual(said, [
    `report.md:5:1 ${reason('fig-a', 'figure')}`,
    `report.md:9:1 ${reason('tbl-b', 'table')}`,
    'report.md:13:1 cell-runs Cannot run `#fig-c`, no',
  ])
})

test('should mark an output that cannot be drawn, and show the rest', async (t) => {
  const twice = { ...table, caption: 'Its own.' }
  const draw = () => Promise.reject(new Error('expected a mark'))
  const { html, said, injected } = await injectText(t, cell('a caption="Of it."', '1'), {
    cells: { a: [figure, twice, scalar] },
    drawings: { get: () => undefined, set() {}, draw },
  })
  const reasons = [
    'expected a mark',
    'Unexpected second caption, expected one: "Its own." of the output or "Of it." of the fence',
  ]
  assert.deepEqual(said, [
    `report.md:5:1 output-renders Cannot draw \`#a\`, ${reasons[0]}`,
    `report.md:5:1 output-renders Cannot draw \`#a-2\`, ${reasons[1]}`,
  ])
  // Its stack trace would name no place of the author's.
  const messages = injected.chapters.flatMap(({ file }) => file.messages)
  assert.deepEqual(
    messages.map(({ cause }) => cause),
    [undefined, undefined],
  )
  assert.deepEqual(lines(html).slice(1), [
    box(`Cannot draw #a, ${reasons[0]}`),
    box(`Cannot draw #a-2, ${reasons[1]}`),
    '<p data-output="a-3" data-cell="a">0.5</p>',
  ])
  assert.deepEqual(injected.drawn, [])
})

test('should show the caption of a fence once, and refuse it for several figures or tables', async (t) => {
  const own = { ...table, caption: 'Its own.' }
  const several = (number: number) =>
    `report.md:5:1 output-renders Unexpected caption of \`#fig-a\`, its cell shows ${number} figures or tables: join them as one figure, or give each its own caption, \`figure(..., { caption: '...' })\``
  const none =
    'report.md:5:1 output-renders Unexpected caption of `#fig-a`, its cell shows no figure or table: expected `export default figure(...)` or `table(...)`'
  const second =
    'report.md:5:1 output-renders Cannot draw `#fig-a-2`, Unexpected second caption, expected one: "Its own." of the output or "Both." of the fence'
  const cases: [Output[], string[], number][] = [
    [[figure, table], [several(2)], 1],
    [[figure, prose('Between.'), figure, table], [several(3)], 1],
    [[figure, scalar, prose('Behind.')], [], 1],
    [[figure, own], [second], 1],
  ]
  for (const [shown, expected, times] of cases) {
    const { html, said } = await injectText(t, cell('fig-a caption="Both." echo=hide', '1'), {
      cells: { 'fig-a': shown },
      drawings,
    })
    assert.deepEqual(said, expected)
    assert.equal(html[0]!.split('Both.</figcaption>').length - 1, times)
    assert.equal(html[0]!.split('Figure\u00a01').length - 1, 1)
  }
  for (const shown of [[scalar], [prose('Text.')]]) {
    const body = cell('fig-a caption="Lost."', '1').replace('#fig-a', '#a')
    const { said } = await injectText(t, body, { cells: { a: shown } })
    assert.deepEqual(said, [none.replace('#fig-a', '#a')])
  }
})

test('should mark a cell without a result below its code, and say why', async (t) => {
  const body = ['a', 'b', 'c', 'd eval=false', 'e'].map((info) => cell(info, '1')).join('')
  const { html, said } = await injectText(t, body, {
    cells: {
      a: { state: 'failed', failure: { kind: 'not-json', message: 'expected JSON, found `NaN`' } },
      b: { state: 'skipped', needs: 'x', owner: 'a' },
      c: { state: 'skipped', needs: 'y', owner: 'b' },
      d: { state: 'unevaluated' },
      e: { state: 'unevaluated' },
    },
  })
  assert.deepEqual(lines(html), [
    ...[code('a'), box('Cannot run #a, expected JSON, found NaN')],
    ...[code('b'), box('Skipped #b, it needs x of #a, which failed')],
    ...[code('c'), box('Skipped #c, it needs y of #b, which was skipped')],
    code('d'),
    ...[code('e'), box('Cannot bundle #e')],
  ])
  assert.deepEqual(said, [
    'report.md:5:1 result-is-json Cannot run `#a`, expected JSON, found `NaN`',
    'report.md:9:1 cell-has-inputs Skipped `#b`, it needs `x` of `#a`, which failed',
    'report.md:13:1 cell-has-inputs Skipped `#c`, it needs `y` of `#b`, which was skipped',
  ])
})

test('should mark stale outputs, and report missing ones', async (t) => {
  const body = ['a', 'b', 'c', 'd'].map((label) => cell(label, '1')).join('')
  const { html, said } = await injectText(t, body, {
    cells: {
      a: { state: 'stale', shown: [scalar, prose('And more.')] },
      b: { state: 'stale' },
      c: { state: 'stale', shown: [scalar], needs: 'x' },
      d: { state: 'stale', shown: [], reason: 'its author shows nothing' },
    },
  })
  const missing = (label: string) =>
    `Cannot show #${label} as it is, its result is missing and nothing may run:`
  const stale = (inner: string) => `<div class="weft-stale">${inner}</div>`
  assert.deepEqual(lines(html), [
    code('a'),
    box(`${missing('a')} shown is the accepted one, computed from other sources. Build without --cached`),
    stale('<p data-output="a" data-cell="a">0.5</p><p data-cell="a">And more.</p>'),
    code('b'),
    box(`${missing('b')} there is no accepted one. Build without --cached`),
    code('c'),
    box('Cannot show #c as it is, it needs x, whose cell has no current result'),
    stale('<p data-output="c" data-cell="c">0.5</p>'),
    code('d'),
    box(`${missing('d')} its author shows nothing`),
  ])
  assert.deepEqual(
    said.map((line) => line.split(' ').slice(0, 2).join(' ')),
    [5, 9, 13, 17].map((line) => `report.md:${line}:1 result-is-current`),
  )
})

test('should warn of a cell that gives nothing, or too much', async (t) => {
  const { html, said } = await injectText(t, `${cell('a', '1')}${cell('b', '1')}${cell('c', '1')}`, {
    cells: {
      a: { state: 'ran', shown: [] },
      b: { state: 'ran', shown: [], exports: { x: 1 } },
      c: { state: 'reused', shown: [scalar], bytes: 3_000_000 },
    },
  })
  assert.deepEqual(
    said.map((line) => line.replace(/, expected.*/, '')),
    ['report.md:5:1 cell-runs `#a` gives nothing', 'report.md:13:1 result-is-json `#c` gives 3.0 MB of JSON'],
  )
  assert.doesNotMatch(html.join(), /weft-failure/)
})

test('should show values as their texts, and mark values without a result', async (t) => {
  const { html, said, ids } = await injectText(t, '`{ts} a`, **`{ts} b`**, `{ts} c` and `{ts} a`.\n', {
    values: { a: '96.3 %', b: { ok: false, message: 'Unknown name `b`', read: {} } },
  })
  const value = (text: string) => `<span class="weft-value">${text}</span>`
  const missing = (text: string) => `<span class="weft-value weft-missing">${text}</span>`
  assert.deepEqual(lines(html), [
    `<p>${value('96.3 %')}, <strong>${missing('[b]')}</strong>, ${missing('[c]')} and ${value('96.3 %')}.</p>`,
  ])
  // An invalid expression is reported when it is compiled, not here.
  assert.deepEqual(said, ['report.md:4:13 value-resolves Unknown name `b`'])
  assert.equal(new Set(ids).size, 4, 'each place has an id of its own')
})

test('should show values in outputs and captions, and report them at the cell', async (t) => {
  const outputs: Output[] = [
    { ...table, caption: 'Of `{ts} n`.', columns: [{ key: 'a', title: '`{ts} n` runs', align: 'left' }] },
    prose('With `{ts} n`, `{ts} lost` and `{ts} n`.'),
  ]
  const { html, said, ids } = await injectText(t, `\`{ts} n\`\n${cell('tbl-a', '1')}${cell('b', '1')}`, {
    cells: { 'tbl-a': outputs, b: [prose('And `{ts} n`.')] },
    values: { n: '3', lost: { ok: false, message: 'Unknown name `lost`', read: {} } },
  })
  const three = '<span class="weft-value">3</span>'
  const [, , set, first, , second] = lines(html)
  assert.match(set!, new RegExp(`</span> Of ${three}\\.</figcaption>.*<th [^>]*>${three} runs</th>`))
  assert.equal(
    first,
    `<p data-cell="tbl-a">With ${three}, <span class="weft-value weft-missing">[lost]</span> and ${three}.</p>`,
  )
  assert.equal(second, `<p data-cell="b">And ${three}.</p>`)
  assert.deepEqual(said, ['report.md:6:1 value-resolves Unknown name `lost`'])
  const [inText, inCaption, inHeading, inProse, lost, again, inOther] = ids
  assert.deepEqual(
    [inHeading, inProse, again],
    [inCaption, inCaption, inCaption],
    'one expression of a cell has one id',
  )
  assert.equal(new Set([inText, inCaption, lost, inOther]).size, 4, 'other cells and texts have others')
})

test('should report a missing source in the prose of a cell at the cell', async (t) => {
  const { said } = await injectText(t, cell('a', '1'), { cells: { a: [prose('A :given[7].')] } })
  assert.equal(said.length, 1)
  assert.match(said[0]!, /^report\.md:5:1 number-has-source /)
})

test('should show a claim as its prose, and mark a claim that does not hold or is unknown', async (t) => {
  const body = [
    ':claim[x is *y*]{that="a"}',
    ':claim[n]{that="b"}',
    ':claim[u]{that="c"}',
    ':claim[v]{that="d"}',
  ]
  const { html, said, ids } = await injectText(t, body.join(' '), {
    values: {
      a: {},
      b: { isTrue: false, read: { 'm.x': 2 } },
      c: { ok: false, message: 'expected a boolean', read: {} },
    },
  })
  const no = (text: string) => `<span class="weft-claim weft-false">${text}</span>`
  assert.deepEqual(lines(html), [
    `<p><span class="weft-claim">x is <em>y</em></span> ${no('n')} ${no('u')} ${no('v')}</p>`,
  ])
  assert.deepEqual(said, [
    'report.md:4:28 claim-holds Claim does not hold: m.x is 2, expected b',
    'report.md:4:48 claim-holds Cannot tell whether the claim holds, expected a boolean',
  ])
  assert.equal(new Set(ids).size, 4)
})

test('should mark values and claims that read the exports of a stale cell', async (t) => {
  const body = `\`{ts} s.mean\` \`{ts} other\` :claim[it is]{that="s.mean > 1"} :claim[it is not]{that="s.mean < 1"}\n${cell('a', '1')}${cell('b', '1')}`
  const read = { 's.mean': 2 }
  const { html, said } = await injectText(t, body, {
    cells: {
      a: { state: 'stale', shown: [], exports: { s: { mean: 2 } } },
      b: { state: 'reused', exports: { other: 1 } },
    },
    values: {
      's.mean': { text: '2', read },
      other: { text: '1', read: { other: 1 } },
      's.mean > 1': { read },
      's.mean < 1': { isTrue: false, read },
    },
  })
  assert.equal(
    lines(html)[0],
    '<p><span class="weft-value weft-missing">2</span> <span class="weft-value">1</span> <span class="weft-claim weft-false">it is</span> <span class="weft-claim weft-false">it is not</span></p>',
  )
  assert.deepEqual(said.slice(0, 3), [
    'report.md:4:1 result-is-current Cannot show `s.mean` as it is, it needs `s`, whose cell has no current result',
    'report.md:4:28 result-is-current Cannot show `s.mean > 1` as it is, it needs `s`, whose cell has no current result',
    'report.md:4:61 claim-holds Claim does not hold: s.mean is 2, expected s.mean < 1',
  ])
})

test('should warn of claims within noise, and once of all claims with too few seeds', async (t) => {
  const spread = (n: number) => ({ s: { mean: 0.5, std: 0.1, n, min: 0.4, max: 0.6 } })
  const noise = (held: number, n: number) => ({ held, redraws: 400, spreads: spread(n) })
  const body = ['a', 'b', 'c', 'd'].map((source) => `:claim[x]{that="${source}"}`).join('\n\n')
  const { html, said } = await injectText(t, body, {
    values: {
      a: { noise: noise(400, 5) },
      b: { noise: noise(240, 5) },
      c: { noise: noise(240, 2) },
      d: { noise: noise(240, 2) },
    },
  })
  assert.doesNotMatch(html.join(), /weft-false/)
  assert.deepEqual(said, [
    'report.md:6:1 claim-is-clear Claim is within noise: holds in 60 % of 400 redraws of its means (s 0.50\u00a0±\u00a00.10 of 5 seeds)',
    'report.md:8:1 claim-is-clear 2 claims depend on fewer than 3 seeds, too few to tell a difference from noise: expected 3 or more',
  ])
})

test('should show listings with their captions, with the outputs of cells below', async (t) => {
  const body = `
\`\`\`js #lst-a caption="Of *a*, see @lst-b."
a()
\`\`\`
${cell('lst-b caption="B" echo=hide', 'b()')}`
  const { html, said } = await injectText(t, body, { cells: { 'lst-b': [{ ...table, caption: 'Of b().' }] } })
  const number = (name: string) => `<span class="weft-number">Listing\u00a0${name}.</span>`
  const [first, second, third] = lines(html)
  assert.equal(
    first,
    `<figure class="weft-listing" id="lst-a"><figcaption>${number('1')} Of <em>a</em>, see <a class="weft-reference" href="#lst-b">Listing\u00a02</a>.</figcaption><pre><code class="language-js">a()\n</code></pre></figure>`,
  )
  assert.equal(
    second,
    `<figure class="weft-listing" id="lst-b"><figcaption>${number('2')} B</figcaption><pre><code class="language-ts" id="cell-lst-b">b()\n</code></pre></figure>`,
  )
  // The label belongs to the code.
  assert.match(third!, /^<figure class="weft-table" id="lst-b-1"><figcaption>Of b\(\)\.<\/figcaption>/)
  assert.deepEqual(said, [])
})

test('should resolve references in prose, outputs, captions and other chapters, at their places', async (t) => {
  const body = `
# One {#sec-one}

To @fig-a, @sec-two and @fig-x.
${cell('fig-a', '1')}`
  const { html, said } = await injectText(t, body, {
    front: { chapters: ['two.md'] },
    files: { 'two.md': '# Two {#sec-two}\n\nBack to @fig-a, not to @tbl-y.\n' },
    cells: {
      'fig-a': [{ ...figure, caption: 'See @sec-one and @fig-z.' }, prose('See @sec-two and @sec-q.')],
    },
    drawings,
  })
  const link = (label: string, name: string) => `<a class="weft-reference" href="#${label}">${name}</a>`
  const [one, two] = [link('sec-one', 'Section\u00a0“One”'), link('sec-two', 'Section\u00a01')]
  const drawn = link('fig-a', 'Figure\u00a01')
  assert.deepEqual(lines(html), [
    '<h1 id="sec-one">One</h1>',
    `<p>To ${drawn}, ${two} and @fig-x.</p>`,
    code('fig-a'),
    `<figure class="weft-figure" id="fig-a"><svg></svg><figcaption><span class="weft-number">Figure\u00a01.</span> See ${one} and @fig-z.</figcaption></figure>`,
    `<p data-cell="fig-a">See ${two} and @sec-q.</p>`,
    '<h1 id="sec-two"><span class="weft-section-number">1</span> Two</h1>',
    `<p>Back to ${drawn}, not to @tbl-y.</p>`,
  ])
  assert.deepEqual(
    said.map((line) => line.replace(/, expected.*/, '')),
    [
      'report.md:7:25 reference-resolves Unknown reference `@fig-x`',
      // A reference in an output is reported at its cell, which makes the text.
      'report.md:9:1 reference-resolves Unknown reference `@fig-z`',
      'report.md:9:1 reference-resolves Unknown reference `@sec-q`',
      'two.md:3:24 reference-resolves Unknown reference `@tbl-y`',
    ],
  )
})

test('should report duplicate ids and headings out of order, also in outputs of cells', async (t) => {
  const body = `\n# One {#sec-a}\n${cell('a', '1')}\n# Two {#sec-a}\n`
  const { said } = await injectText(t, body, { cells: { a: [prose('### Deep')] } })
  assert.deepEqual(
    said.map((line) => line.split(' ').slice(0, 2).join(' ')),
    ['report.md:7:1 heading-follows', 'report.md:11:1 label-is-unique'],
  )
})

test('should fill registers last, and list the nodes that replace them', async (t) => {
  const body = `
# One {#sec-one}

::register{#tbl-claims of=claims caption="All \`{ts} n\` of @sec-one, see @tbl-claims."}

:claim[It is so.]{that="a"}

::register{of=nothing}
`
  const { html, said, injected } = await injectText(t, body, {
    values: { n: '1', a: { read: { x: '@sec-one' } } },
  })
  const [, filled, claim, refused] = lines(html)
  const one = '<a class="weft-reference" href="#sec-one">Section\u00a0“One”</a>'
  assert.match(
    filled!,
    /^<figure class="weft-table weft-register[^"]*" id="tbl-claims"><figcaption><span class="weft-number">Table\u00a01\.<\/span> All <span class="weft-value">1<\/span> of /,
  )
  assert.ok(
    filled!.includes(
      `of ${one}, see <a class="weft-reference" href="#tbl-claims">Table\u00a01</a>.</figcaption>`,
    ),
  )
  // The values that a claim read are data, in which nothing is a reference.
  assert.match(filled!, /<code>x<\/code> = <code>@sec-one<\/code>/)
  assert.equal(claim, `<p><span class="weft-claim">It is so.</span></p>`)
  assert.match(refused!, /^<div class="weft-failure" role="alert"><p>Unexpected register nothing,/)
  assert.deepEqual(
    said.map((line) => line.replace(/,.*/, '')),
    ['report.md:11:1 register-is-known Unexpected register `nothing`'],
  )
  assert.deepEqual(
    injected.registers.map(({ file, position, nodes }) => [file, position?.start.line, nodes.length]),
    [
      ['report.md', 7, 1],
      ['report.md', 11, 1],
    ],
  )
})

test('should not change a report without cells and values', async (t) => {
  const { html, said, ids, injected } = await injectText(t, 'Some *text*.\n')
  assert.deepEqual(lines(html), ['<p>Some <em>text</em>.</p>'])
  assert.deepEqual([said, ids, injected.targets, injected.registers], [[], [], [], []])
})

function lines(html: readonly string[]): string[] {
  // A block ends before the next one that begins on a new line; code has line breaks too.
  return html.flatMap((one) => one.split(/\n(?=<(?!\/code))/)).filter((line) => line.trim() !== '')
}
