import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { OpenBrowser } from '../../src/render/print/open-browser.ts'
import { openBrowser } from '../../src/render/print/open-browser.ts'
import { print } from '../../src/render/print/print.ts'
import type { Wanted } from './find-values.ts'
import { missingValues, wantedValues } from './find-values.ts'
import { projectOf } from './project.ts'

describe('the values of a report', () => {
  const project = projectOf({ after }, 'values')
  let wanted: Wanted[]
  let html: string
  let browser: OpenBrowser

  before(async () => {
    const { code, text } = await project.weft(['accept', 'report.md'])
    assert.equal(code, 0, text)
    wanted = wantedValues(project.path('report.md'))
    html = project.read('dist/report.html')
    browser = await openBrowser()
  })
  after(() => browser.close())

  it('should be wanted in paragraphs, lists, tables, footnotes, captions and headings', () => {
    assert.ok(wanted.length >= 50, `${wanted.length} values`)
    const contexts = wanted.map(({ context }) => context)
    for (const context of [
      'Results of 40 epochs',
      'Row 6 9 29.03 %',
      'A note on the 1.50 metres of paper tha',
      'cell has computed: 1,234,567.',
    ])
      assert.ok(contexts.includes(context), `${context} in\n${contexts.join('\n')}`)
  })

  it('should all be found in the PDF with the prose on both sides of them', async () => {
    assert.deepEqual(await missingValues(wanted, readFileSync(project.path('dist/report.pdf'))), [])
  })

  const mutations: Record<string, (element: string, text: string) => string> = {
    'is dropped': () => '',
    'is another': (element, text) =>
      element.replace(
        text,
        text.replace(/\d(?=\D*$)/, (digit) => `${9 - Number(digit)}`),
      ),
    'is not displayed': (element) => element.replace('<span ', '<span style="display:none" '),
    'is invisible': (element) => element.replace('<span ', '<span style="visibility:hidden" '),
    'is moved off the page': (element) =>
      element.replace('<span ', '<span style="position:absolute;left:-9999px" '),
    'is cut off': (element) =>
      element.replace('<span ', '<span style="display:inline-block;width:0;height:0;overflow:hidden" '),
    'has moved elsewhere': (element) =>
      element.replace('<span ', '<span style="position:relative;top:-40mm" '),
  }
  for (const [what, mutate] of Object.entries(mutations)) {
    it(`should be missed when one ${what}`, async () => {
      const element = /<span class="weft-value" data-value="\d+">60,000<\/span>/.exec(html)![0]
      assert.equal(html.split(element).length, 2)
      const mutated = html.replace(element, mutate(element, '60,000'))
      const { pdf } = await print(mutated, browser, { date: new Date(0), title: 'Values everywhere' })
      const missed = (await missingValues(wanted, pdf)).map(({ text }) => text)
      assert.ok(missed.includes('60,000'), `missed ${missed.join(', ') || 'none'}`)
      assert.ok(missed.length <= 3, `missed ${missed.join(', ')}`)
    })
  }
})
