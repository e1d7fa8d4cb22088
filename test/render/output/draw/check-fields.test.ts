import assert from 'node:assert/strict'
import test from 'node:test'
import { checkFields } from '../../../../src/render/output/draw/check-fields.ts'

const data: { values: Record<string, number>[] } = { values: [{ epoch: 1 }, { epoch: 2, accuracy: 0.5 }] }
const reasonsOf = (spec: object) => checkFields(spec as never).map(({ reason }) => reason)

test('checkFields should name a field that no row has, its path, and what it might have been', () => {
  assert.deepEqual(checkFields({ data, mark: 'line', encoding: { y: { field: 'acuracy' } } }), [
    {
      reason:
        'found field "acuracy" at spec.encoding.y, expected one of epoch, accuracy: did you mean `accuracy`?',
      word: 'acuracy',
    },
  ])
})

test('checkFields should look into layers, concatenations, facets, repetitions, lists and conditions', () => {
  const bad = { mark: 'line', encoding: { x: { field: 'nope' } } }
  const cases: [object, string][] = [
    [{ data, layer: [bad] }, 'spec.layer[0].encoding.x'],
    [{ data, hconcat: [{ vconcat: [{ mark: 'line' }, bad] }] }, 'spec.hconcat[0].vconcat[1].encoding.x'],
    [{ data, encoding: { x: { field: 'nope' } }, layer: [{ mark: 'line' }] }, 'spec.encoding.x'],
    [{ data, facet: { field: 'nope' }, spec: { mark: 'line' } }, 'spec.facet'],
    [{ data, facet: { row: { field: 'nope' } }, spec: { mark: 'line' } }, 'spec.facet.row'],
    [
      {
        data,
        repeat: ['epoch', 'nope'],
        spec: { mark: 'line', encoding: { x: { field: { repeat: 'repeat' } } } },
      },
      'spec.repeat[1]',
    ],
    [{ data, repeat: { row: ['nope'] }, spec: { mark: 'line' } }, 'spec.repeat.row[0]'],
    [{ data, facet: { field: 'epoch' }, spec: bad }, 'spec.spec.encoding.x'],
    [{ data, mark: 'line', encoding: { tooltip: [{ field: 'nope' }] } }, 'spec.encoding.tooltip[0]'],
    [
      { data, mark: 'line', encoding: { x: { field: 'epoch', sort: { field: 'nope' } } } },
      'spec.encoding.x.sort',
    ],
    [
      { data, mark: 'line', encoding: { color: { condition: [{ test: 'true', field: 'nope' }] } } },
      'spec.encoding.color.condition[0]',
    ],
    [{ datasets: { runs: [{ epoch: 1 }] }, data: { name: 'runs' }, ...bad }, 'spec.encoding.x'],
  ]
  for (const [spec, path] of cases)
    assert.match(
      reasonsOf(spec).join(),
      new RegExp(`^found field "nope" at ${path.replace(/[[\].]/g, '\\$&')}, expected one of epoch[^;]*$`),
    )
})

test('checkFields should name every wrong field, one that layers share only once', () => {
  const encoding = { x: { field: 'nope' }, y: { field: 'acc' } }
  assert.deepEqual(
    checkFields({ data, encoding, layer: [{ mark: 'line' }, { mark: 'point' }] }).map(({ word }) => word),
    ['nope', 'acc'],
  )
  const own = { mark: 'point', encoding: { x: { field: 'epoch' } } }
  assert.deepEqual(reasonsOf({ data, encoding: { x: { field: 'nope' } }, layer: [own] }), [])
})

test('checkFields should know the fields that transforms make, and their ends', () => {
  const unit = (field: string, transform: object) =>
    reasonsOf({ data, transform: [transform], mark: 'line', encoding: { x: { field } } })
  const made: [string, object][] = [
    ['sum', { aggregate: [{ op: 'sum', field: 'accuracy', as: 'sum' }], groupby: ['epoch'] }],
    ['end', { bin: true, field: 'epoch', as: ['start', 'end'] }],
    ['b', { bin: true, field: 'epoch', as: 'b' }],
    ['b_end', { bin: true, field: 'epoch', as: 'b' }],
    ['v_end', { stack: 'epoch', groupby: ['accuracy'], as: 'v' }],
    ['m_end', { timeUnit: 'yearmonth', field: 'epoch', as: 'm' }],
    ['value', { fold: ['epoch', 'accuracy'] }],
    ['density', { density: 'accuracy' }],
    ['anything', { pivot: 'epoch', value: 'accuracy' }],
    ['name', { lookup: 'epoch', from: { data: { values: [] }, key: 'epoch', fields: ['name'] } }],
  ]
  for (const [field, transform] of made) assert.deepEqual(unit(field, transform), [], field)
  const unmade: [string, object][] = [
    ['start_end', { bin: true, field: 'epoch', as: ['start', 'end'] }],
    ['c_end', { calculate: '1', as: 'c' }],
    ['b_ende', { bin: true, field: 'epoch', as: 'b' }],
  ]
  for (const [field, transform] of unmade) assert.equal(unit(field, transform).length, 1, field)
})

test('checkFields should take paths, escapes and data of its own', () => {
  const values = [{ 'a.b': 1, c: { d: [1] } }]
  const specs = [
    ...['a\\.b', 'c.d', 'c.d[0]', "c['d']"].map((field) => ({
      data: { values },
      mark: 'point',
      encoding: { x: { field } },
    })),
    {
      data,
      layer: [{ data: { values: [{ limit: 1 }] }, mark: 'rule', encoding: { y: { field: 'limit' } } }],
    },
    { data: { values: [1, 2] }, mark: 'point', encoding: { x: { field: 'data' } } },
    { data, mark: 'bar', encoding: { x: { aggregate: 'count', field: '*' } } },
    { data: { sequence: { start: 0, stop: 5 } }, mark: 'point', encoding: { x: { field: 'data' } } },
  ]
  for (const spec of specs) assert.deepEqual(reasonsOf(spec), [])
})

test('checkFields should say how to write a name that vega reads as a path', () => {
  const values = [{ 'a.b': 1, 'acc[%]': 2 }]
  assert.deepEqual(
    reasonsOf({ data: { values }, mark: 'point', encoding: { x: { field: 'a.b' }, y: { field: 'acc[%]' } } }),
    [
      'found field "a.b" at spec.encoding.x, a path to a part of "a", expected "a\\\\.b": a backslash before each such character',
      'found field "acc[%]" at spec.encoding.y, a path to a part of "acc", expected "acc\\\\[%\\\\]": a backslash before each such character',
    ],
  )
})

test('checkFields should expect nothing of data without rows', () => {
  const empty = { data: { values: [] }, mark: 'rule', encoding: { y: { field: 'limit' } } }
  assert.deepEqual(
    reasonsOf({ layer: [{ data, mark: 'line', encoding: { y: { field: 'accuracy' } } }, empty] }),
    [],
  )
})
