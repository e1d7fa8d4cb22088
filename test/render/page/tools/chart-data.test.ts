import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { imageGrid, learningCurves, lineChart } from '../../../../src/render/charts/index.ts'
import { figure } from '../../../../src/render/output/index.ts'
import { chartData } from '../../../../src/render/page/tools/chart-data.ts'

const alt = 'A'
const spread = (mean: number) => ({ mean, std: 0.5, n: 3, min: mean - 1, max: mean + 1 })

describe('chartData', () => {
  test('should list the data sets of vega', () => {
    const one = { name: 'one', values: [{ a: 1, b: 'x' }, { a: 2 }] }
    const chart = (data: object[]) => figure({ data, marks: [{ type: 'rect' }] }, { alt }).spec
    assert.deepEqual(chartData(chart([one, { name: 'made', source: 'one' }])), {
      columns: ['a', 'b'],
      rows: [
        [1, 'x'],
        [2, null],
      ],
    })
    assert.deepEqual(chartData(chart([one, { name: 'two', values: [5] }])), {
      columns: ['panel', 'a', 'b', 'data'],
      rows: [
        ['one', 1, 'x', null],
        ['one', 2, null, null],
        ['two', null, null, 5],
      ],
    })
    assert.equal(chartData(chart([])), undefined)
  })

  test('should give rows under the titles of their axes, without what only draws them', () => {
    const rows = [1, 2, 3].flatMap((x) => ['a', 'b'].map((kind) => ({ x, kind, y: spread(10 * x) })))
    const { spec } = lineChart(rows, {
      ...{ x: { field: 'x', title: 'Rate' }, y: { field: 'y', title: 'Accuracy' }, series: 'kind', alt },
    })
    const data = chartData(spec)!
    assert.deepEqual([...data.columns].sort(), ['Accuracy', 'Rate', 'high', 'low', 'series'])
    assert.equal(data.rows.length, 6)
    const first = Object.fromEntries(data.columns.map((name, index) => [name, data.rows[0]![index]]))
    assert.deepEqual(first, { Rate: 1, series: 'a', Accuracy: 10, low: 9.5, high: 10.5 })
  })

  test('should give the number of runs of each mean, if it differs', () => {
    const loss = [3, 1].map((n) => ({ ...spread(10), n }))
    const { spec } = learningCurves([{ title: 'small', history: { train: { loss } } }], { alt })
    const data = chartData(spec)!
    const runs = data.columns.indexOf('Runs')
    assert.deepEqual(
      data.rows.map((row) => row[runs]),
      [3, 1],
    )
  })

  test('should join panels, each row with its panel and what it measures', () => {
    const history = (from: number) => ({
      train: { loss: [from, from / 2], accuracy: [0.5, 0.75] },
      test: { loss: [from, from], accuracy: [0.5, 0.5] },
    })
    const { spec } = learningCurves(
      [
        { name: 'small', history: history(1) },
        { name: 'large', history: history(2) },
      ].map(({ name, history }) => ({ title: name, history })) as never,
      { alt } as never,
    )
    const data = chartData(spec)!
    assert.deepEqual(data.columns.slice(0, 2), ['panel', 'measure'])
    const kinds = new Set(data.rows.map(([panel, measure]) => `${panel} ${measure}`))
    assert.deepEqual([...kinds].sort(), ['large Accuracy', 'large Loss', 'small Accuracy', 'small Loss'])
    assert.equal(data.rows.length, 16)
  })

  test('should list the labels and groups of images, never pixels', () => {
    const pixels = Array.from({ length: 784 }, () => 9)
    const { spec } = imageGrid(
      [
        { pixels, label: 'one\nline', group: 'g' },
        { pixels, label: 'two', group: 'h' },
      ],
      { alt },
    )
    assert.deepEqual(chartData(spec), {
      columns: ['image', 'group', 'label'],
      rows: [
        [1, 'g', 'one line'],
        [2, 'h', 'two'],
      ],
    })
    const plain = imageGrid([{ pixels }], { alt })
    assert.equal(chartData(plain.spec), undefined)
  })

  test('should keep every field where a specification computes others', () => {
    const { spec } = figure(
      {
        data: { values: [{ a: 1, b: 2 }] },
        transform: [{ calculate: 'datum.a + datum.b', as: 'c' }],
        mark: 'point',
        encoding: { x: { field: 'c', type: 'quantitative' } },
      },
      { alt },
    )
    assert.deepEqual(chartData(spec), { columns: ['a', 'b'], rows: [[1, 2]] })
  })

  test('should keep the fields of facets, and the names of fields whose title is another one too', () => {
    const { spec } = figure(
      {
        data: { values: [{ a: 1, b: 2, k: 'x', hidden: 0 }] },
        facet: { row: { field: 'k' } },
        spec: {
          mark: 'point',
          encoding: {
            x: { field: 'a', type: 'quantitative', title: 'T' },
            y: { field: 'b', type: 'quantitative', title: 'T' },
          },
        },
      },
      { alt },
    )
    assert.deepEqual(chartData(spec), { columns: ['a', 'b', 'k'], rows: [[1, 2, 'x']] })
  })
})
