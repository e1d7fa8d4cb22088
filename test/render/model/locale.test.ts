import assert from 'node:assert/strict'
import test from 'node:test'
import { inLanguage, localeOf } from '../../../src/render/model/locale.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../src/render/output/index.ts'

const values = [
  { day: new Date('2012-01-15'), n: 0.5 },
  { day: new Date('2012-12-15'), n: 1500.5 },
]
const chart = figure(
  {
    data: { values },
    mark: 'line',
    encoding: {
      x: { field: 'day', type: 'temporal', axis: { format: '%B %x' } },
      y: { field: 'n', type: 'quantitative', axis: { format: ',.1f' } },
    },
  },
  { alt: 'A' },
)

test('localeOf should give none for English and for a language that nobody knows', () => {
  for (const lang of ['en', 'en-GB', 'xx', 'not a tag']) assert.equal(localeOf(lang), undefined)
  assert.equal(inLanguage(chart, 'en'), chart)
})

test('the axes of a chart should be written in its language', async () => {
  const svg = await figureToSvg(inLanguage(chart, 'de'), 'fig-a')
  assert.match(svg, />1\.000,0</)
  assert.match(svg, />März 01\.03\.2012</)
  assert.match(await figureToSvg(chart, 'fig-a'), />1,000\.0</)
})

test('inLanguage should leave drawings, and a configuration that names a locale', () => {
  const drawing = figure('<svg width="1" height="1"/>', { alt: 'A' })
  assert.equal(inLanguage(drawing, 'de'), drawing)
  const locale = { number: { decimal: '·', thousands: '', grouping: [3], currency: ['', ''] } }
  const own = figure({ ...chart.spec, config: { locale } }, { alt: 'A' })
  assert.deepEqual((inLanguage(own, 'de').spec.config as { locale: unknown }).locale, locale)
})
