import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import test from 'node:test'
import { promisify } from 'node:util'
import { imageGrid, learningCurve } from '../../../../src/render/charts/index.ts'
import { figureToSvg, SpecError } from '../../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../../src/render/output/index.ts'
import { runFlags, runnable } from '../../../as-run.ts'
import { drawNumbersAndTimes } from './numbers-and-times.ts'

const values = [
  { x: 1, y: 2, c: 'a' },
  { x: 2, y: 3, c: 'b' },
]
const encoding = { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } }
const draw = (spec: object, id = 'fig-x') => figureToSvg(figure(spec, { alt: 'A' }), id)

test('figureToSvg should give the same bytes for the same figure, alone or among others', async () => {
  const spec = { data: { values }, mark: { type: 'line', clip: true }, encoding }
  const [first, , again] = await Promise.all([draw(spec), draw({ ...spec, mark: 'bar' }), draw(spec)])
  assert.equal(first, again)
})

test('figureToSvg should prefix ids with its own', async () => {
  const spec = { data: { values }, mark: { type: 'line', clip: true }, encoding }
  const [a, b] = await Promise.all([draw(spec, 'fig-a'), draw(spec, 'fig-b')])
  assert.match(a!, /id="fig-a-clip\d+"/)
  assert.match(a!, /clip-path="url\(#fig-a-clip\d+\)"/)
  assert.equal(a!.replaceAll('fig-a-', 'fig-b-'), b)
})

test('figureToSvg should set texts in the theme, as wide as the fonts are', async () => {
  const svg = await draw({ data: { values }, mark: 'point', encoding })
  const families = new Set(Array.from(svg.matchAll(/font-family="([^"]*)"/g), (match) => match[1]))
  assert.deepEqual([...families], ["'Source Sans 3', KaTeX_Main, KaTeX_AMS, sans-serif"])
})

test('figureToSvg should let a specification override the theme', async () => {
  const svg = await draw({ data: { values }, mark: 'point', encoding, config: { font: 'serif' } })
  assert.match(svg, /font-family="serif"/)
})

test('figureToSvg should draw images with their size', async () => {
  const svg = await figureToSvg(imageGrid([{ pixels: new Uint8Array(784) }], { alt: 'A', sizePx: 40 }), 'x')
  assert.match(
    svg,
    /<image xlink:href="data:image\/png;base64,[^"]+" [^>]*width="40" height="40" preserveAspectRatio="none"/,
  )
})

test('figureToSvg should say what a broken specification lacks', async () => {
  const start = /^expected a vega-lite specification that draws, found: /
  const cases: [object, RegExp][] = [
    [
      { mark: 'point', data: { values }, transform: [{ filter: 'datum.x >' }], encoding },
      /Unexpected end of input/,
    ],
    [
      { mark: 'point', data: { values }, transform: [{ filter: 'datum.x > 5' }], encoding },
      /no mark that could be drawn/,
    ],
    [
      { mark: 'line', data: { values: values.map((row) => ({ ...row, y: null })) }, encoding },
      /no mark that could be drawn, .*Infinite extent for field "y"/,
    ],
    [
      {
        mark: 'image',
        data: { values: [{ x: 1, u: 'https://example.org/a.png' }] },
        encoding: { x: encoding.x, url: { field: 'u' } },
      },
      /example\.org/,
    ],
  ]
  for (const [spec, message] of cases) {
    await assert.rejects(draw(spec), (error: Error) => {
      assert.match(error.message, start)
      assert.match(error.message, message)
      return error.cause instanceof Error
    })
  }
})

test('figureToSvg should name every word and field that is wrong', async () => {
  const wrong = { ...encoding, y: { field: 'yy', type: 'quantitative' }, colr: { field: 'c' } }
  await assert.rejects(draw({ mark: 'point', data: { values }, encoding: wrong }), (error: Error) => {
    assert.ok(error instanceof SpecError)
    assert.deepEqual(
      error.faults.map(({ word }) => word),
      ['colr', 'yy'],
    )
    assert.equal(
      error.message,
      'found `colr` in spec.encoding: did you mean `color`?; found field "yy" at spec.encoding.y, expected one of x, y, c: did you mean `y`?',
    )
    return true
  })
})

async function drawn(spec: object): Promise<{ svg: string; warnings: string[] }> {
  const warnings: string[] = []
  const warned = (reason: string) => warnings.push(reason)
  return { svg: await figureToSvg(figure(spec, { alt: 'A' }), 'fig-x', { warned }), warnings }
}

test('figureToSvg should draw a mark without data beside others, without a warning', async () => {
  const rows = [1, 2, 3, 4, 5, 6].map((a) => ({ g: a % 2 ? 'x' : 'y', a }))
  const box = { x: { field: 'g', type: 'nominal' }, y: { field: 'a', type: 'quantitative' } }
  const dots = { mark: 'point', data: { values } }
  const specs: [object, RegExp][] = [
    [{ data: { values: rows }, mark: 'boxplot', encoding: box }, /<path aria-label|class="mark-rect/],
    [{ layer: [dots, { mark: 'rule', data: { values: [] } }], encoding }, /mark-symbol/],
    [
      { data: { values }, layer: [dots, { mark: 'text', transform: [{ filter: 'datum.x > 9' }] }], encoding },
      /mark-symbol/,
    ],
  ]
  for (const [spec, mark] of specs) {
    const { svg, warnings } = await drawn(spec)
    assert.match(svg, mark)
    assert.deepEqual(warnings, [])
  }
})

test('figureToSvg should draw selections as they are before anybody selects', async () => {
  const color = { condition: { param: 'brush', value: 'red' }, value: 'grey' }
  const cases: [object, object, RegExp][] = [
    [{ name: 'brush', select: 'interval' }, { color }, /fill="red"/],
    [
      { name: 'brush', select: 'interval', value: { x: [1.5, 2.5], y: [2.5, 3.5] } },
      { color },
      /fill="grey"/,
    ],
    [{ name: 'brush', select: 'point' }, { color }, /fill="red"/],
    [{ name: 'grid', select: 'interval', bind: 'scales' }, {}, /mark-symbol/],
    [
      { name: 'size', value: 50, bind: { input: 'range', min: 1, max: 100 } },
      { size: { value: { expr: 'size' } } },
      /mark-symbol/,
    ],
    [{ name: 'near', select: { type: 'point', on: 'pointerover', nearest: true } }, {}, /mark-symbol/],
    [
      { name: 'legend', select: { type: 'point', fields: ['c'] }, bind: 'legend' },
      { shape: { field: 'c' } },
      /mark-symbol/,
    ],
  ]
  for (const [param, more, mark] of cases) {
    const { svg, warnings } = await drawn({
      data: { values },
      params: [param],
      mark: 'point',
      encoding: { ...encoding, ...more },
    })
    assert.match(svg, mark)
    assert.deepEqual(warnings, [])
  }
})

test('figureToSvg should pass on what vega warns about', async () => {
  const texts = { values: [{ x: 'one', y: 1 }] }
  const { warnings } = await drawn({
    data: texts,
    layer: [{ mark: 'point' }, { mark: 'point', data: { values } }],
    encoding,
  })
  assert.deepEqual(warnings, ['Vega warns: Infinite extent for field "x": [Infinity, -Infinity]'])
  const log = { ...encoding, x: { field: 'x', type: 'quantitative', scale: { type: 'log' } } }
  const zero = [
    { x: 0, y: 1 },
    { x: 10, y: 2 },
  ]
  await assert.rejects(
    draw({ data: { values: zero }, mark: 'point', encoding: log }),
    /Log scale domain includes zero/,
  )
  const domain = { ...log, x: { ...log.x, scale: { type: 'log', domain: [1, 10] } } }
  assert.deepEqual((await drawn({ data: { values: zero }, mark: 'point', encoding: domain })).warnings, [
    '1 of 2 marks have no place, expected values that their scales can show',
  ])
})

test('figureToSvg should refuse more values than a scale has colours, shapes or dashes', async () => {
  const rows = Array.from({ length: 9 }, (_, index) => ({ x: index, y: index, c: `c${index}` }))
  const c = { field: 'c', type: 'nominal' }
  const point = (more: object, count = 9) =>
    drawn({ data: { values: rows.slice(0, count) }, mark: 'point', encoding: { ...encoding, ...more } })
  const message = (channel: string, most: number) => ({
    message: `found 9 values for ${channel}, expected at most ${most}, so that each has its own: c0, c1, c2, c3 and 5 more. Show fewer, or give a longer scale.range`,
  })
  await assert.rejects(point({ color: c }), message('color', 8))
  await assert.rejects(point({ shape: c }), message('shape', 8))
  await assert.rejects(point({ color: { ...c, scale: { range: ['red', 'blue'] } } }), message('color', 2))
  await point({ color: c }, 8)
  await point({ color: { ...c, scale: { scheme: 'category20' } } })
  await point({ color: { field: 'x', type: 'ordinal' } })
  await point({ color: { field: 'x', type: 'quantitative' }, detail: c })
  const panels = {
    data: { values: rows.map((row, index) => ({ ...row, p: index % 2 })) },
    facet: { field: 'p' },
  }
  const own = {
    mark: 'point',
    encoding: { ...encoding, color: { ...c, scale: { scheme: 'set1', range: ['red'] } } },
  }
  await assert.rejects(
    drawn({ ...panels, spec: own, resolve: { scale: { color: 'independent' } } }),
    /found 5 values for color, expected at most 1/,
  )
})

test('figureToSvg should leave long labels whole, and tell when type becomes too small for that', async () => {
  const name = (length: number) => 'A network of many words '.repeat(9).slice(0, length).trim()
  const bars = (length: number, more: object = {}) =>
    drawn({
      data: {
        values: [
          { x: name(length), y: 1 },
          { x: 'b', y: 2 },
        ],
      },
      mark: 'bar',
      encoding: { y: { field: 'x', type: 'nominal', ...more }, x: encoding.y },
    })
  const short = await bars(24)
  assert.ok(short.svg.includes(`>${name(24)}<`))
  assert.deepEqual(short.warnings, [])
  const long = await bars(190)
  assert.ok(long.svg.includes(`>${name(190)}<`))
  assert.match(
    long.warnings.join(),
    /^its smallest type has \d\.\d pt in print, expected at least 7 pt: \d+ x \d+ px shrink to 536 x /,
  )
  // An author who sets a limit asks for the cut.
  assert.deepEqual((await bars(190, { axis: { labelLimit: 60 } })).warnings, [])
  const high = await drawn({ data: { values }, mark: 'bar', height: 2600, encoding })
  assert.match(high.warnings.join(), /^its smallest type has 2\.\d pt in print, .* shrink to \d+ x 850 px/)
  assert.deepEqual((await drawn({ data: { values }, mark: 'bar', width: 500, encoding })).warnings, [])
})

test('figureToSvg should tell of small type in a figure that is not scaled', async () => {
  const labels = async (fontSize: number, opacity = 1) =>
    drawn({
      data: { values: [{ x: 'a', y: 1 }] },
      mark: { type: 'text', fontSize, opacity },
      encoding: { text: { field: 'x' }, y: { field: 'y', type: 'quantitative' } },
    })
  const said = 'its smallest type has 6.0 pt in print, expected at least 7 pt. Set a larger fontSize'
  assert.deepEqual((await labels(8)).warnings, [said])
  assert.deepEqual((await labels(9.4)).warnings, [])
  // Nobody reads it.
  assert.deepEqual((await labels(8, 0)).warnings, [])
})

test('figureToSvg should tell of names that an axis leaves out, not of numbers', async () => {
  const bars = (rows: readonly object[], axis: object = {}) =>
    drawn({
      data: { values: rows },
      mark: 'bar',
      encoding: { x: { field: 'x', type: 'nominal', axis }, y: encoding.y },
    })
  const names = ['a first name', 'a second name', 'a third name'].map((x, y) => ({ x, y }))
  assert.deepEqual((await bars(names)).warnings, [
    '1 of 3 labels of the x axis are left out, since they would overlap, expected all: a second name. Exchange x and y, make the figure wider, or set axis.labelAngle and axis.labelOverlap',
  ])
  assert.deepEqual((await bars(names, { labelOverlap: true })).warnings, [])
  const slanted = await bars(names, { labelAngle: -45, labelOverlap: false })
  assert.deepEqual(slanted.warnings, [])
  for (const { x } of names) assert.match(slanted.svg, new RegExp(`opacity="1">${x}<`))
  assert.deepEqual(
    (await bars(Array.from({ length: 20 }, (_, x) => ({ x: 1_000_000 + x, y: 1 })))).warnings,
    [],
  )
})

test('figureToSvg should go on after a figure that failed', async () => {
  const failed = draw({ mark: 'lin', data: { values }, encoding })
  const next = draw({ mark: 'point', data: { values }, encoding })
  await assert.rejects(failed)
  assert.match(await next, /^<svg/)
})

test('figureToSvg should leave the figure as it was', async () => {
  const made = figure({ mark: 'point', data: { values }, encoding }, { alt: 'A' })
  const before = structuredClone(made)
  await figureToSvg(made, 'x')
  assert.deepEqual(made, before)
  assert.deepEqual(Object.getOwnPropertySymbols(values[0]!), [])
})

test('figureToSvg should leave the time zone as it was', async () => {
  const before = process.env.TZ
  await draw({ mark: 'point', data: { values }, encoding })
  assert.equal(process.env.TZ, before)
})

test('figureToSvg should give the same bytes in any locale and time zone', { timeout: 60_000 }, async () => {
  const program = runnable(new URL('print-drawings.ts', import.meta.url))
  const here = await drawNumbersAndTimes()
  // Turkish has commas in its numbers and letters of its own. No other place is three quarters of an hour beside it.
  const there = { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }
  const args = [...runFlags, program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...there } })
  assert.ok(here.includes('<svg'))
  assert.equal(stdout, here)
})

test('figureToSvg should fit charts into the printed column', async () => {
  const metrics = { loss: [1234.5, 0.001], accuracy: [0.1, 0.99], f1: [0.2, 0.3] }
  const svg = await figureToSvg(
    learningCurve({ train: metrics, validation: metrics, test: metrics }, { alt: 'A' }),
    'x',
  )
  const width = Number(/ width="(\d+)"/.exec(svg)?.[1])
  assert.ok(width <= 624, `${width} px`)
})

test('figureToSvg should draw a specification of vega in the theme, with ids of its own', async () => {
  const marks = [
    {
      type: 'text',
      from: { data: 'rows' },
      encode: { enter: { x: { field: 'x' }, text: { field: 'c' } } },
      clip: true,
    },
  ]
  const spec = { width: 50, height: 20, data: [{ name: 'rows', values }], marks }
  const svg = await draw(spec)
  assert.match(svg, />a<\/text>.*>b<\/text>/)
  assert.match(svg, /font-family="'Source Sans 3', KaTeX_Main, KaTeX_AMS, sans-serif"/)
  assert.match(svg, /clip-path="url\(#fig-x-/)
  assert.match(await draw({ ...spec, config: { text: { font: 'serif' } } }), /font-family="serif"/)
  await assert.rejects(
    () => draw({ ...spec, data: [] }),
    /expected a vega-lite specification that draws, found: /,
  )
})
