import assert from 'node:assert/strict'
import test from 'node:test'
import { learningCurve } from '../../../src/render/charts/index.ts'
import { kindOf } from '../../../src/render/model/error-kind.ts'
import { markdown, table } from '../../../src/render/output/index.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'

const curve = learningCurve({ train: { loss: [1, 0.5] } }, { alt: 'Falls.' })
const rows = table([{ a: 1 }])

test('toOutputs should show nothing for undefined', () => {
  assert.deepEqual(toOutputs(undefined), [])
  assert.deepEqual(toOutputs([]), [])
})

test('toOutputs should pass outputs through, and lists of them', () => {
  assert.deepEqual(toOutputs(curve), [curve])
  assert.deepEqual(toOutputs([rows, markdown('m'), curve]), [rows, markdown('m'), curve])
})

test('toOutputs should leave out what does not belong to an output', () => {
  assert.deepEqual(toOutputs({ ...markdown('m'), more: () => 1 }), [markdown('m')])
})

test('toOutputs should print scalars', () => {
  const spread = { mean: 1, std: 0.1, n: 2, min: 0.9, max: 1.1 }
  assert.deepEqual(toOutputs(['a', 12_000, true, spread]), [
    { kind: 'scalar', text: 'a', raw: 'a' },
    { kind: 'scalar', text: '12,000', raw: 12_000 },
    { kind: 'scalar', text: 'yes', raw: true },
    { kind: 'scalar', text: '1.00\u00a0±\u00a00.10', raw: spread },
  ])
})

test('toOutputs should show an SVG as a figure, with the words that stand in it', () => {
  const figureOf = (svg: string) => toOutputs(svg)
  for (const [svg, alt] of [
    ['<svg width="1" height="1"><title>Bread &amp; butter</title></svg>', 'Bread & butter'],
    ['\n<!-- x --><svg aria-label="A square" viewBox="0 0 1 1"/>', 'A square'],
    ["<svg\n aria-label='Two'><title>One</title></svg>", 'Two'],
  ] as const)
    assert.deepEqual(figureOf(svg), [{ kind: 'figure', spec: { svg }, alt }])
  assert.deepEqual(figureOf('A text about <svg>'), [
    { kind: 'scalar', text: 'A text about <svg>', raw: 'A text about <svg>' },
  ])
  const mute = '<svg width="1" height="1"><g><title>Of a part</title></g></svg>'
  assert.throws(
    () => figureOf(mute),
    (error) => {
      assert.match(
        String(error),
        /^Error: default: Cannot make a figure of an SVG, expected a <title> or an aria-label in it/,
      )
      return kindOf(error) === 'no-alt'
    },
  )
})

test('toOutputs should name the path of what it refuses', () => {
  const cases: [unknown, string][] = [
    [Number.NaN, 'default: NaN'],
    [[1, Number.NaN], 'default[1]: NaN'],
    [null, 'default: expected a figure, table, prose, string, number or array of records, found null'],
    [
      [1, undefined],
      'default[1]: expected a figure, table, prose, string, number or array of records, found undefined',
    ],
    [
      ['x', { a: 1, b: 2 }],
      'default[1]: expected a figure, table, prose, string, number or array of records, found an object {a, b}',
    ],
    [
      [[1]],
      'default[0]: expected a figure, table, prose, string, number or array of records, found an array of 1',
    ],
    [
      () => 1,
      'default: expected a figure, table, prose, string, number or array of records, found a function',
    ],
    [
      { kind: 'chart' },
      'default: expected a figure, table, prose, string, number or array of records, found an object {kind}',
    ],
    [
      { ...curve, alt: '' },
      'default: Cannot make a figure, expected alt text that says what it shows, found none',
    ],
    [
      { kind: 'figure', alt: 'A' },
      'default: Cannot make a figure, expected a vega-lite specification at spec, found undefined',
    ],
    [
      { kind: 'table', columns: [{ key: 'a' }], rows: [] },
      'default: expected a table as table() makes it, found another object of that kind',
    ],
    [
      { kind: 'table', columns: rows.columns, rows: [{ a: { text: 1 } }] },
      'default: expected a table as table() makes it, found another object of that kind',
    ],
    [{ kind: 'prose' }, 'default.markdown: expected a string, found undefined'],
    [{ kind: 'scalar', text: 'x', raw: Number.NaN }, 'default.raw: NaN'],
  ]
  for (const [value, message] of cases) assert.throws(() => toOutputs(value), { message })
})

test('toOutputs should make a table of an array of records', () => {
  const csv = [
    { species: 'Adelie', mass: 3750 },
    { species: 'Gentoo', mass: 5000 },
  ]
  assert.deepEqual(toOutputs(csv), [table(csv)])
  assert.deepEqual(toOutputs([{ a: 1 }, { b: 2 }]), [table([{ a: 1 }, { b: 2 }])])
  assert.deepEqual(toOutputs(['Above:', csv, curve]), [toOutputs('Above:')[0], table(csv), curve])
  assert.deepEqual(toOutputs([{ kind: 'grass', a: 1 }]), [table([{ kind: 'grass', a: 1 }])])
  assert.throws(() => toOutputs([{ a: 1 }, { a: Number.NaN }]), {
    message:
      'default: Cannot print row 2, column "a": expected a string, number, boolean, null or Spread, found NaN',
  })
  assert.throws(() => toOutputs([{ a: undefined }]), {
    message: 'default: Cannot print row 1, column "a": undefined, expected a value, or null for a dash',
  })
  assert.throws(() => toOutputs([new Map([['a', 1]])]), {
    message: 'default: Cannot make a table, expected rows or columns, found none',
  })
  assert.throws(() => toOutputs([{ a: 1 }, curve]), {
    message:
      'default[0]: expected a figure, table, prose, string, number or array of records, found an object {a}',
  })
})

test('toOutputs should make a figure of a specification that says what it shows', () => {
  const bars = { data: { values: [{ a: 1 }] }, mark: 'bar', description: 'Bars' }
  const marks = {
    $schema: 'https://vega.github.io/schema/vega/v5.json',
    marks: [{ type: 'rect' }],
    description: 'M',
  }
  const [, ...both] = toOutputs(['Two:', bars, marks])
  assert.deepEqual(both, [
    { kind: 'figure', spec: bars, alt: 'Bars' },
    { kind: 'figure', spec: { marks: marks.marks, description: 'M' }, alt: 'M' },
  ])
  assert.deepEqual(toOutputs([marks, marks]), [both[1], both[1]])
  assert.deepEqual(toOutputs([{ mark: 5, data: 'a' }]), [table([{ mark: 5, data: 'a' }])])
  for (const [wrong, message] of [
    [{ ...bars, description: undefined }, /^Error: default: .*expected a description in it/],
    [new Uint8Array(3), /^Error: default: .*expected figure\(bytes, \{ alt \}\)/],
  ] as const)
    assert.throws(
      () => toOutputs(wrong),
      (error) => message.test(String(error)) && kindOf(error) === 'no-alt',
    )
  const far = {
    ...marks,
    data: [
      { name: 'a', values: [] },
      { name: 'b', url: 'b.csv' },
    ],
  }
  assert.throws(() => toOutputs(far), /found spec.data\[1\].url/)
})
