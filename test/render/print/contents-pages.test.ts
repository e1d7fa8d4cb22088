import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { pageNumbers } from '../../../src/render/print/pdf-pages.ts'
import { foldText, pdfPages } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { renderedOf } from '../page/rendered-of.ts'
import { toPages } from '../page/to-pages.ts'

const options = { date: new Date('2026-11-30T00:00:00Z'), title: 'Nets' }
const words = 'The deeper network reaches an accuracy of its own kind in every case that was tried. '

/** A report of chapters of so many paragraphs, each with a section at its end. */
function reportOf(lengths: readonly number[]): string[] {
  const chapters = lengths.map((length, index) => {
    const text = Array.from({ length }, () => words.repeat(6)).join('\n\n')
    return `# Chapter ${index + 1}\n\n${text}\n\n## Section é ${index + 1}\n\n${words}`
  })
  return ['In short.', ...chapters]
}

describe('a print with contents', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function printed(chapters: readonly string[], depth?: number) {
    const front = {
      ...{ contents: true, chapterbreak: 'page' as const },
      ...(depth === undefined ? {} : { contentsDepth: depth }),
    }
    const { print: html } = await toPages(renderedOf(chapters, { front }))
    return print(html, browser, options)
  }

  test('should name the page on which each heading stands', async () => {
    const { pdf } = await printed(reportOf([3, 30, 12]))
    const pages = (await pdfPages(pdf)).map(({ body }) => foldText(body))
    assert.match(pages[0]!, /^Nets In short\.$/)
    const titles = [1, 2, 3].flatMap((number) => [`Chapter ${number}`, `Section é ${number}`])
    for (const title of titles) {
      const stands = pages.findIndex((page, index) => index > 1 && page.includes(title)) + 1
      assert.ok(stands > 2, title)
      assert.match(pages[1]!, new RegExp(`${title} ${stands}(?!\\d)`))
    }
  })

  test('should name pages right where the contents themselves run over pages', async () => {
    const sections = Array.from({ length: 190 }, (_, index) => `## Part ${index + 1} of it\n\n${words}`)
    const { pdf } = await printed(['In short.', `# Only\n\n${sections.join('\n\n')}`], 2)
    const pages = (await pdfPages(pdf)).map(({ body }) => foldText(body))
    const first = pages.findIndex((page) => page.startsWith('Only '))
    assert.ok(first > 2, `${first}`)
    const contents = pages.slice(1, first).join(' ')
    const stands = pages.findIndex((page, index) => index >= first && page.includes('Part 190 of it')) + 1
    assert.match(contents, new RegExp(`Part 190 of it ${stands}$`))
    assert.match(contents, new RegExp(`Only ${first + 1} `))
  })

  test('should fill in the page of a reference that asks for it', async () => {
    const page = '<span class="weft-on-page">, p. <span class="weft-page"></span></span>'
    const text = Array.from({ length: 25 }, () => words.repeat(6)).join('\n\n')
    const near = `# Near\n\nSee <a class="weft-reference" href="#far">Section 2${page}</a> on it.\n\n${text}`
    const { pdf } = await printed(['In short.', near, `# Far\n\n${words}`])
    const pages = (await pdfPages(pdf)).map(({ body }) => foldText(body))
    const stands = pages.findIndex((one, index) => index > 1 && one.startsWith('Far ')) + 1
    assert.ok(stands > 3, `${stands}`)
    assert.match(pages.join(' '), new RegExp(`See Section 2, p\\. ${stands} on it\\.`))
  })

  test('should give the same bytes again', async () => {
    const [first, second] = [await printed(reportOf([2])), await printed(reportOf([2]))]
    assert.ok(Buffer.from(first.pdf).equals(second.pdf))
  })

  test('should have chapters stand at the top of their pages, and page numbers on all but the first', async () => {
    const { pdf } = await printed(reportOf([8, 2]))
    const margins = (await pdfPages(pdf)).map((page) => page.margins)
    const count = margins.length
    assert.deepEqual(
      margins.map((margin, index) => [
        index,
        margin.includes(`${index + 1} / ${count}`),
        margin.includes('Nets'),
      ]),
      margins.map((_, index) => [index, index > 0, index > 0]),
    )
    const chapters = margins.map((margin) => /Chapter \d/.exec(margin)?.[0])
    assert.deepEqual(chapters.slice(0, 2), [undefined, undefined])
    assert.deepEqual([...new Set(chapters.slice(2))], ['Chapter 1', 'Chapter 2'])
  })

  test('should refuse contents that name a place which the PDF does not have', async () => {
    const html =
      '<html lang="en"><title>Nets</title><p>Nets<a href="#gone">Gone<span class="weft-page"></span></a></p>'
    await assert.rejects(
      print(html, browser, options),
      /expected the place of `#gone` in the PDF, found none/,
    )
  })

  test('pageNumbers should read the places of ids of any characters', async () => {
    const page = await browser.browser.newPage()
    await page.setContent(
      `<a href="#${encodeURIComponent('é (x)')}">a</a><a href="#b">b</a>
      <p id="b" style="break-before:page">b</p><p id="é (x)" style="break-before:page">e</p>`,
    )
    const numbers = pageNumbers(await page.pdf())
    await page.close()
    assert.deepEqual([numbers.get('b'), numbers.get('é (x)')], [2, 3])
  })
})
