import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Page } from 'puppeteer-core'
import { openPreviewBrowser } from '../../../../bench/preview-browser.ts'
import { markedPage } from '../../../../src/render/preview/preview-page.ts'
import type { Patch } from '../../../../src/render/preview/protocol.ts'
import { bundled } from './bundled.ts'

const rules = (...sheets: readonly string[]) => sheets.map((css) => `<style>\n${css}\n</style>`).join('')
const contents = (...titles: readonly string[]) =>
  `<div class="weft-navigation"><nav class="weft-contents">${titles.map((title) => `<a href="#s">${title}</a>`).join('')}</nav></div>`

const html = markedPage([
  '<!doctype html><head>',
  { id: 'running', html: rules('@page{margin:1cm}', 'p{color:rgb(1,2,3)}') },
  '</head><body>',
  { id: 'contents', html: contents('One') },
  '<main><section>',
  { id: 'c0-0', html: '<h2 id="s">One</h2>' },
  { id: 'c0-1', html: '<p>Words</p>' },
  '</section></main></body>',
])

describe('applyPatch', () => {
  let browser: Awaited<ReturnType<typeof openPreviewBrowser>>
  let page: Page
  let script: string
  before(async () => {
    ;[browser, script] = await Promise.all([
      openPreviewBrowser(),
      bundled(`import { applyPatch } from './apply-patch.ts'
import { findRuns } from './runs.ts'
import { permalinks } from '../../page/client/permalinks.ts'
permalinks()
globalThis.apply = (patch) => applyPatch(patch, findRuns([1, 2]))`),
    ])
    page = await browser.browser.newPage()
  })
  after(() => browser.close())
  beforeEach(async () => {
    await page.setContent(html)
    await page.evaluate(script)
  })

  const read = <Value>(code: string) => page.evaluate(code) as Promise<Value>
  const apply = async (part: Partial<Patch>) => {
    const patch: Patch = { from: 'a', to: 'b', runs: [], pieces: {}, programs: [], ...part }
    assert.equal(await read(`apply(${JSON.stringify(patch)})`), true)
  }
  const change = (run: number, text: string) =>
    apply({ runs: [{ run, hunks: [{ at: 0, removed: 1, added: [{ html: text, from: 0 }] }] }] })

  it('should put the rules of the page and of the report in the place of those before', async () => {
    const colour = () => read("getComputedStyle(document.querySelector('p')).color")
    const count = () => read("document.querySelectorAll('style').length")
    assert.deepEqual([await colour(), await count()], ['rgb(1, 2, 3)', 2])
    await apply({ pieces: { running: rules('@page{margin:2cm}', 'p{color:rgb(4,5,6)}') } })
    assert.deepEqual([await colour(), await count()], ['rgb(4, 5, 6)', 2])
    await apply({ pieces: { running: rules('@page{margin:2cm}') } })
    assert.deepEqual([await colour(), await count()], ['rgb(0, 0, 0)', 1])
  })

  it('should keep the element of the contents, with the id and the state that programs gave it', async () => {
    await read(`globalThis.panel = document.querySelector('.weft-navigation')
Object.assign(panel, { id: 'weft-navigation' }).toggleAttribute('data-open', true)`)
    await change(0, contents('One', 'Two'))
    assert.deepEqual(
      await read('[panel.isConnected, panel.id, panel.hasAttribute("data-open"), panel.textContent]'),
      [true, 'weft-navigation', true, 'OneTwo'],
    )
    assert.equal(await read('document.querySelectorAll(\'[id=""]\').length'), 0)
  })

  it('should leave the link of a heading to itself behind its words', async () => {
    const heading = () => read<string>("document.getElementById('s').textContent")
    assert.equal(await heading(), 'One#')
    await change(1, '<h2 id="s">One <code>and</code> all</h2>')
    await page.waitForFunction("document.getElementById('s').lastChild.className?.includes('weft-permalink')")
    assert.equal(await heading(), 'One and all#')
  })
})
