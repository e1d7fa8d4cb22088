import assert from 'node:assert/strict'
import test from 'node:test'
import { lineChart } from '../../../src/render/charts/index.ts'

interface View {
  width: number
  data: { values: Record<string, unknown>[] }
  layer: { mark: { type: string }; encoding: Record<string, { scale?: Record<string, unknown> }> }[]
  concat?: View[]
}

const spread = (mean: number, std: number, n = 3) => ({ mean, std, n, min: mean - std, max: mean + std })
const specOf = (...args: Parameters<typeof lineChart>) =>
  lineChart(...args).spec as unknown as View & { vconcat: View[] }
const marksOf = (view: View) => view.layer.map(({ mark }) => mark.type)
const long = Array.from({ length: 13 }, (_, x) => ({ x, y: spread(x, 1) }))
const options = { x: 'x', y: 'y', alt: 'A' }

test('lineChart should be plain data', () => {
  const made = lineChart([{ x: 1, y: 2 }], { ...options, caption: 'C' })
  assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
  assert.deepEqual([made.kind, made.alt, made.caption], ['figure', 'A', 'C'])
})

test('lineChart should draw few points with error bars, many with a band', () => {
  assert.deepEqual(marksOf(specOf(long, options)), ['area', 'line'])
  assert.deepEqual(marksOf(specOf(long.slice(0, 12), options)), ['rule', 'tick', 'tick', 'line', 'point'])
  assert.deepEqual(marksOf(specOf([{ x: 1, y: spread(2, 0, 1) }], options)), ['line', 'point'])
})

test('lineChart should say below how many runs its means are of, if they differ', () => {
  const rows = [3, 3, 2, 1].map((n, x) => ({ x, y: spread(x, n > 1 ? 0.5 : 0, n), of: x % 2 ? 'a' : 'b' }))
  for (const series of [{}, { series: 'of' }]) {
    const { title, vconcat } = specOf(rows, { ...options, ...series }) as unknown as {
      title: { text: string[]; orient: string }
      vconcat: View[]
    }
    assert.deepEqual([title.text, title.orient], [['Means of 1 to 3 runs.'], 'bottom'])
    const view = vconcat.at(-1)!
    assert.deepEqual(
      view.data.values.map(({ runs }) => runs),
      'series' in series ? [3, 2, 3, 1] : [3, 3, 2, 1],
    )
    const line = view.layer.find(({ mark }) => mark.type === 'line')!
    assert.deepEqual(line.encoding.tooltip, { field: 'runs', type: 'quantitative', title: 'Runs' })
  }
  assert.ok(!JSON.stringify(specOf(long, options)).includes('runs'))
  // Numbers beside Spreads are no means of fewer runs.
  const mixed = [
    { x: 1, y: spread(1, 0.5) },
    { x: 2, y: 1 },
  ]
  assert.ok(!JSON.stringify(specOf(mixed, options)).includes('runs'))
})

test('lineChart should use the mean of a Spread on the x axis', () => {
  assert.equal(specOf([{ x: spread(3, 1), y: 1 }], options).data.values[0]!.x, 3)
})

test('lineChart should leave a gap if y is null, and show a point without neighbours', () => {
  const rows = [1, 2, null, 4, null, 6].map((y, x) => ({ x, y }))
  assert.deepEqual(
    specOf(rows, options).data.values.map(({ x, segment, isAlone }) => [x, segment, isAlone]),
    [
      [0, 0, false],
      [1, 0, false],
      [3, 1, true],
      [5, 2, true],
    ],
  )
  const many = long.map(({ x }) => ({ x, y: x === 1 ? null : x }))
  assert.deepEqual(marksOf(specOf(many, options)), ['line', 'point'])
  assert.deepEqual(
    marksOf(
      specOf(
        long.map(({ x }) => ({ x, y: x })),
        options,
      ),
    ),
    ['line'],
  )
})

test('lineChart should sort ordered series, and distinguish them by colour, dash and point', () => {
  const rows = [1024, 16, 256].map((size) => ({ x: 1, y: 2, size }))
  const [legend, panel] = specOf(rows, { ...options, series: 'size', ordered: true }).vconcat
  assert.deepEqual(
    legend!.data.values.map(({ series }) => series),
    ['16', '256', '1,024'],
  )
  const { color, shape } = panel!.layer.at(-1)!.encoding
  const { strokeDash } = panel!.layer[0]!.encoding
  for (const channel of [color, shape, strokeDash])
    assert.equal(new Set((channel!.scale!.range as unknown[]).map(String)).size, 3)
})

test('lineChart should have one panel for each name, with the same axes', () => {
  const rows = [0.9, 0.8].map((target) => ({ x: 1, y: target, target }))
  const panels = specOf(rows, { ...options, panel: { field: 'target', format: 'percent' } }).concat!
  assert.deepEqual(
    panels.map((panel) => (panel as unknown as { title: { text: string[] } }).title.text),
    [['Target 80\u00a0%'], ['Target 90\u00a0%']],
  )
  assert.deepEqual(panels[0]!.layer[0]!.encoding.y!.scale, panels[1]!.layer[0]!.encoding.y!.scale)
})

test('lineChart should give each panel its own x axis if x is independent', () => {
  const rows = [
    ...[0.2, 0.5].map((x) => ({ x, y: 1, who: 'dropout' })),
    ...[1e-5, 1e-3].map((x) => ({ x, y: 2, who: 'L1' })),
    { x: 1e-4, y: null, who: 'none' },
  ]
  const domains = (independent: boolean) =>
    specOf(rows, { ...options, x: { field: 'x', scale: 'log', independent }, panel: 'who' }).concat!.map(
      (panel) => panel.layer[0]!.encoding.x!.scale!.domain as [number, number],
    )
  const [dropout, l1, none] = domains(true)
  assert.ok(dropout![0] > 0.1 && dropout![1] < 1)
  assert.ok(l1![0] > 5e-6 && l1![1] < 2e-3)
  assert.deepEqual(none, domains(false)[2])
  assert.equal(new Set(domains(false).map(String)).size, 1)
})

test('lineChart should refuse rows and options that cannot be drawn', () => {
  const row = { x: 1, y: 2, who: 'a' }
  const cases: [() => unknown, string][] = [
    [() => lineChart([], options), 'lineChart: expected at least one row, found an empty array'],
    [
      () => lineChart([row], { ...options, heigth: 5 } as never),
      'lineChart: expected options among x, y, series, panel, ordered, alt, caption, height, found "heigth": did you mean `height`?',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', scael: 'log' } as never }),
      'lineChart: expected options.x among field, title, scale, format, domain, values, independent, found "scael": did you mean `scale`?',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', format: 'percents' as never } }),
      'lineChart: expected percent, seconds, count, number at options.x.format, found "percents": did you mean `percent`?',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', domain: [2, 1] } }),
      'lineChart: expected [low, high] at options.x.domain, found [2, 1]',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', domain: [1, 2], independent: true } }),
      'lineChart: expected options.x.domain or options.x.independent, found both',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', independent: 1 as never } }),
      'lineChart: expected true or false at options.x.independent, found 1',
    ],
    [
      () => lineChart([row], { ...options, y: { field: 'y', independent: true } as never }),
      'lineChart: expected options.y among field, title, scale, format, domain, values, found "independent"',
    ],
    [
      () => lineChart([row], { ...options, x: { field: 'x', scale: 'log', values: [0] } }),
      'lineChart: expected a positive number at options.x.values[0], found 0',
    ],
    [
      () => lineChart([row], { alt: 'A', y: 'y' } as never),
      'lineChart: expected a field at options.x, found none',
    ],
    [
      () => lineChart([row], { ...options, series: 'whi' }),
      'lineChart: expected field whi at rows[0], found {x, y, who}: did you mean `who`?',
    ],
    [
      () => lineChart([{ x: 1, y: Number.NaN }], options),
      'lineChart: expected a number, a Spread or null at rows[0].y, found NaN',
    ],
    [
      () => lineChart([{ x: 1, y: 0 }], { ...options, y: { field: 'y', scale: 'log' } }),
      'lineChart: expected a positive number at rows[0].y, for its scale is log, found 0',
    ],
    [
      () => lineChart([{ x: 1, y: null }], options),
      'lineChart: expected a row with a value of y, found null in all 1',
    ],
    [
      () => lineChart([{ ...row, who: '' }], { ...options, series: 'who' }),
      'lineChart: expected a name or a number at rows[0].who, found ""',
    ],
    [
      () => lineChart([row, { ...row, who: '\u00a0' }], { ...options, panel: 'who' }),
      'lineChart: expected a name or a number at rows[1].who, found "\u00a0"',
    ],
    [
      () => lineChart([row, row], { ...options, series: 'who' }),
      'lineChart: expected one row for each x of who "a", found two at x 1',
    ],
    [
      () =>
        lineChart(
          Array.from({ length: 9 }, (_, who) => ({ ...row, who })),
          { ...options, series: 'who' },
        ),
      'lineChart: expected at most 8 series, found 9: 0, 1, 2, 3 and 5 more',
    ],
    [
      () => lineChart([row], { ...options, height: 5 }),
      'lineChart: expected 60 to 800 CSS pixels at options.height, found 5',
    ],
    [
      () => lineChart([row], { x: 'x', y: 'y' } as never),
      'Cannot make a figure, expected alt text that says what it shows, found none',
    ],
  ]
  for (const [make, message] of cases) assert.throws(make, { message })
})

test('lineChart should accept values that never change, at any size', () => {
  for (const y of [0, -5, 1e6, 0.5, 1e-9])
    for (const format of ['number', 'percent', 'seconds', 'count'] as const) {
      const rows = [1, 2].map((x) => ({ x, y }))
      assert.ok(lineChart(rows, { ...options, y: { field: 'y', format } }))
      assert.ok(lineChart(rows.slice(1), { ...options, y: { field: 'y', format } }))
    }
})
