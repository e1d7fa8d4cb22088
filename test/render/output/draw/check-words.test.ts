import assert from 'node:assert/strict'
import test from 'node:test'
import { openWordCheck } from '../../../../src/render/output/draw/check-words.ts'

const check = openWordCheck()
const data = { values: [{ a: 1, mrak: 'a row may have members of any name' }] }
const reasonsOf = (spec: object) => check({ data, mark: 'bar', ...spec } as never).map(({ reason }) => reason)

test('openWordCheck should name each unknown word once, with its path and the nearest word', () => {
  const encoding = { x: { fild: 'a', type: 'quantitive' }, colr: { field: 'a' } }
  assert.deepEqual(check({ data, mark: 'bra', encoding, widht: 300 }), [
    { reason: 'found "bra" at spec.mark: did you mean `bar`?', word: 'bra' },
    { reason: 'found `fild` in spec.encoding.x: did you mean `field`?', word: 'fild' },
    {
      reason: 'found "quantitive" at spec.encoding.x.type: did you mean `quantitative`?',
      word: 'quantitive',
    },
    { reason: 'found `colr` in spec.encoding: did you mean `color`?', word: 'colr' },
    { reason: 'found `widht` in spec: did you mean `width`?', word: 'widht' },
  ])
})

test('openWordCheck should look into every part of a specification', () => {
  const cases: [object, string][] = [
    [{ mark: { type: 'lin' } }, 'found "lin" at spec.mark.type: did you mean `line`?'],
    [
      { mark: { type: 'line', strokWidth: 2 } },
      'found `strokWidth` in spec.mark: did you mean `strokeWidth`?',
    ],
    [{ layer: [{ mark: 'piont' }] }, 'found "piont" at spec.layer[0].mark: did you mean `point`?'],
    [
      { encoding: { x: { axis: { orient: 'lef' } } } },
      'found "lef" at spec.encoding.x.axis.orient: did you mean `left`?',
    ],
    [
      { encoding: { x: { scale: { typ: 'log' } } } },
      'found `typ` in spec.encoding.x.scale: did you mean `type`?',
    ],
    [
      { encoding: { x: { scale: { type: 'lgo' } } } },
      'found "lgo" at spec.encoding.x.scale.type: did you mean `log`?',
    ],
    [
      { encoding: { y: { aggregate: 'meen' } } },
      'found "meen" at spec.encoding.y.aggregate: did you mean `mean`?',
    ],
    [
      { encoding: { y: { stack: 'normalise' } } },
      'found "normalise" at spec.encoding.y.stack: did you mean `normalize`?',
    ],
    [
      { encoding: { x: { timeUnit: 'yearmnth' } } },
      'found "yearmnth" at spec.encoding.x.timeUnit: did you mean `yearmonth`?',
    ],
    [
      { encoding: { color: { scale: { scheme: 'vridis' } } } },
      'found "vridis" at spec.encoding.color.scale.scheme: did you mean `viridis`?',
    ],
    [{ transform: [{ filtr: 'datum.a > 1' }] }, 'found `filtr` in spec.transform[0]: did you mean `filter`?'],
    [
      { transform: [{ aggregate: [{ op: 'sm', as: 'b' }] }] },
      'found "sm" at spec.transform[0].aggregate[0].op: did you mean `sum`?',
    ],
    [{ config: { axs: {} } }, 'found `axs` in spec.config: did you mean `axis`?'],
    [
      { params: [{ name: 'p', select: 'intervl' }] },
      'found "intervl" at spec.params[0].select: did you mean `interval`?',
    ],
    [
      { resolve: { scale: { x: 'independant' } } },
      'found "independant" at spec.resolve.scale.x: did you mean `independent`?',
    ],
  ]
  for (const [spec, reason] of cases) assert.deepEqual(reasonsOf(spec), [reason])
  assert.match(
    reasonsOf({ mark: 'pyramid' })[0]!,
    /^found "pyramid" at spec.mark, expected one of (\w+, ){11}\w+ and \d+ more$/,
  )
})

test('openWordCheck should let pass what vega-lite knows', () => {
  const specs = [
    { mark: 'boxplot', encoding: { y: { field: 'anything', title: ['two', 'lines'] } } },
    { mark: { type: 'point', shape: 'M0,0L1,1Z', color: 'rebeccapurple', tooltip: { content: 'data' } } },
    {
      encoding: { x: { field: 'a', bin: { maxbins: 5 }, axis: { labelExpr: 'datum.value', format: '.2f' } } },
    },
    { encoding: { x: { field: 'a', axis: { values: { expr: '[1, 2]' }, labelAngle: { signal: 'x' } } } } },
    { data: { values: 'a,b\n1,2', format: { type: 'csv' } } },
    { datasets: { d: [{ whatever: 1 }] }, usermeta: { any: { thing: 1 } }, name: 'x', description: 'y' },
    { params: [{ name: 'p', value: { any: 1 }, bind: { input: 'range', min: 0 } }] },
    { transform: [{ filter: { and: [{ field: 'a', gt: 1 }, { not: 'datum.a' }] } }] },
    // A name of before version 5, which vega-lite translates.
    {
      selection: { brush: { type: 'interval' } },
      encoding: { size: { condition: { selection: 'brush', value: 1 } } },
    },
  ]
  for (const spec of specs) assert.deepEqual(reasonsOf(spec), [])
})

test('openWordCheck should tell ten of many mistakes', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `c${index}`)
  const encoding = { x: { field: 'a', sort: names, scale: { domain: names } } }
  assert.deepEqual(reasonsOf({ encoding }), [])
  assert.equal(reasonsOf({ encoding, transform: names.map((name) => ({ [name]: 1 })) }).length, 10)
})

test('openWordCheck should name the place of a word that stands too deep', () => {
  const spec = { mark: 'bar', encoding: { x: { field: 'a', type: 'quantitative' } } }
  assert.deepEqual(
    check({ data, facet: { field: 'a', type: 'nominal', columns: 3 }, spec } as never).map(
      ({ reason }) => reason,
    ),
    ['found `columns` in spec.facet, expected it in spec, beside `facet`'],
  )
})
