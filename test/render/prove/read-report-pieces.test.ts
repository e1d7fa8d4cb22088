import assert from 'node:assert/strict'
import test from 'node:test'
import type { Results } from '../../../src/render/assemble/fragment.ts'
import { onPaper, onScreen, text } from '../../../src/render/assemble/registers/nodes.ts'
import { registerTable } from '../../../src/render/assemble/registers/register.ts'
import type { Output } from '../../../src/render/model/types.ts'
import { findInOrder } from '../../../src/render/prove/find-in-order.ts'
import { foldPage, joinPages } from '../../../src/render/prove/printed-text.ts'
import { readReportPieces } from '../../../src/render/prove/read-report-pieces.ts'
import { wantedIn } from '../../../src/render/prove/wanted.ts'
import { numberBlocks } from '../../../src/render/syntax/number-blocks.ts'
import { cell } from '../execute/temporary-project.ts'
import { parseText } from '../syntax/parse-text.ts'

const scalar = (text: string): Output => ({ kind: 'scalar', text, raw: text })
const prose = (markdown: string): Output => ({ kind: 'prose', markdown })

/** What a cell shows, how a reader finds it in the print, and how it must not be found. */
const cases: [string, Output, string, string][] = [
  [
    'tags in a line of prose',
    prose('<b>html</b> and 2 <i>of</i> 3.'),
    'html and 2 of 3.',
    'html and 5 of 3.',
  ],
  ['a tag at the end of a line', prose('Words <br> of 2'), 'Words\nof 2', 'Words\nof 3'],
  ['tags within emphasis', prose('*a <u>b</u> c* 4'), 'a b c 4', 'a b d 4'],
  [
    'markup that is a block',
    prose('One 1.\n\n<div>Two</div>\n\nThree 3.'),
    'One 1.\nTwo\nThree 3.',
    'One 1.\nTwo\nThree 4.',
  ],
  ['a text of several lines', scalar('one 1\n  two 2\n\nthree'), 'one 1\ntwo 2\nthree', 'one 1\nthree'],
  ['a text like a reference', scalar('printed @sec-one'), 'printed @sec-one', 'printed Section 1'],
  ['small capitals', prose('[The *net*]{.smallcaps} of 2'), 'THE NET of 2', 'THE PET of 2'],
  ['a power of ten', scalar('1\u00a0×\u00a010⁻⁷'), '1 × 10⁻⁷', '1 × 10⁻⁸'],
]

for (const [name, output, printed, wrong] of cases)
  test(`what a cell shows should be found in the print: ${name}`, (t) => {
    const { tree } = parseText(t, `# One {#sec-one}\n\n${cell('a', '1')}`)
    const results = {
      cells: new Map([['a', { cell: tree.cells[0]!, state: 'reused', stored: { shown: [output] } }]]),
      expressions: new Map(),
      jobs: new Map(),
    } as unknown as Results
    const wanted = wantedIn(readReportPieces({ tree, results, targets: [], registers: [] }))
    const isFound = (page: string) => {
      const places = findInOrder(wanted, joinPages([foldPage(`One\n${page}\nBehind.`)]))
      return wanted.length > 0 && places.every((place) => place !== undefined)
    }
    assert.ok(isFound(printed), printed)
    assert.ok(!isFound(wrong), wrong)
  })

const drawing: Output = { kind: 'figure', spec: { svg: '<svg/>' }, alt: 'A line' }

test('figures and tables that an author typed should be found in the print, with their numbers', (t) => {
  const body = `![A *sketch*](a.png "x"){#fig-a}

:::figures{#fig-b}
![One](a.png "x")

${cell('fig-b-cell', '1')}

Both.
:::

| a |
|---|
| 1 |

: By hand {#tbl-a}

:::columns
![Left](a.png "x"){#fig-l}

![Right](a.png "x"){#fig-r}
:::

H~2~O in 4 words.

${cell('fig-c caption="Two."', '1')}
`
  const { tree } = parseText(t, body)
  const stored = { 'fig-b-cell': [{ ...drawing, caption: 'Of a cell' }], 'fig-c': [drawing, drawing] }
  const cells = new Map(
    tree.cells.map((one) => [
      one.label,
      { cell: one, state: 'reused', stored: { shown: stored[one.label as keyof typeof stored] } },
    ]),
  )
  const results = { cells, expressions: new Map(), jobs: new Map() } as unknown as Results
  const targets = numberBlocks(tree, (label) => (label === 'fig-c' ? 2 : 1))
  const wanted = wantedIn(readReportPieces({ tree, results, targets, registers: [] }))
  const printed =
    'Figure 1. A sketch\n(a) One (b) Of a cell\nFigure 2. Both.\nTable 1. By hand\na\n1\nFigure 3. Left Figure 4. Right\nH2O in 4 words.\n(a) (b)\nFigure 5. Two.'
  const missing = (text: string) =>
    findInOrder(wanted, joinPages([foldPage(`${text}\nBehind.`)])).flatMap((place, index) =>
      place === undefined ? [wanted[index]!.text] : [],
    )
  assert.deepEqual(missing(printed), [])
  const changes: [string, string, string][] = [
    ['A sketch', 'A sketch.2', 'Figure 1. A sketch'],
    ['(b) Of', '(c) Of', '(b) Of a cell'],
    ['Figure 2.', 'Figure 3.', 'Figure 2. Both.'],
    ['Table 1.', 'Table 2.', 'Table 1. By hand'],
    ['a\n1\n', 'a\n2\n', 'the table'],
    ['Figure 4. Right', 'Figure 4. Left', 'Figure 4. Right'],
    ['(a) (b)', '(a)', '(b)'],
    ['Figure 5. Two', 'Figure 5. Three', 'Figure 5. Two.'],
  ]
  for (const [from, to, expected] of changes) {
    assert.ok(printed.includes(from))
    assert.deepEqual(missing(printed.replace(from, to)), [expected])
  }
})

test('of a list that only a screen shows, the sentence that paper has instead should be found', (t) => {
  const { tree } = parseText(t, '# One {#sec-one}\n\n::register{of=claims}\n')
  const { file, tree: chapter } = tree.chapters[0]!
  const { position } = chapter.children.at(-1)!
  const table = registerTable([{ title: 'Claim' }], [{ rows: [[[text('Two is less than three')]]] }])
  const nodes = [onPaper('The list of all 3 claims is elsewhere.'), onScreen([table])]
  const results = { cells: new Map(), expressions: new Map(), jobs: new Map() } as unknown as Results
  const registers = [{ file: file.path, position, nodes }]
  const wanted = wantedIn(readReportPieces({ tree, results, targets: [], registers }))
  const isFound = (page: string) =>
    findInOrder(wanted, joinPages([foldPage(`One\n${page}\nBehind.`)])).every((place) => place !== undefined)
  assert.ok(wanted.length > 0)
  assert.ok(isFound('The list of all 3 claims is elsewhere.'))
  assert.ok(!isFound('The list of all 4 claims is elsewhere.'))
  assert.ok(!isFound('Claim\nTwo is less than three'))
})
