import assert from 'node:assert/strict'
import test from 'node:test'
import { encodePng } from '../../../src/render/charts/png.ts'
import { kindOf } from '../../../src/render/model/error-kind.ts'
import { fromLibraries } from '../../../src/render/output/from-libraries.ts'
import { figure, markdown } from '../../../src/render/output/index.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'

const named = '<svg width="1" height="1"><title>A dot</title></svg>'
const mute = '<svg width="1" height="1"/>'
const png = encodePng({ width: 1, height: 1, pixels: new Uint8Array(1) })
const chart = { mark: 'bar', data: { values: [{ a: 1 }] } }
const display = (bundle: unknown) => ({ [Symbol.for('Jupyter.display')]: async () => bundle })

test('fromLibraries should give other values back as they are', async () => {
  const rows = [{ a: 1 }, { toSvg: 'a column' }]
  for (const value of [undefined, 1, 'a', rows, null, { kind: 'prose' }])
    assert.equal(await fromLibraries(value), value)
})

test('fromLibraries should show what draws itself', async () => {
  const shown = toOutputs(await fromLibraries([{ toSvg: () => named }, { toSVG: async () => named }, 'text']))
  assert.deepEqual(
    shown.map((one) => (one.kind === 'figure' ? one.alt : one.kind)),
    ['A dot', 'A dot', 'scalar'],
  )
})

test('fromLibraries should show the best of what a notebook would', async () => {
  const cases: [object, unknown][] = [
    [{ 'image/svg+xml': named, 'text/html': '<b>' }, figure(named, { alt: 'A dot' })],
    [{ 'image/svg+xml': mute, 'text/plain': 'One dot' }, figure(mute, { alt: 'One dot' })],
    [{ 'image/png': png.toString('base64'), 'text/plain': 'One dot' }, figure(png, { alt: 'One dot' })],
    [{ 'image/png': new Uint8Array(png), 'text/plain': 'One dot' }, figure(png, { alt: 'One dot' })],
    [
      { 'application/vnd.vegalite.v5+json': { ...chart, description: 'A bar' }, 'image/svg+xml': mute },
      figure({ ...chart, description: 'A bar' }, { alt: 'A bar' }),
    ],
    [
      {
        'application/vnd.vegalite.v5+json': { ...chart, data: { url: 'cars.json' } },
        'image/svg+xml': named,
      },
      figure(named, { alt: 'A dot' }),
    ],
    [
      {
        'application/vnd.vegalite.v5+json': {
          ...chart,
          data: { format: { type: 'csv' }, url: 'cars.csv' },
        },
        'image/svg+xml': named,
      },
      figure(named, { alt: 'A dot' }),
    ],
    [
      {
        'application/vnd.vega.v5+json': { marks: [{}], data: [{ name: 'cars', url: 'cars.csv' }] },
        'image/svg+xml': named,
      },
      figure(named, { alt: 'A dot' }),
    ],
    [{ 'application/vnd.dataresource+json': { data: [{ a: 1 }] }, 'text/html': '<table>' }, [{ a: 1 }]],
    [{ 'text/markdown': '*so*', 'text/plain': 'so' }, markdown('*so*')],
    [{ 'text/html': '<i>so</i>', 'text/plain': 'so' }, 'so'],
  ]
  for (const [bundle, expected] of cases) assert.deepEqual(await fromLibraries(display(bundle)), expected)
})

test('fromLibraries should say what to give instead', async () => {
  const cases: [unknown, RegExp][] = [
    [display({ 'text/html': '<b>' }), /^Error: default: cannot show HTML.*give image\/svg\+xml/],
    [display({ 'video/mp4': '' }), /found video\/mp4/],
    [display({}), /from Jupyter.display, found nothing/],
    [display(5), /expected an object by media types from Jupyter.display, found 5/],
    [display({ 'image/png': 5, 'text/plain': 'A' }), /expected image\/png as base64 or bytes, found 5/],
    [
      [1, { toSvg: () => 'no drawing' }],
      /default\[1\]: expected the text of an SVG from toSvg\(\), found "no drawing"/,
    ],
  ]
  for (const [value, message] of cases) await assert.rejects(() => fromLibraries(value), message)
  for (const bundle of [
    { 'image/png': png, 'text/plain': '<Figure of 1 dot>' },
    { 'application/vnd.vega.v5+json': { ...chart } },
    { 'image/svg+xml': mute },
  ])
    await assert.rejects(
      () => fromLibraries(display(bundle)),
      (error) => kindOf(error) === 'no-alt',
    )
})
