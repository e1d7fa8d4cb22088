import assert from 'node:assert/strict'
import test from 'node:test'
import { assertViews } from '../../../../src/render/output/draw/assert-views.ts'

const data: { values: Record<string, number>[] } = { values: [{ epoch: 1 }, { epoch: 2, accuracy: 0.5 }] }

test('assertViews should name a field that no row has, and what it might have been', () => {
  assert.throws(() => assertViews({ data, mark: 'line', encoding: { y: { field: 'acuracy' } } }), {
    message: 'Cannot draw field "acuracy", expected one of epoch, accuracy: did you mean `accuracy`?',
  })
})

test('assertViews should look into layers, concatenations, facets, repetitions and lists', () => {
  const bad = { mark: 'line', encoding: { x: { field: 'nope' } } }
  const specs = [
    { data, layer: [bad] },
    { data, hconcat: [{ vconcat: [bad] }] },
    { data, encoding: { x: { field: 'nope' } }, layer: [{ mark: 'line' }] },
    { data, facet: { field: 'nope' }, spec: { mark: 'line' } },
    { data, facet: { row: { field: 'nope' } }, spec: { mark: 'line' } },
    {
      data,
      repeat: ['epoch', 'nope'],
      spec: { mark: 'line', encoding: { x: { field: { repeat: 'repeat' } } } },
    },
    { data, mark: 'line', encoding: { tooltip: [{ field: 'nope' }] } },
    {
      datasets: { runs: [{ epoch: 1 }] },
      data: { name: 'runs' },
      mark: 'line',
      encoding: { x: { field: 'nope' } },
    },
  ]
  for (const spec of specs)
    assert.throws(() => assertViews(spec as never), /Cannot draw field "nope", expected one of epoch/)
})

test('assertViews should know the fields that transforms make', () => {
  const unit = (field: string, transform: object) => ({
    data,
    transform: [transform],
    mark: 'line',
    encoding: { x: { field } },
  })
  const specs = [
    unit('sum', { aggregate: [{ op: 'sum', field: 'accuracy', as: 'sum' }], groupby: ['epoch'] }),
    unit('bin_end', { bin: true, field: 'epoch', as: ['bin', 'bin_end'] }),
    unit('value', { fold: ['epoch', 'accuracy'] }),
    unit('density', { density: 'accuracy' }),
    unit('anything', { pivot: 'epoch', value: 'accuracy' }),
    unit('name', { lookup: 'epoch', from: { data: { values: [] }, key: 'epoch', fields: ['name'] } }),
  ]
  for (const spec of specs) assertViews(spec as never)
})

test('assertViews should take paths, escapes and data of its own', () => {
  const values = [{ 'a.b': 1, c: { d: [1] } }]
  for (const field of ['a\\.b', 'c.d', 'c.d[0]', "c['d']"]) {
    assertViews({ data: { values }, mark: 'point', encoding: { x: { field } } })
  }
  assertViews({
    data,
    layer: [{ data: { values: [{ limit: 1 }] }, mark: 'rule', encoding: { y: { field: 'limit' } } }],
  })
  assertViews({ data: { values: [1, 2] }, mark: 'point', encoding: { x: { field: 'data' } } })
  assertViews({
    data: { sequence: { start: 0, stop: 5 } },
    mark: 'point',
    encoding: { x: { field: 'data' } },
  })
})

test('assertViews should say that there are no rows', () => {
  assert.throws(
    () => assertViews({ data: { values: [] }, mark: 'line', encoding: { x: { field: 'epoch' } } }),
    {
      message: 'Cannot draw field "epoch", expected rows in data.values, found none',
    },
  )
})

test('assertViews should name a mark that there is none of', () => {
  const message = /^Cannot draw mark "lin", expected one of arc, area, .*, trail: did you mean `line`\?$/
  assert.throws(() => assertViews({ data, mark: 'lin' }), { message })
  assert.throws(() => assertViews({ data, layer: [{ mark: { type: 'lin' } }] }), { message })
  assert.throws(() => assertViews({ data, mark: null }), {
    message: /^Cannot draw mark null, expected one of/,
  })
})

test('assertViews should name a type that there is none of', () => {
  assert.throws(
    () => assertViews({ data, mark: 'line', encoding: { x: { field: 'epoch', type: 'quantitatve' } } }),
    {
      message:
        'Cannot draw a field of type "quantitatve", expected one of quantitative, ordinal, nominal, temporal, geojson: did you mean `quantitative`?',
    },
  )
})
