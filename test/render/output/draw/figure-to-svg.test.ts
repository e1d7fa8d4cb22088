import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { imageGrid, learningCurve } from '../../../../src/render/charts/index.ts'
import { figureToSvg } from '../../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../../src/render/output/index.ts'

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
  const start = /^Cannot draw the figure, expected a vega-lite specification that draws, found: /
  const cases: [object, RegExp][] = [
    [{ mark: 'point', data: { values }, encoding: { ...encoding, xx: { field: 'x' } } }, /xx/],
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
      /no mark|Infinite extent/,
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

test('figureToSvg should name a field that no row has', async () => {
  const wrong = { ...encoding, y: { field: 'yy', type: 'quantitative' } }
  await assert.rejects(draw({ mark: 'point', data: { values }, encoding: wrong }), {
    message: 'Cannot draw field "yy", expected one of x, y, c: did you mean `y`?',
  })
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
  const program = fileURLToPath(new URL('print-drawings.ts', import.meta.url))
  const places = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
    { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ]
  const drawings: string[] = []
  for (const place of places) {
    const args = ['--conditions=source', '--import', 'tsx', program]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, ...place },
    })
    drawings.push(stdout)
  }
  assert.ok(drawings[0]!.includes('<svg'))
  assert.equal(drawings[1], drawings[0])
  assert.equal(drawings[2], drawings[0])
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
