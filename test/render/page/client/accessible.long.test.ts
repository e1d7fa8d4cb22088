import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type OpenBrowser, openBrowser } from '../../../../src/render/print/open-browser.ts'
import { assertFits, violations } from './axe.ts'
import { openPage } from './open-page.ts'

const shipped = fileURLToPath(new URL('../../../../dist/report.html', import.meta.url))
const tool = fileURLToPath(new URL('../../../../lib/cli.js', import.meta.url))
const isNew = existsSync(shipped) && statSync(shipped).mtimeMs > statSync(tool).mtimeMs
const skip = isNew ? false : 'dist/report.html is not built by the tool as it is'

describe('the report that was built last, by axe', { skip }, () => {
  const state: { opened?: OpenBrowser } = {}
  before(async () => {
    state.opened = await openBrowser()
  })
  after(() => state.opened?.close())

  test('should have no violation', async () => {
    const { page } = await openPage(state.opened!.browser, shipped, { widthPx: 1440 })
    // Formulas, rows of data and tokens are thousands, all alike, and looked at in the sample.
    assert.deepEqual(await violations(page, ['.katex', '.weft-rows', 'svg', 'pre']), [])
    await page.close()
  })

  test('should be small, and its text near for keys', async () => {
    const { page } = await openPage(state.opened!.browser, shipped, { widthPx: 1440 })
    const { nodes, stops } = await page.evaluate(() => {
      const first = document.querySelector('main p:not(.weft-head p,.weft-label)')!
      const isBefore = (one: Element) =>
        (first.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) > 0 || first.contains(one)
      const reached = [
        ...document.querySelectorAll<HTMLElement>('a[href],button,select,input,summary,[tabindex]'),
      ]
      return {
        nodes: document.querySelectorAll('*').length,
        stops: reached.filter((one) => one.tabIndex >= 0 && one.checkVisibility() && isBefore(one)).length,
      }
    })
    const { size } = statSync(shipped)
    assert.ok(size < 4_000_000, `${size} bytes`)
    assert.ok(nodes < 40_000, `${nodes} elements`)
    assert.ok(stops > 3 && stops <= 200, `${stops} tab stops`)
    await page.close()
  })

  test('should fit a phone', async () => {
    const { page } = await openPage(state.opened!.browser, shipped, { widthPx: 360 })
    await assertFits(page)
    await page.close()
  })
})
