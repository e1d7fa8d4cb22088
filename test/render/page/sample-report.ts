import type { Root } from 'mdast'
import { confusionMatrix, imageGrid, learningCurve, lineChart } from '../../../src/render/charts/index.ts'
import type { Drawn, Output, RenderedReport, Tabled } from '../../../src/render/model/types.ts'
import { outputToMdast } from '../../../src/render/output/draw/to-mdast.ts'
import { table } from '../../../src/render/output/index.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'
import { element, renderedOf, text } from './rendered-of.ts'

const epochs = Array.from({ length: 20 }, (_, index) => index + 1)
const spread = (mean: number) => ({ mean, std: 0.02, n: 3, min: mean - 0.02, max: mean + 0.02 })
const curve = (from: number) => epochs.map((epoch) => spread(from / epoch))
const rows = ['A', 'B'].flatMap((batch) =>
  [1, 2, 3].map((x) => ({ batch, x, time: x * (batch === 'A' ? 0.1 : 0.2) })),
)
const pixels = Array.from({ length: 784 }, (_, index) => index % 256)

const outputs: { readonly [id: string]: Output } = {
  'fig-curve': learningCurve(
    { train: { loss: curve(1), accuracy: curve(0.9) }, test: { loss: curve(1.2), accuracy: curve(0.8) } },
    { alt: 'Both losses fall.', caption: 'Loss and accuracy.' },
  ),
  'fig-lines': lineChart(rows, {
    x: 'x',
    y: 'time',
    series: { field: 'batch', title: 'Batch' },
    alt: 'Time rises.',
    caption: 'Time.',
  }),
  'fig-grid': imageGrid(
    [
      { pixels, label: 'a shirt' },
      { pixels, label: '=a bag' },
    ],
    { alt: 'Two images.', caption: 'Images.' },
  ),
  'fig-confusion': confusionMatrix(
    [
      [5, 1],
      [2, 8],
    ],
    { classes: ['Dress', 'Bag'], alt: 'Most are right.', caption: 'Confusion.' },
  ),
  'tbl-rows': table(
    rows.map((row) => ({ ...row, validation: spread(row.time), test: spread(1 / 3), best: spread(row.x) })),
    { caption: 'Rows, wider than a phone.', best: { best: 'max' } },
  ),
}

const markdown = `# Part one

Text with $x^2$, \`code\`, *emphasis*, a [link](#part-two), a note[^1] and a list:

- one
- [x] done

$$
\\sum_{i=1}^{n} a_{i} + b_{i} + c_{i} + d_{i} + e_{i} + f_{i} + g_{i} + h_{i} + j_{i} + k_{i} + l_{i} + m_{i} + o_{i} + p_{i} + q_{i} + r_{i} = \\int_0^\\infty f(x) \\, dx
$$

CODE

FIG-CURVE

FIG-LINES

> A quotation.

FIG-GRID

FIG-CONFUSION

TBL-ROWS

FAILURE

[^1]: The note.`

const second = `# Part two

## A section

| | Wide and | long headings | of a table | that needs | more room | than a phone |
|---|---|---|---|---|---|---|
| one | 1.000000 | 2.000000 | 3.000000 | 4.000000 | 5.000000 | 6.000000 |

\`\`\`ts
// A comment, a function and a string.
export function sum(values: readonly number[], name = 'sum'): number {
  return values.reduce((total, value) => total + value, 0)
}
\`\`\`

\`\`\`
plain text
\`\`\``

/** Makes a report with every kind of content, as cells and chapters make them. */
export async function sampleReport(): Promise<RenderedReport> {
  const drawn: Drawn[] = []
  const tabled: Tabled[] = []
  const nodes: { [word: string]: readonly unknown[] } = { CODE: Object.keys(outputs).map(codeFold) }
  for (const [index, [id, output]] of Object.entries(outputs).entries()) {
    nodes[id.toUpperCase()] = await outputToMdast(output, {
      id,
      number: `${output.kind === 'table' ? 'Table' : 'Figure'} ${index + 1}`,
      parseMarkdown: (source) => (markdownProcessor().parse(source) as Root).children,
      figureSvg: (svg) => output.kind === 'figure' && drawn.push({ id, spec: output.spec, svg }),
    })
    if (output.kind === 'table') tabled.push({ id, table: output })
  }
  nodes.FAILURE = [
    element('div', { className: 'weft-failure', role: 'alert' }, [element('p', {}, [text('It failed.')])]),
  ]
  const front = {
    title: 'A sample',
    subtitle: 'Of everything',
    author: [{ name: 'A. Student', affiliations: [] }],
    date: '2026-11-30',
  }
  const notice = 'Stand-in data: these are not the published results'
  return { ...renderedOf(['The abstract.', markdown, second], { front, notice, nodes }), drawn, tabled }
}

function codeFold(id: string): unknown {
  const code = {
    type: 'code',
    lang: 'ts',
    value: `export default make('${id}')`,
    data: { hProperties: { id: `cell-${id}` } },
  }
  const hidden = id === 'fig-grid' ? { hidden: 'until-found' } : {}
  return element('details', { className: 'weft-cell weft-fold', ...hidden }, [
    element('summary', {}, [text('Code')]),
    code,
  ])
}
