import assert from 'node:assert/strict'
import test from 'node:test'
import { shapeOf } from './shape-of.ts'

function assertShapes(cases: readonly [string, string][]): void {
  for (const [markdown, expected] of cases) {
    const { shape, said } = shapeOf(markdown)
    assert.equal(shape, expected, markdown)
    assert.deepEqual(said, [], markdown)
  }
}

test('words in a line should be raised, lowered and marked, and other tildes, carets and equals signs stay', () => {
  assertShapes([
    ['H~2~O', "paragraph('H' sub('2') 'O')"],
    ['10^-7^ and ^14^C', "paragraph('10' sup('-7') ' and ' sup('14') 'C')"],
    ['==a *b* c==', "paragraph(mark('a ' emphasis('b') ' c'))"],
    ['~~gone~~ **H~2~O**', "paragraph(delete('gone') ' ' strong('H' sub('2') 'O'))"],
    ['^a~b~^', "paragraph(sup('a' sub('b')))"],
    ['*a ~b* c~', "paragraph(emphasis('a ~b') ' c~')"],
    ['~5 and ~6, ~5~6, x^2+y^2', "paragraph('~5 and ~6, ~5~6, x^2+y^2')"],
    ['a == b == c, a==b==c', "paragraph('a == b == c, a==b==c')"],
    ['[^n] and [^m], \\~a\\~', "paragraph('[^n] and [^m], ~a~')"],
    ['`a~b~` $x^2^$', 'paragraph(inlineCode("a~b~") \' \' code.language-math.math-inline("x^2^"))'],
    ['https://a.b/~u/~v', "paragraph(link('https://a.b/~u/~v'))"],
  ])
})

test('a span should have its classes and language, and brackets that are none stay text', () => {
  assertShapes([
    [
      'See [small *caps*]{.smallcaps}.',
      "paragraph('See ' span.weft-smallcaps('small ' emphasis('caps')) '.')",
    ],
    ['[Wort]{lang=de} [b [c]]{#i .k}', "paragraph(span[lang=de]('Wort') ' ' span#i[dataClass=k]('b [c]'))"],
    ['\\[no]{.x} [a]{} [a]{b} a]{.x}', "paragraph('[no]{.x} [a]{} [a]{b} a]{.x}')"],
    ['[a:30 b]{#a:3 lang=de} c', "paragraph(span#a:3[lang=de]('a' textDirective() ' b') ' c')"],
    ['[a](b){.z}', "paragraph(link('a') '{.z}')"],
  ])
})

test('a callout should have its title, or the word for its kind', () => {
  const note = (title: string, rest: string) =>
    `div.weft-callout.weft-note[role=note](p.weft-callout-title(${title})${rest})`
  assertShapes([
    [':::note\ntext\n:::', note("'Note'", " paragraph('text')")],
    [':::note[My *title*]\ntext\n:::', note("'My ' emphasis('title')", " paragraph('text')")],
    ['::: {.callout-note title="A b" collapse=true}\ntext\n:::', note("'A b'", " paragraph('text')")],
    ['::: {.callout-note}\n## Head\n\ntext\n:::', note("'Head'", " paragraph('text')")],
    ['> [!NOTE]\n> Some *text*', note("'Note'", " paragraph('Some ' emphasis('text'))")],
    ['> [!note] My title\n> text', note("'My title'", " paragraph('text')")],
    [
      ':::note{lang=de}\ntext\n:::',
      note("'Hinweis'", " paragraph('text')").replace('[role=note]', '[lang=de][role=note]'),
    ],
    [':::{lang=es}\n> [!NOTE]\n> a\n:::', `div[lang=es](${note("'Nota'", " paragraph('a')")})`],
    ['> a quote\n> [!NOTE]', "blockquote(paragraph('a quote\n[!NOTE]'))"],
    [
      '::: warning\nx\n:::',
      "div.weft-callout.weft-warning[role=note](p.weft-callout-title('Warning') paragraph('x'))",
    ],
  ])
})

test('blocks should stand in each other, with as many colons or with more, and with code that has colons', () => {
  const inner = "div.weft-column(paragraph('A'))"
  assertShapes([
    [':::columns\n:::column\nA\n:::\n:::\n\nafter', `div.weft-row(${inner}) paragraph('after')`],
    ['::::columns\n:::column\nA\n:::\n::::', `div.weft-row(${inner})`],
    [
      '::: {.columns}\n::: {.column width="40%"}\nA\n:::\n:::',
      `div.weft-row(${inner.replace('n(', 'n[style=flex:40 1 0](')})`,
    ],
    [':::{lang=de}\n```\n:::\n:::note\n```\n:::\n\nz', 'div[lang=de](code(":::\n:::note")) paragraph(\'z\')'],
    ['> :::landscape\n> x\n> :::', "blockquote(div.weft-landscape(paragraph('x')))"],
    ['::: some words\nx', "paragraph('::: some words\nx')"],
    [': lone\n\n:::', "paragraph(': lone') paragraph(':::')"],
  ])
})

test('a break of the page should be read as Quarto and LaTeX write it too', () => {
  const page = 'div.weft-pagebreak()'
  assertShapes([
    ['::pagebreak', page],
    ['a\n\n:::pagebreak\n:::\n\nb', `paragraph('a') ${page} paragraph('b')`],
    [':::pagebreak\n\nb', `${page} paragraph('b')`],
    ['{{< pagebreak >}}', page],
    ['\\newpage', page],
  ])
})

test('a term with definitions should be a list, also with several paragraphs, and a lone colon be text', () => {
  assertShapes([
    ['Term\n: what it *means*\n: another', "dl(dt('Term') dd('what it ' emphasis('means')) dd('another'))"],
    ['A\n: one\n\nB\n: two', "dl(dt('A') dd('one') dt('B') dd('two'))"],
    [
      'A\n\n:   one\n\n    more `{ts} n`\n\nafter',
      "dl(dt('A') dd(paragraph('one') paragraph('more ' inlineCode(\"{ts} n\")))) paragraph('after')",
    ],
    ['> A\n> : one\n>   goes on', "blockquote(dl(dt('A') dd('one\ngoes on')))"],
    ['Two lines\nof text\n: here', "paragraph('Two lines\nof text\n: here')"],
    ['# A\n\n: lone', "heading('A') paragraph(': lone')"],
  ])
})

test('a fence should say which lines are marked and what its file is called', () => {
  const code = (marks: string) => `code${marks}("a\nb")`
  const cases: [string, string][] = [
    ['ts {lines="2,4-6" title="stats.ts"}', '[dataLines=2,4-6][dataTitle=stats.ts]'],
    ['ts lines=2 title="a b.ts"', '[dataLines=2][dataTitle=a b.ts]'],
    ['{.ts filename="x.ts" code-line-numbers="1"}', '[dataTitle=x.ts][dataLines=1]'],
    ['ts {1,3}', '[dataLines=1,3]'],
    ['ts twoslash', ''],
    ['js {a}', ''],
    ['ts exec #x lines=2', ''],
  ]
  for (const [info, marks] of cases) {
    const { shape, said } = shapeOf(`\`\`\`${info}\na\nb\n\`\`\``)
    assert.equal(
      [...shape.matchAll(/\[[^\]]*\]/g)].sort().join(),
      [...marks.matchAll(/\[[^\]]*\]/g)].sort().join(),
      info,
    )
    assert.ok(shape.endsWith(code('').slice(4)))
    assert.deepEqual(said, [])
  }
  assert.deepEqual(shapeOf('```ts lines=x\na\n```').said, [
    '1:1 option-is-known Unexpected lines `x` of a fence, expected numbers such as `2,4-6`',
  ])
})

test('a fence of Mermaid should be a figure, with the options of Weft or of Quarto', () => {
  const flow = (head: string, rest: string) =>
    `figure${head}.weft-figure.weft-diagram(code("a --> b")${rest})`
  const caption = " figcaption('A ' emphasis('flow'))"
  const body = '\na --> b\n~~~'
  assertShapes([
    [`~~~mermaid {#fig-a caption="A *flow*" alt="x"}${body}`, flow('#fig-a', caption)],
    [`~~~mermaid #fig-a caption="A *flow*"${body}`, flow('#fig-a', caption)],
    [`~~~{mermaid}\n%%| label: fig-a\n%%| fig-cap: "A *flow*"${body}`, flow('#fig-a', caption)],
    [`~~~mermaid${body}`, flow('#diagram-8527e2eb', '')],
    [
      `~~~mermaid {#fig-a caption="\`{ts} n\` steps"}${body}`,
      flow('#fig-a', ' figcaption(inlineCode("{ts} n") \' steps\')'),
    ],
    [`~~~mermaidx${body}`, 'code("a --> b")'],
  ])
  assert.match(
    shapeOf(`~~~mermaid #fig-A${body}`).said.join(),
    /^1:1 label-is-given Unexpected label `#fig-A`/,
  )
  assert.match(
    shapeOf(`~~~mermaid what${body}`).said.join(),
    /^1:1 option-is-known Unexpected `what` of a diagram/,
  )
  assert.equal(shapeOf(`~~~mermaid${body}`, true).shape, 'code("a --> b")')
})

test('an image with a label should be a figure with its words as the caption', () => {
  const of = (id: string, rest: string, more = '') => `figure#${id}.weft-figure.weft-picture${more}(${rest})`
  assertShapes([
    [
      '![A *b* [c](d) `]`](a.svg){#fig-a width=50% fig-alt="Words" .wide}',
      of(
        'fig-a',
        "image[width=50%](\"Words\") figcaption('A ' emphasis('b') ' ' link('c') ' ' inlineCode(\"]\"))",
        '.weft-wide',
      ),
    ],
    ['![One](a.png "Alt"){#fig-a}', of('fig-a', 'image("Alt") figcaption(\'One\')')],
    [
      '![One](a.png "x"){#fig-a}\n![Two](b.png "y"){#fig-b}',
      `${of('fig-a', 'image("x") figcaption(\'One\')')} ${of('fig-b', 'image("y") figcaption(\'Two\')')}`,
    ],
    ['a ![x](a.png){width=3cm .k} b', "paragraph('a ' image[dataClass=k][width=113](\"x\") ' b')"],
    [
      '![One](a.png){#fig-a fig-alt="From 10:30 to *b*, :x"} ',
      of('fig-a', 'image("From 10:30 to *b*, :x") figcaption(\'One\')'),
    ],
    ['![x](a.png) {width=3cm}', 'paragraph(image("x") \' {width=3cm}\')'],
  ])
})

test('a table should take the caption below it, above it, or in its last line', () => {
  const table = (rest: string) =>
    `table(tableRow(tableCell('a') tableCell('b')) tableRow(tableCell('1') tableCell('2')))${rest}`
  const rows = '| a | b |\n|---|---|\n| 1 | 2 |\n'
  const figure = `figure#tbl-a.weft-table(figcaption('My ' emphasis('words')) ${table('')})`
  assertShapes([
    [`${rows}\nTable: My *words* {#tbl-a}`, figure],
    [`${rows}\n: My *words* {#tbl-a}`, figure],
    [`${rows}: My *words* {#tbl-a}`, figure],
    [`Table: My *words* {#tbl-a}\n\n${rows}`, figure],
    [`A\n\n: one\n\n${rows}\n: My *words* {#tbl-a}`, `dl(dt('A') dd('one')) ${figure}`],
    [`A\n\n: My *words* {#tbl-a}\n\n${rows}`, `paragraph('A') ${figure}`],
    [`${rows}\n: Plain\n\n: lone`, `figure.weft-table(figcaption('Plain') ${table('')}) paragraph(': lone')`],
    [`${rows}\ntext`, `${table('')} paragraph('text')`],
  ])
})

test('an option that an element does not have should be told where it stands', () => {
  const cases: [string, string[]][] = [
    [
      ':::column{width=4}\nB\n:::',
      ['1:1 option-is-known Unexpected `width="4"` of a block `column`, expected a share such as `40%`'],
    ],
    ['See [a]{onclick=x}', ['1:8 option-is-known Unexpected `onclick=` of a span, expected lang or dir']],
    [
      'See [a]{#weft-main}',
      [
        "1:8 label-is-unique Unexpected label `#weft-main`, expected one of its own: those that begin with `weft-` are the page's",
      ],
    ],
    [
      'a\n\n:::note\nb',
      [
        '3:1 directive-is-known Cannot find the end of the block `:::note`, expected a line with `:::` alone below it, found none',
      ],
    ],
  ]
  for (const [markdown, expected] of cases) assert.deepEqual(shapeOf(markdown).said, expected, markdown)
})

test('a figure or table that is not whole should be told where it stands', () => {
  const cases: [string, RegExp[]][] = [
    [
      '![One](a.png){#fig-a}',
      [
        /^1:1 figure-has-alt Unexpected figure `#fig-a` without `fig-alt="..."`, .*: its caption stands for them$/,
      ],
    ],
    ['![](a.png "x"){#fig-a}', [/^1:1 output-renders Unexpected figure `#fig-a` without a caption/]],
    ['a ![b](a.png){#fig-a}', [/^1:3 label-is-given Unexpected label `#fig-a` of an image in a line/]],
    ['![b](a.png "x"){#fig-Ä}', []],
    ['![b](a.png "x"){#fig-A}', [/^1:1 label-is-given Unexpected label `#fig-A` of a figure/]],
    [
      '![b](a.png "x"){#fig-a width=9000px}',
      [/^1:1 option-is-known Unexpected `width="9000px"` of the figure `#fig-a`, expected a length/],
    ],
    ['# a\n\n: Lone {#tbl-a}', [/^3:1 label-is-given Unexpected caption `#tbl-a` without a table/]],
    [':::figures{#fig-a}\nwords\n:::', [/^1:1 output-renders Unexpected block `figures` without a figure/]],
  ]
  for (const [markdown, expected] of cases) {
    const { said } = shapeOf(markdown)
    assert.equal(said.length, expected.length, `${markdown}: ${said.join('; ')}`)
    for (const [index, form] of expected.entries()) assert.match(said[index]!, form)
  }
  const { said } = shapeOf('![b](a.png "x"){#fig-a}', true)
  assert.match(said.join(), /label-is-given Unexpected label `#fig-a` of a figure in what a cell gives/)
})

test('a figure or table may say where it stands in print, by one of three words', () => {
  const of = (placement: string) => [
    `![b](a.png "x"){#fig-a placement=${placement}}`,
    `| a |\n|---|\n| 1 |\n\n: Words {#tbl-a placement=${placement}}`,
    `:::figures{#fig-a placement=${placement}}\n![One](a.png "x"){#fig-b}\n\nBoth.\n:::`,
    `~~~mermaid {#fig-a alt="Words" placement=${placement}}\ngraph LR; a --> b\n~~~`,
  ]
  for (const markdown of of('top')) {
    const { shape, said } = shapeOf(markdown)
    assert.match(shape, /^figure#(?:fig|tbl)-a[^(]*\[dataPlacement=top\]/)
    assert.deepEqual(said, [])
  }
  const places = of('bottom').map((markdown) => shapeOf(markdown).said.join())
  const starts = ['1:1', '5:1', '1:1', '1:1']
  for (const [index, said] of places.entries())
    assert.match(
      said,
      new RegExp(
        `^${starts[index]} option-is-known Unexpected .placement="bottom".*, expected .here., .top. or .page.$`,
      ),
    )
})
