import assert from 'node:assert/strict'
import test from 'node:test'
import { type CurvePanel, learningCurves } from '../../../src/render/charts/index.ts'
import { COLUMN_WIDTH_PX } from '../../../src/render/charts/theme.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { clashesIn, strayIn } from './drawn-boxes.ts'

interface Channel {
  title: string | string[] | null
  scale: { domain: number[]; range?: unknown[] }
  axis: Record<string, unknown>
}

interface Plot {
  width: number
  height: number
  data: { values: Record<string, unknown>[] }
  layer: { mark: Record<string, unknown>; encoding?: Record<string, Channel> }[]
}

interface Block {
  columns: number
  concat: Plot[]
}

const LONGEST = 'Batch normalisation and dropout with a rate of 0.5 on 784-600-400-200-100-50-25-10'
const MOST_PX = 850

const spread = (mean: number, std: number, n = 3) => ({ mean, std, n, min: mean - std, max: mean + std })
const short = (loss = 2): CurvePanel['history'] => ({
  train: { loss: [loss, 1], accuracy: [0.5, 0.75] },
  validation: { loss: [loss, 1.5], accuracy: [0.25, 0.5] },
})
const panelsOf = (count: number, history = short()): CurvePanel[] =>
  Array.from({ length: count }, (_, index) => ({ title: `Network ${index}`, history }))
const blocksOf = (...args: Parameters<typeof learningCurves>) =>
  (learningCurves(...args).spec as unknown as { vconcat: [Plot, { vconcat: Block[] }] }).vconcat[1].vconcat
const plotsOf = (...args: Parameters<typeof learningCurves>) =>
  blocksOf(...args).flatMap((block) => block.concat)
const lineOf = (plot: Plot) => plot.layer.find(({ mark }) => mark.type === 'line')!.encoding!
const marksOf = (plot: Plot) => plot.layer.map(({ mark }) => mark.type)
const titleOf = (plot: Plot) => plot.layer.find(({ mark }) => mark.type === 'text')?.mark.text
const drawn = (panels: CurvePanel[], options = {}) =>
  figureToSvg(learningCurves(panels, { alt: 'A', ...options }), 'fig-a')

test('learningCurves should be plain data', () => {
  const made = learningCurves(panelsOf(2), { alt: 'A', caption: 'C' })
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
  assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
})

test('learningCurves should put the metrics of a configuration one below the other, under its title', () => {
  const [block] = blocksOf(panelsOf(2), { alt: 'A' })
  assert.equal(block!.columns, 2)
  assert.deepEqual(block!.concat.map(titleOf), [['Network 0'], ['Network 1'], undefined, undefined])
  assert.deepEqual(
    block!.concat.map((plot) => lineOf(plot).y!.title),
    [['Loss'], null, ['Accuracy'], null],
  )
  assert.deepEqual(block!.concat[0]!.data.values[0], { series: 'Training', epoch: 1, value: 2 })
})

test('learningCurves should have rows of about equal length, or with the given number of columns', () => {
  const lengths = (count: number, columns?: number) =>
    blocksOf(panelsOf(count), { alt: 'A', ...(columns === undefined ? {} : { columns }) }).map(
      (block) => block.columns,
    )
  assert.deepEqual(lengths(1), [1])
  assert.deepEqual(lengths(5), [3, 2])
  assert.deepEqual(lengths(7), [4, 3])
  assert.deepEqual(lengths(12), [4, 4, 4])
  assert.deepEqual(lengths(7, 5), [5, 2])
  assert.deepEqual(lengths(2, 5), [2])
})

test('learningCurves should have the same axes in all panels, up to the largest number of epochs', () => {
  const long = {
    train: { loss: [9, 8, 7], accuracy: [0.1, 0.2, 0.3] },
    validation: { loss: [1, 1, 1], accuracy: [1, 1, 1] },
  }
  const plots = plotsOf([...panelsOf(1), { title: 'long', history: long }], { alt: 'A' }).map(lineOf)
  for (const { x } of plots) assert.deepEqual(x!.scale.domain, [1, 3])
  assert.deepEqual(
    plots.map(({ y }) => y!.scale.domain),
    [
      [0, 10],
      [0, 10],
      [0, 1],
      [0, 1],
    ],
  )
})

test('learningCurves should label the epochs under each configuration, and title the axis under the last of a column', () => {
  const plots = plotsOf(panelsOf(7), { alt: 'A' }).map(lineOf)
  const lowest = [4, 5, 6, 7, 11, 12, 13]
  assert.deepEqual(
    plots.flatMap(({ x }, index) => (x!.axis.labels === false ? [] : [index])),
    lowest,
  )
  assert.deepEqual(
    plots.flatMap(({ x }, index) => (x!.title === 'Epoch' ? [index] : [])),
    [7, 11, 12, 13],
  )
})

test('learningCurves should draw bands, cut at the limits of the metric, and points if there are few epochs', () => {
  const history = {
    train: { loss: [spread(0.1, 0.3), spread(0.2, 0.1)], accuracy: [spread(0.9, 0.2), 0.95] },
  }
  const [loss, accuracy] = plotsOf(panelsOf(1, history), { alt: 'A' })
  assert.deepEqual(marksOf(loss!), ['area', 'line', 'point', 'text'])
  assert.equal(loss!.layer[0]!.mark.clip, true)
  assert.equal(lineOf(loss!).y!.scale.domain[0], 0)
  assert.equal(lineOf(accuracy!).y!.scale.domain[1], 1)
})

test('learningCurves should say below from how many runs to how many their means are', async () => {
  const of = (...runs: number[]) => ({ train: { loss: runs.map((n) => spread(2, n > 1 ? 0.5 : 0, n)) } })
  const noteOf = (...histories: CurvePanel['history'][]) => {
    const panels = histories.map((history, index) => ({ title: `N${index}`, history }))
    const { title } = learningCurves(panels, { alt: 'A' }).spec
    return (title as { text: string[] } | undefined)?.text.join(' ')
  }
  assert.equal(
    noteOf(of(3, 3, 1), of(3, 2), of(3)),
    'Means of the runs that reached an epoch: 3 at first, at least 1 at the end.',
  )
  assert.equal(noteOf(of(3, 3, 1)), 'Means of 3 runs up to epoch 2, of one run up to epoch 3.')
  // Configurations of different numbers of seeds do not fall.
  assert.equal(noteOf(of(3, 3), of(5, 5)), 'Means of 3 to 5 runs.')
  assert.equal(noteOf(of(3, 3), of(3)), undefined)
  const panels = [1, 2].map((index) => ({ title: `N${index}`, history: of(3, 3, 2, 2, 1) }))
  const svg = await drawn(panels)
  assert.match(svg, /Means of the runs that reached an epoch: 3 at first, at least 1 at the end\./)
  assert.deepEqual([await strayIn(svg), await clashesIn(svg)], [[], []])
})

test('learningCurves should show a configuration of a single epoch', () => {
  const one = { train: { loss: [1] } }
  const many = { train: { loss: Array.from({ length: 20 }, (_, epoch) => 1 / (1 + epoch)) } }
  const panels = [many, one].map((history, index) => ({ title: `${index}`, history }))
  assert.deepEqual(plotsOf(panels, { alt: 'A' }).map(marksOf), [
    ['line', 'text'],
    ['line', 'point', 'text'],
  ])
  assert.deepEqual(lineOf(plotsOf(panelsOf(1, one), { alt: 'A' })[0]!).x!.scale.domain, [0, 2])
})

test('learningCurves should accept metrics by name and by title', () => {
  const titles = (metrics: NonNullable<Parameters<typeof learningCurves>[1]['metrics']>) =>
    plotsOf(panelsOf(1), { alt: 'A', metrics }).map((plot) => lineOf(plot).y!.title)
  assert.deepEqual(titles(['accuracy']), [['Accuracy']])
  assert.deepEqual(titles({ loss: 'Entropy' }), [['Entropy']])
})

const drawings: [string, CurvePanel[], object?][] = [
  ['a panel', panelsOf(1)],
  ['two', panelsOf(2)],
  ['five', panelsOf(5)],
  ['seven', panelsOf(7)],
  ['twelve', panelsOf(12)],
  ['twenty', panelsOf(20)],
  ['five in a row', panelsOf(5), { columns: 5 }],
  ['long titles', [{ title: LONGEST, history: short() }, ...panelsOf(6)], { columns: 5 }],
  ['a title without spaces', [{ title: 'w'.repeat(60), history: short() }, ...panelsOf(3)]],
  ['a single epoch', panelsOf(3, { train: { loss: [1], accuracy: [0.5] } })],
  ['an outlier', [{ title: 'far', history: short(1e6) }, ...panelsOf(4)]],
  ['a long axis title', panelsOf(5), { metrics: { loss: 'Cross entropy of the whole set, no penalties' } }],
  ...[0, -5, 0.5, 1e6].map((value): [string, CurvePanel[]] => [
    `only ${value}`,
    panelsOf(3, { train: { loss: [value, value] } }),
  ]),
  ['many epochs', panelsOf(5, { train: { loss: Array.from({ length: 12000 }, (_, at) => at) } })],
]

for (const [what, panels, options] of drawings)
  test(`learningCurves should draw ${what} within the column and a page, without overlapping texts`, async () => {
    const svg = await drawn(panels, options)
    assert.ok(Number(/ width="(\d+)"/.exec(svg)?.[1]) <= COLUMN_WIDTH_PX)
    assert.ok(Number(/ height="(\d+)"/.exec(svg)?.[1]) <= MOST_PX)
    assert.deepEqual(await strayIn(svg), [])
    assert.deepEqual(await clashesIn(svg), [])
  })

test('learningCurves should align the plots of a column and of a row, whatever their labels', async () => {
  const panels = [{ title: LONGEST, history: short(1e4) }, ...panelsOf(6)]
  const [{ width, height }] = plotsOf(panels, { alt: 'A' }) as [Plot]
  const places = placesOf(await drawn(panels), width, height)
  assert.equal(new Set(places.map(String)).size, 14)
  assert.equal(new Set(places.map(([left]) => left)).size, 4)
  assert.equal(new Set(places.map(([, top]) => top)).size, 4)
})

test('learningCurves should refuse panels and options that cannot be drawn', () => {
  const history = short()
  const alt = { alt: 'A' }
  const other = (history: unknown) => [...panelsOf(1), { title: 'b', history }] as CurvePanel[]
  const { train, validation } = history
  const cases: [() => unknown, string][] = [
    [() => learningCurves([], alt), 'learningCurves: expected at least one panel, found an empty array'],
    [
      () => learningCurves([null as never], alt),
      'learningCurves: expected an object at panels[0], found null',
    ],
    [
      () => learningCurves([undefined as never], alt),
      'learningCurves: expected an object at panels[0], found undefined',
    ],
    [
      () => learningCurves([{ titel: 'a', history } as never], alt),
      'learningCurves: expected panels[0] among title, history, found "titel": did you mean `title`?',
    ],
    [
      () => learningCurves([{ title: ' ', history }], alt),
      'learningCurves: expected a title at panels[0].title, found " "',
    ],
    [
      () => learningCurves([...panelsOf(2), ...panelsOf(1)], alt),
      'learningCurves: expected a title of its own at panels[2].title, found "Network 0" twice',
    ],
    [
      () => learningCurves(other({ train, validation: { loss: [1, Number.NaN], accuracy: [1, 1] } }), alt),
      'learningCurves: panel "b": expected a number or a Spread at history.validation.loss[1], found NaN',
    ],
    [
      () => learningCurves(other({ train: { loss: [1, 2], accuracy: [1] }, validation }), alt),
      'learningCurves: panel "b": expected 2 values at history.train.accuracy, as at history.train.loss, found 1',
    ],
    [
      () => learningCurves(other(undefined), alt),
      'learningCurves: panel "b": expected splits of metrics at history, found undefined',
    ],
    [
      () => learningCurves(other({ train }), alt),
      'learningCurves: expected splits train, validation in panel "b", as in panel "Network 0", found train',
    ],
    [
      () => learningCurves(other({ train: { loss: [1] }, validation: { loss: [1] } }), alt),
      'learningCurves: expected metrics loss, accuracy in panel "b", as in panel "Network 0", found loss',
    ],
    [
      () => learningCurves(other({ train: { loss: [1] }, validation: { loss: [1], accuracy: [1] } }), alt),
      'learningCurves: expected metrics of train loss, accuracy in panel "b", as in panel "Network 0", found loss',
    ],
    [
      () => learningCurves(panelsOf(1), { ...alt, metrics: ['acuracy'] }),
      'learningCurves: panel "Network 0": expected metrics among loss, accuracy, found "acuracy"',
    ],
    [
      () => learningCurves(panelsOf(1), { ...alt, colums: 3 } as never),
      'learningCurves: expected options among alt, caption, metrics, columns, height, domains, found "colums": did you mean `columns`?',
    ],
    [
      () => learningCurves(panelsOf(1), { ...alt, columns: 6 }),
      'learningCurves: expected 1 to 5 at options.columns, found 6',
    ],
    [
      () => learningCurves(panelsOf(1), { ...alt, height: Number.NaN }),
      'learningCurves: expected 40 to 400 at options.height, found NaN',
    ],
    [
      () => learningCurves(panelsOf(1), { alt: '' }),
      'Cannot make a figure, expected alt text that says what it shows, found none',
    ],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})

test('learningCurves should cut off values beyond a domain, but only for that metric', () => {
  const plots = plotsOf(panelsOf(2), { alt: 'curves', domains: { accuracy: [0.5, 1] } })
  const [loss, , accuracy] = plots
  assert.deepEqual(lineOf(accuracy!).y!.scale.domain, [0.5, 1])
  const clips = (plot: Plot) => plot.layer.find(({ mark }) => mark.type === 'line')!.mark.clip
  assert.deepEqual([clips(loss!), clips(accuracy!)], [undefined, true])
  assert.throws(() => learningCurves(panelsOf(1), { alt: 'curves', domains: { f1: [0, 1] } }), {
    message: /expected metrics among .*at options\.domains, found f1$/,
  })
  assert.throws(() => learningCurves(panelsOf(1), { alt: 'curves', domains: { loss: [1, 0] } }), {
    message: /expected two rising numbers at options\.domains\.loss, found/,
  })
})

// The positions of the backgrounds of plots of one size in a drawing.
function placesOf(svg: string, width: number, height: number): [left: number, top: number][] {
  const ground = `h${width}v${height}h`
  const stack: [number, number][] = [[0, 0]]
  const places: [number, number][] = []
  for (const [tag, close] of svg.matchAll(/<(\/?)(?:g|path)\b[^>]*>/g)) {
    const [left, top] = stack.at(-1)!
    if (tag.startsWith('<path')) {
      if (tag.includes('class="background"') && tag.includes(ground)) places.push([left, top])
    } else if (close === '/') stack.pop()
    else if (!tag.endsWith('/>')) {
      const [, x = 0, y = 0] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(tag) ?? []
      stack.push([left + Number(x), top + Number(y)])
    }
  }
  return places
}
