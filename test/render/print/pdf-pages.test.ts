import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { pagesWithText } from '../../../src/render/print/pdf-pages.ts'

describe('pagesWithText', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function pagesOf(pages: readonly string[]) {
    const page = await browser.browser.newPage()
    await page.setContent(pages.map((one) => `<div style="break-after:page">${one}</div>`).join(''))
    const pdf = await page.pdf({ tagged: true })
    await page.close()
    return pagesWithText(pdf).slice(0, pages.length)
  }

  test('should tell pages that show glyphs from those that only draw, or are blank', async () => {
    const drawing = '<svg width="9" height="9"><rect width="9" height="9"/></svg>'
    assert.deepEqual(
      await pagesOf(['a word', drawing, 'a&nbsp;&nbsp;', '<svg><text y="9">word</text></svg>']),
      [true, false, false, true],
    )
  })

  test('should say nothing of what is no PDF as Chromium writes it', () => {
    assert.deepEqual(pagesWithText(new TextEncoder().encode('%PDF-1.4')), [])
  })
})
