import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'
import { assertFits, violations } from './axe.ts'
import { pageOfTests } from './open-page.ts'

const settings = [
  { scheme: 'light', widthPx: 1440 },
  { scheme: 'dark', widthPx: 1440 },
  { scheme: 'light', widthPx: 360 },
  { scheme: 'dark', widthPx: 360 },
] as const

describe('the page on a screen, by axe', () => {
  const { open, path } = pageOfTests(async () => (await toPages(await sampleReport())).screen)

  for (const { scheme, widthPx } of settings) {
    test(`should have no violation, ${scheme} and ${widthPx} px wide`, async () => {
      const { page } = await open({ scheme, widthPx })
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
    const wrong = readFileSync(path, 'utf8')
      .replace('</main>', '<p style="color:#aaa;background:#fff">pale</p><img src="data:,"></main>')
      .replace('<html lang="en">', '<html>')
    const { page } = await open({}, wrong)
    const found = (await violations(page)).map((one) => one.split(':')[0])
    for (const rule of ['color-contrast', 'image-alt', 'html-has-lang']) assert.ok(found.includes(rule), rule)
    await page.close()
  })
})
