import assert from 'node:assert/strict'
import test from 'node:test'
import { cell } from '../execute/temporary-project.ts'
import { before, parseText, textOf, typesOf } from './parse-text.ts'

test('parse should give a cell its source, options, file and position', (t) => {
  const body =
    'Text.\n\n```ts exec #fig-a echo=show caption="Größe *x*, $y$" timeout=5min eval=false\nconst ü = 1\n\nexport default ü\n```\n'
  const { tree, said } = parseText(t, body)
  assert.deepEqual(said, [])
  assert.equal(tree.cells.length, 1)
  const [{ label, source, options, file, position }] = tree.cells as [(typeof tree.cells)[0]]
  assert.deepEqual([label, source, file], ['fig-a', 'const ü = 1\n\nexport default ü', 'report.md'])
  assert.deepEqual(options, {
    echo: 'show',
    caption: 'Größe *x*, $y$',
    timeoutMs: 300_000,
    evaluate: false,
  })
  assert.deepEqual(
    [position.start.line, position.start.column, position.end.line],
    [before + 3, 1, before + 7],
  )
})

test('parse should take the options of a cell from its fence, otherwise from the front matter and the defaults', (t) => {
  const cases: [string, object][] = [
    ['', { echo: 'hide', timeoutMs: 60_000, evaluate: true }],
    ['echo=fold', { echo: 'fold', timeoutMs: 60_000, evaluate: true }],
    ['echo="show"', { echo: 'show', timeoutMs: 60_000, evaluate: true }],
    ['timeout=500ms', { echo: 'hide', timeoutMs: 500, evaluate: true }],
    ['timeout=30s', { echo: 'hide', timeoutMs: 30_000, evaluate: true }],
    ['timeout=1.5min', { echo: 'hide', timeoutMs: 90_000, evaluate: true }],
    ['eval=true', { echo: 'hide', timeoutMs: 60_000, evaluate: true }],
    ['caption="a = #b, c=d"', { echo: 'hide', timeoutMs: 60_000, evaluate: true, caption: 'a = #b, c=d' }],
  ]
  const body = cases.map(([options], index) => cell(`c${index} ${options}`, '1')).join('\n')
  const { tree, said } = parseText(t, body, { echo: 'hide' })
  assert.deepEqual(said, [])
  assert.deepEqual(
    tree.cells.map(({ options }) => options),
    cases.map(([, expected]) => expected),
  )
})

test('parse should find cells wherever Markdown allows a fence, and remove its indent and quote marks', (t) => {
  const source = 'if (x) {\n  y()\n}'
  const lines = (prefix: string) => source.split('\n').map((line) => prefix + line)
  const cases: [string, number][] = [
    [['```ts exec #x', ...lines(''), '```'].join('\n'), 1],
    [['- item', '', '  ```ts exec #x', ...lines('  '), '  ```'].join('\n'), 3],
    [['1. item', '   - inner', '', '     ```ts exec #x', ...lines('     '), '     ```'].join('\n'), 6],
    [['> ```ts exec #x', ...lines('> '), '> ```'].join('\n'), 3],
    [['> - ```ts exec #x', ...lines('>   '), '>   ```'].join('\n'), 5],
    [['  ```ts exec #x', ...lines('  '), '  ```'].join('\n'), 3],
    [['~~~ts exec #x', ...lines(''), '~~~'].join('\n'), 1],
    [['````ts exec #x', ...lines(''), '````'].join('\n'), 1],
    [['```js exec #x', ...lines(''), '```'].join('\n'), 1],
    [['```tsx exec #x', ...lines(''), '```'].join('\n'), 1],
    [['[^1]: Note', '', '    ```ts exec #x', ...lines('    '), '    ```', '', 'See[^1].'].join('\n'), 5],
  ]
  for (const [body, column] of cases) {
    const { tree, said } = parseText(t, body)
    assert.deepEqual(said, [], body)
    assert.deepEqual(
      tree.cells.map((one) => [one.label, one.source, one.position.start.column]),
      [['x', source, column]],
      body,
    )
  }
})

test('parse should not treat other code as a cell', (t) => {
  const others = [
    '```ts\nexport const a = 1\n```',
    '````md\n```ts exec #x\n1\n```\n````',
    '~~~~\n```ts exec #x\n1\n```\n~~~~',
    '<pre>\n```ts exec #x\n1\n```\n</pre>',
    '`ts exec #x`',
    '<!--\n```ts exec #x\n1\n```\n-->',
  ]
  for (const body of others) {
    const { tree, said } = parseText(t, body)
    assert.deepEqual([tree.cells.length, said], [0, []], body)
  }
})

test('parse should find values with their source and position', (t) => {
  const cases: [string, string, number][] = [
    ['A `{ts} a.b` c', 'a.b', 3],
    ['Größe 𝒙 `{ts} ü["ß"]`', 'ü["ß"]', 10],
    ['# Title `{ts} f(1, "a")`', 'f(1, "a")', 9],
    ['[link `{ts} x`](#a)', 'x', 7],
    ['**`{ts} x`**', 'x', 3],
    ['| a |\n|---|\n| `{ts} x` |', 'x', 3],
    ['> `{ts} x`', 'x', 3],
    ['- `{ts} x`', 'x', 3],
    ['`{ts}   x  `', 'x', 1],
    ['`{ts}\nx`', 'x', 1],
    ['| a |\n|---|\n| `{ts} x \\|\\| y` |', 'x || y', 3],
    ['at 10:`{ts} x`', 'x', 7],
    ['a:b[`{ts} x`]', 'x', 5],
  ]
  for (const [body, source, column] of cases) {
    const { tree, said } = parseText(t, body)
    assert.deepEqual(said, [], body)
    assert.deepEqual(
      tree.expressions.map((one) => [one.kind, one.source.trim(), one.position.start.column]),
      [['value', source, column]],
      body,
    )
  }
})

test('parse should not change code that is not a value', (t) => {
  for (const body of [
    '`` `{ts} x` ``',
    '``{ts} x``',
    '``` {ts} x ```',
    '`` {ts} ``',
    '`` {tsx} x ``',
    '`ts x`',
    '`a {ts} x`',
    '\\`{ts} x`',
    '`` {ts} x ``',
  ]) {
    const { tree, said } = parseText(t, body)
    assert.deepEqual([tree.expressions, said], [[], []], body)
  }
})

test('parse should find claims with their prose, expression and position', (t) => {
  const cases: [string, string][] = [
    [":claim[It *falls*]{that='a.b > 1'}", 'a.b > 1'],
    [':claim[x]{that="a === \'b\' && c <= 2"}', "a === 'b' && c <= 2"],
    [":claim[x]{that='a > 0 || `b`.length'}", 'a > 0 || `b`.length'],
    [":claim[a `{ts} x` b]{that=' a '}", 'a'],
    [":claim[x]{that='({ ö: [1] }).ö[0] > 0'}", '({ ö: [1] }).ö[0] > 0'],
  ]
  for (const [body, source] of cases) {
    const { tree, said } = parseText(t, `Text ${body} text.`)
    assert.deepEqual(said, [], body)
    const claims = tree.expressions.filter(({ kind }) => kind === 'claim')
    assert.deepEqual(
      claims.map((one) => [one.source, one.position.start.column, one.position.end.column]),
      [[source, 6, 6 + body.length]],
      body,
    )
  }
})

test('parse should report a claim that is written as another kind of directive', (t) => {
  for (const body of ["::claim[x]{that='false'}", ":::claim{that='false'}\nText\n:::"]) {
    const { said } = parseText(t, body)
    assert.equal(said.length, 1, body)
    assert.match(said[0]!, /^report\.md:4:1 claim-holds .*expected `:claim\[prose\]/)
  }
})

test('parse should read every chapter that the report names, in order', (t) => {
  const { tree, said } = parseText(
    t,
    cell('one', '1'),
    { chapters: ['a.md', 'deep/b.md'] },
    { 'a.md': `${cell('two', '2')}\n\`{ts} x\`\n`, 'deep/b.md': cell('three', '3'), 'c.md': cell('no', '4') },
  )
  assert.deepEqual(said, [])
  assert.deepEqual(
    tree.chapters.map(({ file }) => file.path),
    ['report.md', 'a.md', 'deep/b.md'],
  )
  assert.deepEqual(
    tree.cells.map((one) => `${one.file} ${one.label} ${one.position.start.line}`),
    ['report.md one 5', 'a.md two 2', 'deep/b.md three 2'],
  )
  assert.deepEqual(
    tree.expressions.map((one) => `${one.file}:${one.position.start.line}`),
    ['a.md:6'],
  )
  assert.ok(!typesOf(tree).includes('yaml'))
})

test('parse should give the same tree whatever the line ends, with or without a byte order mark', (t) => {
  const body = `A ü \`{ts} x\`\n${cell('one', 'const a = `1', '2`', 'export default a')}`
  const plain = parseText(t, body).tree
  const variants: [string, string][] = [
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ]
  for (const [name, end] of variants) {
    const { tree, said } = parseText(
      t,
      '',
      {},
      {
        'report.md': `\uFEFF---\ntitle: Test\n---\n${body}`.replaceAll('\n', end),
      },
    )
    assert.deepEqual(said, [], name)
    assert.deepEqual(
      tree.cells,
      plain.cells.map((one) => ({ ...one, position: tree.cells[0]!.position })),
      name,
    )
    assert.deepEqual(tree.cells[0]!.position.start.line, plain.cells[0]!.position.start.line, name)
    assert.deepEqual(
      tree.expressions.map(({ source, position }) => [source, position.start.line, position.start.column]),
      plain.expressions.map(({ source, position }) => [source, position.start.line, position.start.column]),
      name,
    )
  }
})

test('parse should keep colons in prose', (t) => {
  const texts = [
    'at 10:30 sharp',
    'on C:drive and D:\\x',
    'a:b c:d[e] f:g{h=i} j',
    'ratio 3:1, :smile: and ::x',
    'std::vector is std:: yes',
    'key:value {a=b}',
    'Größe:ä 1:1',
  ]
  for (const text of texts) {
    const { tree, said } = parseText(t, text)
    assert.deepEqual(said, [], text)
    assert.equal(textOf(tree), text, text)
  }
})

test('parse should restore unknown block directives with their content', (t) => {
  const cases: [string, string][] = [
    ['a :b[c]{.d #e} f', 'a :b[c]{.d #e} f'],
    ['::youtube[A *b*]{#id}', '::youtube[A b]{#id}'],
    [':::unknown\ntext\n:::', ':::unknowntext:::'],
    [':::unknown[Label]{a=b}\ntext\n:::', ':::unknown[Label]{a=b}text:::'],
    [':::unknown\ntext', ':::unknowntext'],
    ['> :::unknown\n> text\n> :::', ':::unknowntext:::'],
    ['- :::unknown\n  text\n  :::', ':::unknowntext:::'],
    ['::::outer\n:::inner\ntext\n:::\n::::', '::::outer:::innertext:::::::'],
    [':::x\n10:30\n:::', ':::x10:30:::'],
  ]
  for (const [body, text] of cases) {
    const { tree } = parseText(t, body)
    assert.equal(textOf(tree), text, body)
    assert.ok(!typesOf(tree).some((type) => type.endsWith('Directive')), body)
  }
})

test('parse should distinguish mathematics from money', (t) => {
  const math = (body: string) =>
    typesOf(parseText(t, body).tree).filter((type) => type === 'inlineMath' || type === 'math')
  const cases: [string, string[]][] = [
    ['$5 and $6', []],
    ['$5, $6 and $7', []],
    ['It costs $5.', []],
    ['US$20,000 or $30,000', []],
    ['between $5 and $x^2$', ['inlineMath']],
    ['$x^2$', ['inlineMath']],
    ['$x$, $y$ and $z$', ['inlineMath', 'inlineMath', 'inlineMath']],
    ['$ x$ and $y $', []],
    ['$x$5', []],
    ['\\$x\\$', []],
    ['$$\nx = \\frac{1}{2}\n$$', ['math']],
    ['a $$x$$ b', ['inlineMath']],
    ['`$x$`', []],
    ['$α_{ü}$', ['inlineMath']],
  ]
  for (const [body, expected] of cases) assert.deepEqual(math(body), expected, body)
  assert.equal(textOf(parseText(t, '$5 and $6').tree), '$5 and $6')
})

test('parse should label sections by the id at the end of their heading', (t) => {
  const { tree } = parseText(t, '# Part A: graphs {#sec-part-a}\n\n## Other\n\n# {#x} no\n')
  const headings = tree.chapters[0]!.tree.children.filter((node) => node.type === 'heading')
  assert.deepEqual(
    headings.map(({ data }) => (data as { hProperties?: { id?: string } })?.hProperties?.id),
    ['sec-part-a', undefined, undefined],
  )
  assert.equal(textOf(tree), 'Part A: graphsOther{#x} no')
})

test('parse should report each fault of a fence at its words, and continue', (t) => {
  const cases: [string, string, number, RegExp][] = [
    ['```ts exec\n1\n```', 'label-is-given', 1, /without a label, expected one such as `ts exec #/],
    ['```ts exec #\n1\n```', 'label-is-given', 12, /label `#`, expected a small letter/],
    ['```ts exec #A1\n1\n```', 'label-is-given', 12, /label `#A1`/],
    ['```ts exec #1a\n1\n```', 'label-is-given', 12, /label `#1a`/],
    ['```ts exec #a_b\n1\n```', 'label-is-given', 12, /label `#a_b`/],
    ['```ts exec #ä\n1\n```', 'label-is-given', 12, /label `#ä`/],
    ['```ts exec #a #b\n1\n```', 'label-is-given', 15, /second label `#b`, expected one/],
    [
      '```ts exec #a ecoh=show\n1\n```',
      'option-is-known',
      15,
      /option `ecoh=show`, expected .*: did you mean `echo`\?/,
    ],
    ['```ts exec #a echo\n1\n```', 'option-is-known', 15, /option `echo`, expected/],
    ['```ts exec #a echo=no\n1\n```', 'option-is-known', 15, /echo `no`, expected show, fold or hide/],
    ['```ts exec #a eval=no\n1\n```', 'option-is-known', 15, /eval `no`, expected true or false/],
    ['```ts exec #a timeout=30\n1\n```', 'option-is-known', 15, /timeout `30`, expected a time such as/],
    ['```ts exec #a timeout=0s\n1\n```', 'option-is-known', 15, /timeout `0s`/],
    ['```ts exec #a timeout=-1s\n1\n```', 'option-is-known', 15, /timeout `-1s`/],
    ['```ts exec #a caption=""\n1\n```', 'option-is-known', 15, /empty `caption`, expected text/],
    ['```ts exec #a constructor=1\n1\n```', 'option-is-known', 15, /option `constructor=1`/],
    ['> - ```ts exec #a ecoh=show\n>   1\n>   ```', 'option-is-known', 19, /ecoh/],
    ['- ```ts exec\n  1\n  ```', 'label-is-given', 3, /without a label/],
    ['Größe\n\n  ~~~ts exec #a caption="ä" x=1\n  1\n  ~~~', 'option-is-known', 29, /option `x=1`/],
  ]
  for (const [body, rule, column, reason] of cases) {
    const { tree, said } = parseText(t, `${body}\n${cell('good', '1')}`)
    const line = before + body.split('\n').findIndex((text) => text.includes('exec')) + 1
    assert.equal(said.length, 1, `${body}\n${said}`)
    assert.ok(said[0]!.startsWith(`report.md:${line}:${column} ${rule} `), `${body}\n${said}`)
    assert.match(said[0]!, reason)
    assert.deepEqual(
      tree.cells.map(({ label }) => label),
      ['good'],
    )
  }
})

test('parse should report a label that two cells share at the second cell, even in another chapter', (t) => {
  const { tree, said } = parseText(
    t,
    cell('one', '1'),
    { chapters: ['a.md'] },
    { 'a.md': `\n> x\n>\n> \`\`\`ts exec #one\n> 2\n> \`\`\`\n` },
  )
  assert.deepEqual(said, [
    'a.md:4:14 label-is-unique Unexpected second cell `#one`, expected one: the first is at report.md:5',
  ])
  assert.equal(tree.cells.length, 1)
})

test('parse should report labels that differ only in case', (t) => {
  const { tree, said } = parseText(t, cell('one', '1') + cell('One', '2'))
  assert.deepEqual(
    tree.cells.map(({ label }) => label),
    ['one'],
  )
  assert.equal(said.length, 1)
  assert.match(said[0]!, /^report\.md:9:12 label-is-(given|unique) /)
})

test('parse should report a claim without an expression', (t) => {
  for (const claim of [':claim[x]', ":claim[x]{that=''}", ':claim[x]{that}', ":claim[x]{tha='a'}"]) {
    const { said } = parseText(t, `A ${claim} b`)
    assert.equal(said.length, 1, claim)
    assert.match(
      said[0]!,
      /^report\.md:4:3 claim-holds Unexpected claim without an expression, expected `:claim/,
    )
  }
})

test('parse should report braces at a heading that begin with a label but cannot be read', (t) => {
  const cases: [string, string[]][] = [
    ['## Über Größe {#sec-über}', ['report.md:4:16 label-is-given Unexpected label `#sec-über`']],
    ['# One *and* {#sec-a #9}', ['report.md:4:21 label-is-given Unexpected label `#9`']],
    ['Two {#sec-b page=2}\n===', ['report.md:4:13 option-is-known Unexpected `page=2` at a heading']],
    ['# Three {#sec-c .unnumbered pages=2 lang=de-CH}', []],
    ['# Vier {#sec-d lang=de_CH}', ['report.md:4:16 option-is-known Unexpected `lang=de_CH` at a heading']],
    ['# Escaped \\{#sec-über}', []],
    ['# A set {x, y}', []],
  ]
  for (const [body, expected] of cases) {
    const { said } = parseText(t, body)
    assert.deepEqual(
      said.map((message) => message.split(',', 1)[0]),
      expected,
      body,
    )
  }
})
