import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { measureBlanks } from '../../../bench/page-blanks/measure-blanks.ts'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { print } from '../../../src/render/print/print.ts'
import { isOfThird } from '../../turns.ts'
import { toPages } from '../page/to-pages.ts'
import { distancesIn } from './floated.ts'
import { randomReport } from './random-report.ts'

const options = { date: new Date('2026-11-29T00:00:00Z'), title: 'Nets', floats: true }
const seeds = Array.from({ length: 30 }, (_, index) => index + 1).filter(isOfThird)
const figures = 40

describe('40 figures of random sizes between random paragraphs', () => {
  let browser: OpenBrowser
  const far: number[] = []
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  for (const seed of seeds)
    it(`should keep their order, lose nothing and leave less than 8 % of the pages blank: seed ${seed}`, async () => {
      const { rendered } = randomReport(seed, figures)
      const { pdf } = await print((await toPages(rendered)).print, browser, options)
      const distances = await distancesIn(pdf, figures)
      far.push(distances.filter(({ figure, mention }) => Math.abs(figure - mention) > 1).length)
      assert.ok(distances.every(({ figure, mention }) => figure >= mention && figure <= mention + 3))
      const pages = (await measureBlanks(pdf)).slice(1, -1)
      const mean = pages.reduce((sum, { blank }) => sum + blank, 0) / pages.length
      assert.ok(mean < 0.08, `${(mean * 100).toFixed(1)} % blank`)
    })

  it('should have 95 % of them at most one page from their first mention', () => {
    assert.equal(far.length, seeds.length)
    const share = far.reduce((sum, count) => sum + count, 0) / (seeds.length * figures)
    assert.ok(share <= 0.05, `${(share * 100).toFixed(1)} % are further`)
  })
})
