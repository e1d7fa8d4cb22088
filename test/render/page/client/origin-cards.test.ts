import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'puppeteer-core'
import type { Cards } from '../../../../src/render/model/cards.ts'
import { element, renderedOf, text } from '../rendered-of.ts'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'
import { violationsLightAndDark } from './axe.ts'
import { pageOfTests } from './open-page.ts'

const attack = '</script><img src=x onerror=alert(1)>'
const one = '[data-value="x.md/a/v-1"]'
const odd = 'x y"<&>.md/ü/v-1~2'
const cards: Cards = {
  texts: [
    'percent(a.b)',
    '0.91234',
    'a',
    'Jobs',
    'train (src/train.ts): 2 jobs, seeds 1, 2',
    attack,
    'x.md:3',
  ],
  values: { 'x.md/a/v-1': [0, 1, 0], [odd]: [5, 5, 1] },
  outputs: { 'tbl-rows': 1 },
  grounds: [
    { cells: [[2, 6]], rows: [[3, 4]] },
    { cells: [[5, 6]], rows: [[3, 5]] },
  ],
}
const value = (id: string, shown: string) =>
  element('span', { className: 'weft-value', dataValue: id }, [text(shown)])
const paragraph = {
  type: 'paragraph',
  children: [
    ...[text('It is '), value('x.md/a/v-1', '91.2 %'), text(' or '), value(odd, '2')],
    ...[text(' or '), value('constructor', '3')],
  ],
}
const code = {
  type: 'code',
  lang: 'ts',
  value: 'export const a = 1',
  data: { hProperties: { id: 'cell-a' } },
}

describe('the card of where a number comes from', () => {
  const shown = (page: Page) =>
    page.$eval('.weft-card', (card) => ((card as HTMLElement).hidden ? '' : (card as HTMLElement).innerText))
  const until = (page: Page, isShown: boolean) =>
    page.waitForSelector('.weft-card', { visible: isShown, hidden: !isShown, timeout: 20_000 })

  const { open, path } = pageOfTests(async () => {
    const small = renderedOf(['# One\n\nP\n\nC'], { nodes: { P: [paragraph], C: [code] } })
    const sample = await sampleReport()
    const rendered = {
      ...small,
      ...{ drawn: sample.drawn, tabled: sample.tabled },
      chapters: [...small.chapters, ...sample.chapters],
      cards,
    }
    return (await toPages(rendered)).screen
  })

  test('should tell expression, number, cell and jobs of a value that is pointed at, and go when the pointer does', async () => {
    const { page, requests, complaints } = await open()
    await page.hover(one)
    await until(page, true)
    assert.equal(
      (await shown(page)).replace(/\s+/g, ' '),
      'percent(a.b) 0.91234 Cell a Jobs train (src/train.ts): 2 jobs, seeds 1, 2',
    )
    assert.equal(await page.$eval('.weft-card a', (link) => link.getAttribute('href')), '#cell-a')
    await page.hover('.weft-card a')
    await page.mouse.move(2, 2)
    await until(page, false)
    assert.deepEqual([requests, complaints], [[`file://${path}`], []])
    await page.close()
  })

  test('should show text as text, and where code lies that the page does not have', async () => {
    const { page, complaints } = await open()
    await page.click(`[data-value="${odd.replace('"', '\\"')}"]`)
    assert.ok((await shown(page)).includes(`${attack} (x.md:3)`))
    assert.equal((await page.$$('.weft-card img')).length, 0)
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should tell of the cell of a table where an entry is pointed at, and nothing of what it does not know', async () => {
    const { page } = await open()
    await page.click('#tbl-rows tbody td')
    assert.match(await shown(page), /^Cell/)
    await page.click('[data-value="constructor"]')
    assert.equal(await shown(page), '')
    await page.close()
  })

  test('should stay when pressed until Escape, another press or a press beside it', async () => {
    const { page } = await open()
    const press = () => page.click(one)
    for (const leave of [() => page.keyboard.press('Escape'), press, () => page.click('h1')]) {
      await press()
      assert.notEqual(await shown(page), '')
      await leave()
      assert.equal(await shown(page), '', String(leave))
      // The pointer came to the number a moment ago, and would open the card now.
      await new Promise((resume) => setTimeout(resume, 300))
      assert.equal(await shown(page), '', `a moment after ${leave}`)
    }
    await page.close()
  })

  test('should be reached by keys from one button, arrow by arrow, without a tab stop a number', async () => {
    const { page } = await open()
    const focused = () =>
      page.evaluate(
        () => (document.activeElement as HTMLElement).dataset.value ?? document.activeElement!.tagName,
      )
    assert.equal((await page.$$('[data-value][tabindex]')).length, 0)
    await page.focus('.weft-origins')
    await page.keyboard.press('Enter')
    assert.equal(await focused(), 'x.md/a/v-1')
    assert.match(await shown(page), /^percent/)
    assert.equal(await page.$eval(one, (shown) => shown.getAttribute('aria-describedby')), 'weft-card')
    await page.keyboard.press('ArrowRight')
    assert.equal(await focused(), odd)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    assert.equal(await focused(), 'x.md/a/v-1', 'the first stays the first')
    await page.keyboard.press('Enter')
    assert.equal(await focused(), 'A', 'into the card')
    await page.keyboard.press('Escape')
    assert.deepEqual([await focused(), await shown(page)], ['BUTTON', ''])
    assert.equal((await page.$$('[data-value][tabindex]')).length, 0)
    await page.close()
  })

  test('should have no violation by axe, light or dark', async () => {
    const { page } = await open()
    await page.focus('.weft-origins')
    await page.keyboard.press('Enter')
    const found = await violationsLightAndDark(page)
    assert.notEqual(await shown(page), '')
    assert.deepEqual(found, [])
    await page.close()
  })

  test('should lie within a narrow screen, and not in print', async () => {
    const { page } = await open({ widthPx: 360, scheme: 'dark' })
    await page.click(one)
    const box = await page.$eval('.weft-card', (card) => {
      const { left, right, width } = card.getBoundingClientRect()
      return { left, right, width, page: document.documentElement.scrollWidth }
    })
    assert.ok(box.left >= 0 && box.right <= 360 && box.width > 100 && box.page <= 360, JSON.stringify(box))
    await page.emulateMediaType('print')
    assert.equal(await page.$eval('.weft-card', (card) => getComputedStyle(card).display), 'none')
    await page.close()
  })
})
