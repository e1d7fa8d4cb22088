import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { planFloats } from '../../../src/render/print/place-floats.ts'
import { loadPage } from '../../../src/render/print/print.ts'
import { toPages } from '../page/to-pages.ts'
import { randomReport } from './random-report.ts'

type Lays = Record<string, readonly unknown[]>

describe('a plan of figures that remembers stretches', () => {
  let browser: OpenBrowser
  let html: string
  let earlier: { readonly plan: string; readonly lays: Lays }
  before(async () => {
    browser = await openBrowser()
    html = (await toPages(randomReport(3, 16).rendered)).print
    earlier = await plan(html)
  })
  after(() => browser.close())

  /** Plans with what is known of stretches, and gives the plan and what it used. */
  async function plan(text: string, known?: Lays): Promise<{ readonly plan: string; readonly lays: Lays }> {
    const memory = new Map<string, string>()
    const memorized = {
      get: (key: string) => (key.startsWith('lays ') && known ? JSON.stringify(known) : memory.get(key)),
      set: (key: string, value: string) => void memory.set(key, value),
    }
    const { page } = await loadPage(text, browser.browser)
    assert.ok(await planFloats(page, { memory: memorized, key: 'plan', style: '' }))
    await page.close()
    const lays = [...memory].find(([key]) => key.startsWith('lays '))![1]
    return { plan: memory.get('plan')!, lays: JSON.parse(lays) as Lays }
  }

  const paragraph = /<p>(?=[A-Z])/g
  /** Puts something before a paragraph, counted from the end if negative. */
  const putBefore = (index: number, markup: string) => (text: string) => {
    const all = [...text.matchAll(paragraph)]
    const { index: at } = all.at(index)!
    return `${text.slice(0, at)}${markup}${text.slice(at)}`
  }
  const filler = 'Many more words that were not in this report before. '.repeat(12)
  const edits: [string, (text: string) => string][] = [
    ['a word', (text) => text.replace(/ (?:seed|mean) /, ' networks that are wide and deep ')],
    ...[3, 7, 12, 16, 21, 26].map((index): [string, (text: string) => string] => [
      `the words of paragraph ${index}`,
      (text) => putBefore(index, '<p>')(text).replace('<p><p>', `<p>${filler}`),
    ]),
    ['a paragraph more in the first chapter', putBefore(6, `<p>${filler}</p>`)],
    ['a paragraph more in the last chapter', putBefore(-6, `<p>${filler}</p>`)],
    ['a heading more', putBefore(9, '<h3 id="more">More</h3>')],
    ['the height of a figure', (text) => text.replace(/height:\d+px;border/, 'height:577px;border')],
    ['a placement', (text) => text.replace('id="fig-5"', 'id="fig-5" data-placement="top"')],
    ['a style of a paragraph', (text) => text.replace(paragraph, '<p style="margin:90px 0">')],
    [
      'a class of a section',
      (text) => text.replace('class="weft-chapter', 'style="line-height:2" class="weft-chapter'),
    ],
    ['the element that is mentioned', (text) => text.replace('href="#fig-4"', 'href="#fig-3"')],
    ['the place of a mention', (text) => text.replace(/(<a href="#fig-9">[^<]*<\/a>)(.*?)(<\/p>)/, '$2$1$3')],
  ]
  for (const [what, edit] of edits)
    it(`should be the plan that is made from nothing after a change of ${what}`, async () => {
      const edited = edit(html)
      assert.notEqual(edited, html)
      const fresh = await plan(edited)
      const remembered = await plan(edited, earlier.lays)
      assert.equal(remembered.plan, fresh.plan)
      assert.deepEqual(remembered.lays, fresh.lays)
    })

  it('should let code break that it let break before', async () => {
    const code = `<pre><code>${'a line of code\n'.repeat(20)}</code></pre>`
    const withCode = [4, 8, 12, 16, 20, 24].reduce((text, index) => putBefore(index, code)(text), html)
    const { plan: first, lays } = await plan(withCode)
    assert.notDeepEqual((JSON.parse(first) as { readonly loose: number[] }).loose, [])
    assert.ok(Object.values(lays).some(([, , , , , loosened]) => (loosened as number[]).length > 0))
    assert.deepEqual(await plan(withCode, lays), { plan: first, lays })
    const edited = edits[0]![1](withCode)
    assert.deepEqual(await plan(edited, lays), await plan(edited))
  })

  it('should not lay out again what is known, but all that a rule or an edit has changed', async () => {
    const { plan: first, lays } = earlier
    // Where a figure stands in them shows where they come from.
    const marked = Object.fromEntries(
      Object.entries(lays).map(([name, [page, , ...rest]]) => [name, [page, 0, ...rest]]),
    )
    assert.notEqual((await plan(html, marked)).plan, first)
    const word = edits[0]![1](html)
    const after = (await plan(word)).lays
    const kept = Object.keys(after).filter((name) => name in lays).length
    assert.ok(kept > 0.5 * Object.keys(after).length, `${kept} of ${Object.keys(after).length}`)
    const same = await plan(html, lays)
    assert.deepEqual(same, { plan: first, lays })
  })
})
