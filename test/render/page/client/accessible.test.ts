import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer-core'
import { toPages } from '../../../../src/render/page/to-pages.ts'
import { type OpenBrowser, openBrowser } from '../../../../src/render/print/open-browser.ts'
import { sampleReport } from '../sample-report.ts'
import { openPage } from './open-page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shipped = fileURLToPath(new URL('../../../../dist/report.html', import.meta.url))
const tool = fileURLToPath(new URL('../../../../lib/cli.js', import.meta.url))
const settings = [
  { scheme: 'light', widthPx: 1440 },
  { scheme: 'dark', widthPx: 1440 },
  { scheme: 'light', widthPx: 360 },
  { scheme: 'dark', widthPx: 360 },
] as const

async function violations(page: Page, excluded: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (exclude) => {
    const { run } = (globalThis as unknown as { axe: { run(context: object): Promise<AxeResults> } }).axe
    const { violations } = await run(exclude.length > 0 ? { exclude } : document)
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    )
  }, excluded)
}

async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  assert.ok(inner! <= outer!, `Unexpected width ${inner} px, expected at most ${outer} px`)
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

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

  const isNew = existsSync(shipped) && statSync(shipped).mtimeMs > statSync(tool).mtimeMs
  const skip = isNew ? false : 'dist/report.html is not built by the tool as it is'
  test('should have no violation in the report that was built last', { skip }, async () => {
    const { page } = await openPage(state.opened!.browser, shipped, { widthPx: 1440 })
    // Formulas, rows of data and tokens are thousands, all alike, and looked at in the sample.
    assert.deepEqual(await violations(page, ['.katex', '.weft-rows', 'svg', 'pre']), [])
    await page.close()
  })
  test('should fit a phone in the report that was built last', { skip }, async () => {
    const { page } = await openPage(state.opened!.browser, shipped, { widthPx: 360 })
    await assertFits(page)
    await page.close()
  })
})
