import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../../src/render/print/open-browser.ts'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'
import { assertFits, violations } from './axe.ts'
import { openPage } from './open-page.ts'

const settings = [
  { scheme: 'light', widthPx: 1440 },
  { scheme: 'dark', widthPx: 1440 },
  { scheme: 'light', widthPx: 360 },
  { scheme: 'dark', widthPx: 360 },
] as const

describe('the page on a screen, by axe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-axe-'))
  const state: { opened?: OpenBrowser; html?: string } = {}
  before(async () => {
    const [opened, { screen }] = await Promise.all([
      openBrowser(),
      sampleReport().then((rendered) => toPages(rendered)),
    ])
    Object.assign(state, { opened, html: screen })
    writeFileSync(join(folder, 'sample.html'), screen)
  })
  after(async () => {
    await state.opened?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const { scheme, widthPx } of settings) {
    test(`should have no violation, ${scheme} and ${widthPx} px wide`, async () => {
      const { page } = await openPage(state.opened!.browser, join(folder, 'sample.html'), { scheme, widthPx })
      // Everything that unfolds is looked at too, and charts that are live.
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true
        document.querySelector('#fig-curve')?.scrollIntoView()
      })
      await page.waitForSelector('#fig-curve [data-live=yes], #fig-curve>[data-live=yes]')
      assert.deepEqual(await violations(page), [])
      await assertFits(page)
      await page.close()
    })
  }

  test('should catch what is wrong with a page', async () => {
    const wrong = state
      .html!.replace('</main>', '<p style="color:#aaa;background:#fff">pale</p><img src="data:,"></main>')
      .replace('<html lang="en">', '<html>')
    writeFileSync(join(folder, 'wrong.html'), wrong)
    const { page } = await openPage(state.opened!.browser, join(folder, 'wrong.html'))
    const found = (await violations(page)).map((one) => one.split(':')[0])
    for (const rule of ['color-contrast', 'image-alt', 'html-has-lang']) assert.ok(found.includes(rule), rule)
    await page.close()
  })
})
