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

test('an option that an element does not have should be told where it stands', () => {
  const cases: [string, string[]][] = [
    [
      ':::column{width=4}\nB\n:::',
      ['1:1 option-is-known Unexpected `width="4"` of a block `column`, expected a share such as `40%`'],
    ],
    ['See [a]{onclick=x}', ['1:7 option-is-known Unexpected `onclick=` of a span, expected lang or dir']],
    [
      'See [a]{#weft-main}',
      [
        "1:7 label-is-unique Unexpected label `#weft-main`, expected one of its own: those that begin with `weft-` are the page's",
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
