import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { countSectionPages } from '../../../src/render/print/count-section-pages.ts'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { loadPage } from '../../../src/render/print/print.ts'
import { takeHeadingAttributes } from '../../../src/render/syntax/heading-attributes.ts'
import { renderedOf } from '../page/rendered-of.ts'
import { toPages } from '../page/to-pages.ts'

const box = (heightMm: number, marginMm = 0) =>
  `<div style="height:${heightMm}mm;margin-bottom:${marginMm}mm">x</div>`
// Of an A4 page with the margins of the house: 297 - 24 - 26.
const pageMm = 247

describe('countSectionPages', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function counted(body: string, rest = '') {
    const whole = renderedOf(['x', '# Part'])
    const { print } = await toPages(whole)
    const html = print.replace(/<h2 id="part">Part<\/h2>/, () => `${body}${rest}`)
    const { page } = await loadPage(html, browser.browser)
    try {
      return await countSectionPages(page)
    } finally {
      await page.close()
    }
  }

  const heading = '<h2 id="s" data-pages="1" style="height:20mm;margin:0">S</h2>'

  test('should count the pages of a section that fills one exactly, whatever space follows it', async () => {
    const [fits] = await counted(`${heading}${box(pageMm - 20, 30)}`, '<h2>Next</h2><p>y</p>')
    assert.deepEqual(fits, { id: 's', limit: 1, pages: 1 })
    const nested = `${heading}<section><div>${box(pageMm - 20, 30)}</div></section>`
    assert.equal((await counted(nested))[0]!.pages, 1)
  })

  test('should count one more for the line that runs over', async () => {
    const [over] = await counted(`${heading}${box(pageMm - 20)}<p>one line</p>`)
    assert.deepEqual(over, { id: 's', limit: 1, pages: 2 })
  })

  test('should count subsections, and nothing from the next heading of its level on', async () => {
    const [section] = await counted(`${heading}${box(100)}<h3>Sub</h3>${box(200)}`, `<h2>T</h2>${box(900)}`)
    assert.equal(section!.pages, 2)
    const [below] = await counted(
      `<h3 id="b" data-pages="2">B</h3>${box(100)}`,
      `<h2>T</h2>${box(900)}<h3>U</h3>${box(900)}`,
    )
    assert.deepEqual(below, { id: 'b', limit: 2, pages: 1 })
  })

  for (const [what, markup] of [
    ['figures', `<figure class="weft-figure">${box(900)}</figure>`],
    ['tables', `<div class="weft-scroll"><table><tr><td>${box(900)}</table></div>`],
    ['code of cells', `<div class="weft-cell weft-show">${box(900)}</div>`],
    ['the list of references', `<div id="refs" class="references">${box(900)}</div>`],
  ] as const) {
    test(`should not count ${what}`, async () => {
      const [section] = await counted(`${heading}${markup}<p>text</p>${markup}`)
      assert.equal(section!.pages, 1)
    })
  }

  test('should count its own footnotes, not those of others', async () => {
    const notes = `<section class="footnotes"><ol><li id="n1">${box(200)}<li id="n2">${box(900)}</ol></section>`
    const link = '<p><a data-footnote-ref href="#n1">1</a></p>'
    const [section] = await counted(`${heading}${link}${box(50)}`, notes)
    assert.equal(section!.pages, 2)
  })

  test('should draw formulas and text as the report does', async () => {
    const words = 'The deeper network reaches a well-known accuracy of its own kind. '.repeat(8)
    const text = Array.from({ length: 14 }, () => `${words}\n\n$$\n\\frac{a}{b}\n$$`).join('\n\n')
    const whole = renderedOf(['x', `# Part {pages=9}\n\n${text}`, '# Z'], {
      front: { title: 'Test', chapterbreak: 'page' },
    })
    takeHeadingAttributes(whole.chapters[1]!.tree.children[0] as never)
    const { page } = await loadPage((await toPages(whole)).print, browser.browser)
    const [section] = await countSectionPages(page)
    const total = Buffer.from(await page.pdf({ preferCSSPageSize: true }))
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)!.length
    await page.close()
    // The title page, the section, the chapter after it.
    assert.ok(section!.pages > 1)
    assert.deepEqual(section, { id: 'part', limit: 9, pages: total - 2 })
  })

  test('should count each of several sections, and leave the page as it was', async () => {
    const { print } = await toPages(renderedOf(['x', '# Part']))
    const one = `<h2 id="a" data-pages="1">A</h2>${box(300)}<h2 id="b" data-pages="3">B</h2>${box(100)}`
    const { page } = await loadPage(print.replace('</main>', `${one}</main>`), browser.browser)
    const before = await page.content()
    assert.deepEqual(await countSectionPages(page), [
      { id: 'a', limit: 1, pages: 2 },
      { id: 'b', limit: 3, pages: 1 },
    ])
    assert.equal((await page.content()).replaceAll(' style=""', ''), before)
    await page.close()
  })
})
