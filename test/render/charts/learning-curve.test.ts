import assert from 'node:assert/strict'
import test from 'node:test'
import { learningCurve } from '../../../src/render/charts/index.ts'
import { integerTicks } from '../../../src/render/charts/ticks.ts'

interface Panel {
  data: { values: Record<string, unknown>[] }
  layer: {
    mark: { type: string }
    encoding: Record<
      string,
      { title?: string; axis?: Record<string, unknown>; scale?: Record<string, unknown> }
    >
  }[]
}

const spread = (mean: number, std: number, n = 3) => ({ mean, std, n, min: mean - std, max: mean + std })
// With few epochs, a separate legend is above the panels.
const panelsOf = (...args: Parameters<typeof learningCurve>) => {
  const { concat, vconcat } = learningCurve(...args).spec as unknown as {
    concat?: Panel[]
    vconcat?: [unknown, { concat: Panel[] }]
  }
  return concat ?? vconcat![1].concat
}
const marksOf = (panel: Panel) => panel.layer.map(({ mark }) => mark.type)
const history = {
  train: { loss: [2, 1], accuracy: [0.5, 0.75] },
  validation: { loss: [2.5, 1.5], accuracy: [0.25, 0.5] },
}

test('learningCurve should be plain data', () => {
  const made = learningCurve(history, { alt: 'A', caption: 'C' })
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
  assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
})

test('learningCurve should have one panel for each metric, the loss first, and one row for each epoch and split', () => {
  const accuracyFirst = { train: { accuracy: [0.5], loss: [2] } }
  const titles = panelsOf(accuracyFirst, { alt: 'A' }).map((panel) => panel.layer[0]!.encoding.y!.title)
  assert.deepEqual(titles, ['Loss', 'Accuracy'])
  assert.deepEqual(panelsOf(history, { alt: 'A' })[0]!.data.values, [
    { epoch: 1, split: 'Training', value: 2 },
    { epoch: 2, split: 'Training', value: 1 },
    { epoch: 1, split: 'Validation', value: 2.5 },
    { epoch: 2, split: 'Validation', value: 1.5 },
  ])
})

test('learningCurve should draw a band of one deviation if there are several seeds', () => {
  const [panel] = panelsOf({ train: { loss: [spread(2, 0.5), spread(1, 0.25)] } }, { alt: 'A' })
  assert.deepEqual(marksOf(panel!), ['area', 'line', 'point'])
  assert.deepEqual(panel!.data.values[0], { epoch: 1, split: 'Training', value: 2, low: 1.5, high: 2.5 })
  const [single] = panelsOf({ train: { loss: [spread(2, 0, 1)] } }, { alt: 'A' })
  assert.deepEqual(marksOf(single!), ['line', 'point'])
})

test('learningCurve should say below how many runs reached which epoch, and keep their number', () => {
  const noteOf = (loss: unknown[], more = {}) => {
    const { title } = learningCurve({ train: { loss, ...more } } as never, { alt: 'A' }).spec
    return (title as { text: string[]; orient: string } | undefined)?.text.join(' ')
  }
  const of = (...runs: number[]) => runs.map((n) => spread(2, n > 1 ? 0.5 : 0, n))
  assert.equal(
    noteOf(of(3, 3, 2, 1, 1)),
    'Means of 3 runs up to epoch 2, of 2 runs up to epoch 3, of one run up to epoch 5.',
  )
  // Also with many epochs, where the legend is Vega's.
  assert.equal(
    noteOf(of(...Array<number>(20).fill(3), 2)),
    'Means of 3 runs up to epoch 20, of 2 runs up to epoch 21.',
  )
  assert.equal(
    noteOf(of(6, 5, 4, 3, 2)),
    'Means of the runs that reached an epoch: 6 at first, at least 2 at the end.',
  )
  assert.equal(noteOf(of(2, 3)), 'Means of 2 to 3 runs.')
  for (const same of [of(3, 3), of(1, 1), [1, 2]]) assert.equal(noteOf(same), undefined)

  const [panel] = panelsOf({ train: { loss: of(3, 1) } }, { alt: 'A' })
  assert.deepEqual(panel!.data.values, [
    { epoch: 1, split: 'Training', value: 2, low: 1.5, high: 2.5, runs: 3 },
    { epoch: 2, split: 'Training', value: 2, runs: 1 },
  ])
  const line = panel!.layer.find(({ mark }) => mark.type === 'line')!
  assert.deepEqual(line.encoding.tooltip, { field: 'runs', type: 'quantitative', title: 'Runs' })
  const [even] = panelsOf({ train: { loss: of(3, 3) } }, { alt: 'A' })
  assert.ok(!JSON.stringify(even).includes('runs'))
})

test('learningCurve should distinguish splits by colour and dash', () => {
  const line = panelsOf(history, { alt: 'A' })[0]!.layer.find(({ mark }) => mark.type === 'line')!
  assert.deepEqual(line.encoding.color!.scale, {
    domain: ['Training', 'Validation'],
    range: ['#0072b2', '#d55e00'],
  })
  assert.deepEqual(line.encoding.strokeDash!.scale, {
    domain: ['Training', 'Validation'],
    range: [
      [1, 0],
      [6, 2.5],
    ],
  })
})

test('learningCurve should distinguish the points of few epochs by their marks, also in the legend', () => {
  const once = { train: { loss: [2] }, validation: { loss: [2.5] } }
  const point = panelsOf(once, { alt: 'A' })[0]!.layer.find(({ mark }) => mark.type === 'point')!
  const scale = { domain: ['Training', 'Validation'], range: ['circle', 'square'] }
  assert.deepEqual(point.encoding.shape!.scale, scale)
  const [legend] = learningCurve(once, { alt: 'A' }).spec.vconcat as unknown as [Panel]
  const sample = legend.layer.find(({ mark }) => mark.type === 'point')!
  assert.deepEqual(sample.encoding.shape!.scale, scale)
})

test('learningCurve should draw shares in percent, and losses from zero', () => {
  const [loss, accuracy] = panelsOf(history, { alt: 'A' }).map((panel) => panel.layer[0]!.encoding.y!)
  assert.equal(loss!.scale!.zero, true)
  assert.ok(!('labelExpr' in loss!.axis!))
  assert.match(String(accuracy!.axis!.labelExpr), /100 \* datum\.value/)
})

test('learningCurve should end the axis at the limits of the metric', () => {
  const [loss, accuracy] = panelsOf(
    {
      train: {
        loss: [spread(0.1, 0.2), spread(0.05, 0.1)],
        accuracy: [spread(0.9, 0.05), spread(0.99, 0.03)],
      },
    },
    { alt: 'A' },
  ).map((panel) => panel.layer[0]!.encoding.y!.scale!)
  assert.equal(loss!.domainMin, 0)
  assert.equal(accuracy!.domainMax, 1)
})

test('learningCurve should accept metrics by name and by title', () => {
  const titles = (metrics: Parameters<typeof learningCurve>[1]['metrics']) =>
    panelsOf(history, { alt: 'A', metrics }).map((panel) => panel.layer[0]!.encoding.y!.title)
  assert.deepEqual(titles(['accuracy']), ['Accuracy'])
  assert.deepEqual(titles({ loss: 'Cross entropy' }), ['Cross entropy'])
})

test('learningCurve should refuse a history that cannot be drawn', () => {
  const cases: [() => unknown, string][] = [
    [() => learningCurve({}, { alt: 'A' }), 'learningCurve: expected at least one epoch, found 0'],
    [
      () => learningCurve({ train: { loss: [] } }, { alt: 'A' }),
      'learningCurve: expected at least one epoch, found 0',
    ],
    [
      () => learningCurve({ train: { loss: [1, 2], accuracy: [1] } }, { alt: 'A' }),
      'learningCurve: expected 2 values at history.train.accuracy, as at history.train.loss, found 1',
    ],
    [
      () => learningCurve({ train: { loss: [1, Number.NaN] } }, { alt: 'A' }),
      'learningCurve: expected a number or a Spread at history.train.loss[1], found NaN',
    ],
    [
      () => learningCurve({ train: { loss: 5 as never } }, { alt: 'A' }),
      'learningCurve: expected an array at history.train.loss, found 5',
    ],
    [
      () => learningCurve({ loss: [1, 2] } as never, { alt: 'A' }),
      'learningCurve: expected metrics at history.loss, found an array [1, 2]',
    ],
    [
      () => learningCurve({ '': { loss: [1] } }, { alt: 'A' }),
      'learningCurve: expected members with names in history, found ""',
    ],
    [
      () => learningCurve({ train: { ' ': [1] } }, { alt: 'A' }),
      'learningCurve: expected members with names in history.train, found " "',
    ],
    [
      () => learningCurve(undefined as never, { alt: 'A' }),
      'learningCurve: expected splits of metrics at history, found undefined',
    ],
    [
      () => learningCurve(history, { alt: 'A', metrics: ['acuracy'] }),
      'learningCurve: expected metrics among loss, accuracy, found "acuracy"',
    ],
    [
      () => learningCurve(history, { alt: 'A', metrics: [] }),
      'learningCurve: expected at least one metric, found none',
    ],
    [
      () =>
        learningCurve(
          Object.fromEntries(Array.from({ length: 9 }, (_, split) => [`s${split}`, { loss: [1] }])),
          { alt: 'A' },
        ),
      'learningCurve: expected at most 8 splits, found 9',
    ],
    [
      () => learningCurve(history, { alt: 'A', metric: ['loss'] } as never),
      'learningCurve: expected options among alt, caption, metrics, height, found "metric": did you mean `metrics`?',
    ],
    [
      () => learningCurve(history, { alt: '' }),
      'Cannot make a figure, expected alt text that says what it shows, found none',
    ],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})

test('integerTicks should mark whole epochs, including the first', () => {
  assert.deepEqual(integerTicks(1), [1])
  assert.deepEqual(integerTicks(4), [1, 2, 3, 4])
  assert.deepEqual(integerTicks(12), [1, 2, 4, 6, 8, 10, 12])
  assert.deepEqual(integerTicks(40), [1, 10, 20, 30, 40])
  assert.deepEqual(integerTicks(5000), [1, 1000, 2000, 3000, 4000, 5000])
})

test('learningCurve should accept metrics that never change', () => {
  for (const value of [0, -5, 1e6, 0.5])
    assert.equal(panelsOf({ train: { loss: [value, value], accuracy: [0.5, 0.5] } }, { alt: 'A' }).length, 2)
})
