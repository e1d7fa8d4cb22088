import assert from 'node:assert/strict'
import test from 'node:test'
import { figure, markdown } from '../../../src/render/output/index.ts'

const spec = { mark: 'bar', data: { values: [{ data: { url: 'a row may say so' } }] } }

test('figure should be plain data', () => {
  assert.deepEqual(
    figure(
      { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', ...spec },
      { alt: 'A', caption: 'C' },
    ),
    {
      kind: 'figure',
      spec,
      alt: 'A',
      caption: 'C',
    },
  )
})

test('figure should ask for alt text', () => {
  const message = 'Cannot make a figure, expected alt text that says what it shows, found none'
  assert.throws(() => figure(spec, undefined as never), { message })
  assert.throws(() => figure(spec, { alt: '' }), { message })
  assert.throws(() => figure(spec, { alt: '  ' }), /found " {2}"/)
})

test('figure should refuse what is no specification', () => {
  const cases: [unknown, RegExp][] = [
    [null, /expected a vega-lite specification at spec, found null/],
    [[], /found an empty array/],
    [{ marks: [], width: 5 }, /expected one of mark, layer, .* in spec, found \{marks, width\}/],
    [{ ...spec, width: 'container' }, /expected CSS pixels in spec.width, found "container"/],
    [
      { layer: [{ mark: 'bar', data: { url: 'cars.json' } }] },
      /expected spec.layer\[0\].data.values, found spec.layer\[0\].data.url/,
    ],
    [{ mark: 'bar', data: { values: [{ x: 1 }, { x: Number.NaN }] } }, /spec.data.values\[1\].x: NaN/],
    [
      { mark: 'bar', data: { values: [{ x: new Date('no day') }] } },
      /spec.data.values\[0\].x: expected JSON, found an invalid Date/,
    ],
    [
      { mark: 'bar', data: { values: [{ x: new Map([[1, new Date(0)]]) }] } },
      /spec.data.values\[0\].x: expected JSON, found a Map/,
    ],
    [{ mark: 'bar', transform: [() => 1] }, /spec.transform\[0\]: expected JSON, found a function/],
  ]
  for (const [wrong, message] of cases) assert.throws(() => figure(wrong as object, { alt: 'A' }), message)
})

test('markdown should be plain data', () => {
  assert.deepEqual(markdown('*so*'), { kind: 'prose', markdown: '*so*' })
  assert.throws(() => markdown(5 as never), { message: 'Cannot make prose, expected Markdown, found 5' })
})

test('figure should take the text of an SVG, and nothing else that is text', () => {
  const svg = '<?xml version="1.0"?>\n<!-- Made by hand -->\n<svg width="5" height="5"/>'
  assert.deepEqual(figure(svg, { alt: 'A', caption: 'C' }), {
    kind: 'figure',
    spec: { svg },
    alt: 'A',
    caption: 'C',
  })
  for (const text of ['', 'bar', '<p>', 'An <svg>', '{"mark":"bar"}'])
    assert.throws(
      () => figure(text, { alt: 'A' }),
      /^Error: Cannot make a figure of text, expected an SVG or a vega-lite specification, found "/,
    )
})

test('figure should write dates as text that vega reads as the same dates', () => {
  const day = new Date('2026-03-31T12:00:00Z')
  const rows = [{ d: '2026-03-29' }, { d: day }]
  const made = figure({ mark: 'line', data: { values: rows }, datasets: { more: [day] } }, { alt: 'A' })
  assert.deepEqual(made.spec, {
    mark: 'line',
    data: { values: [{ d: '2026-03-29' }, { d: '2026-03-31T12:00:00.000Z' }] },
    datasets: { more: ['2026-03-31T12:00:00.000Z'] },
  })
  assert.equal(rows[1]!.d, day)
  const looped: Record<string, unknown> = { mark: 'bar' }
  looped.self = [looped, looped]
  assert.throws(() => figure(looped, { alt: 'A' }), /expected JSON, found a cycle/)
})
