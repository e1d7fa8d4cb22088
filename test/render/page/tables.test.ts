import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { withPosition } from '../../../src/render/model/element.ts'
import type { Table } from '../../../src/render/model/types.ts'
import { outputToMdast } from '../../../src/render/output/draw/to-mdast.ts'
import { table } from '../../../src/render/output/index.ts'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { foldText, pdfText } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { renderedOf, text } from './rendered-of.ts'
import { toPages } from './to-pages.ts'

/** What a semibold point may be off its place, in CSS pixels. */
const tolerancePx = 0.4
/** Of the printed page: 165 mm. */
const pagePx = 624

const place = { start: { line: 40, column: 1 }, end: { line: 44, column: 4 } }

async function renderedWith(output: Table) {
  const parseMarkdown = (markdown: string) => [{ type: 'paragraph' as const, children: [text(markdown)] }]
  const nodes = await outputToMdast(output, { id: 'tbl-x', parseMarkdown: parseMarkdown as never })
  return renderedOf(['TABLE'], { nodes: { TABLE: withPosition(nodes, place) } })
}

const of = (mean: number, std: number) => ({ mean, std, n: 3, min: mean - std, max: mean + std })
const numbers = table(
  [
    { name: 'one', share: of(0.964, 0.125), loss: of(0.2504, 0.0102), n: 1 },
    { name: 'two', share: of(0.9712, 0.005), loss: 0.25, n: 12_000 },
    { name: 'three', share: 0.08, loss: of(10.2, 0.2), n: null },
  ],
  { format: { share: 'percent' }, best: { share: 'max', loss: 'min' }, caption: 'C' },
)

describe('tables of the page', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function onPaper<T>(output: Table, look: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.browser.newPage()
    try {
      await page.setViewport({ width: pagePx, height: 900 })
      await page.emulateMediaType('print')
      await page.setContent((await toPages(await renderedWith(output))).print)
      await page.evaluate('document.fonts.ready.then(() => undefined)')
      return await look(page)
    } finally {
      await page.close()
    }
  }

  // Where each character stands in the cells of a column.
  const placesOf = (page: Page, column: number, character: string) =>
    page.evaluate(`[...document.querySelectorAll('tbody tr')].flatMap((row) => {
      const texts = document.createTreeWalker(row.children[${column}], NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const at = node.data.indexOf('${character}')
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        return [range.getBoundingClientRect().left]
      }
      return []
    })`) as Promise<number[]>

  test('should set points and ± of a column below each other, semibold or not', async () => {
    await onPaper(numbers, async (page) => {
      for (const [column, character, count] of [
        [1, '.', 3],
        [1, '±', 2],
        [2, '.', 3],
        [2, '±', 2],
      ] as const) {
        const places = await placesOf(page, column, character)
        assert.equal(places.length, count, `${character} of column ${column}`)
        const spread = Math.max(...places) - Math.min(...places)
        assert.ok(spread <= tolerancePx, `${character} of column ${column}: ${places}`)
      }
    })
  })

  test('should not set points below each other without the room left for it', async () => {
    await onPaper(numbers, async (page) => {
      await page.addStyleTag({ content: '.weft-pad{display:none}' })
      const places = await placesOf(page, 2, '.')
      assert.ok(Math.max(...places) - Math.min(...places) > 10, String(places))
    })
  })

  test('should print numbers as plain text, without what is only read aloud', async () => {
    const { print: html, screen } = await toPages(await renderedWith(numbers))
    assert.match(screen, / \(best\)/)
    const { pdf } = await print(html, browser, { date: new Date(0), title: 'Nets' })
    const printed = foldText((await pdfText(pdf)).join(' '))
    for (const row of [
      'one 96.4 ± 12.5 % 0.250 ± 0.010 1',
      'two 97.1 ± 0.5 % 0.250 12,000',
      'three 8.0 % 10.200 ± 0.200 –',
    ])
      assert.ok(printed.includes(row), `${row} in ${printed}`)
    assert.doesNotMatch(printed, /\(best\)/)
  })

  const keys = Array.from({ length: 11 }, (_, index) => `k${index}`)
  const wideTable = (title: string, value: unknown) =>
    table(
      ['configuration of the first row', 'second'].map((name) => ({
        name,
        ...Object.fromEntries(keys.map((key) => [key, value])),
      })),
      { columns: { name: 'Name', ...Object.fromEntries(keys.map((key) => [key, title])) } },
    )
  // The widths of table and page, and the words and numbers that are not on one line.
  const fit = (page: Page) =>
    page.evaluate(`(() => {
      const broken = []
      for (const cell of document.querySelectorAll('th, td'))
        for (const text of [...cell.childNodes].filter((node) => node.nodeType === 3))
          for (const word of text.data.matchAll(/[^ ]+/g)) {
            const range = document.createRange()
            range.setStart(text, word.index)
            range.setEnd(text, word.index + word[0].length)
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0])
          }
      const { left, right } = document.querySelector('table').getBoundingClientRect()
      return { left, right, broken, className: document.querySelector('table').className }
    })()`) as Promise<{ left: number; right: number; broken: string[]; className: string }>

  for (const [what, output, className] of [
    ['a few', numbers, ''],
    ['twelve of short numbers', wideTable('A', 1_307), 'weft-tight'],
    ['twelve of numbers below words', wideTable('Accuracy', 12_345.6), 'weft-tiny'],
    ['twelve of Spreads', wideTable('Validation', of(0.9, 0.012)), 'weft-least'],
  ] as const) {
    test(`should fit columns on paper without breaking a word or a number: ${what}`, async () => {
      const { left, right, broken, className: found } = await onPaper(output, fit)
      assert.deepEqual(broken, [])
      assert.ok(left >= -0.5 && right <= pagePx + 0.5, `from ${left} to ${right} px`)
      assert.equal(found, className)
    })
  }

  test('should warn of a table that no type makes narrow enough, at its place, and of no other', async () => {
    const said = async (output: Table) => {
      const rendered = await renderedWith(output)
      await toPages(rendered)
      return rendered.chapters[0]!.file.messages.map(
        ({ line, ruleId, reason }) => `${line} ${ruleId} ${reason}`,
      )
    }
    assert.deepEqual(await said(wideTable('Validation', of(0.9, 0.012))), [])
    assert.deepEqual(await said(table([{ a: 'some words '.repeat(40), b: 'others '.repeat(40) }])), [])
    const [only, ...more] = await said(wideTable('Validation', of(1234.5678, 0.0012)))
    assert.match(
      only!,
      /^40 output-renders Cannot print a table of 12 columns whole, in the smallest type it is 1\.\d times as wide as a page/,
    )
    assert.deepEqual(more, [])
  })

  test('should break a word only where it is longer than any heading', async () => {
    const long = 'a'.repeat(200)
    const output = table([{ name: long, n: 1 }])
    const { left, right, broken } = await onPaper(output, fit)
    assert.deepEqual(broken, [long])
    assert.ok(left >= -0.5 && right <= pagePx + 0.5, `from ${left} to ${right} px`)
  })

  // The pages of a print on which a row stands, after so many lines of text.
  async function pagesOf(rows: number, lines: number): Promise<string[]> {
    const output = table(
      Array.from({ length: rows }, (_, n) => ({ row: `row ${n + 1}.`, n })),
      { columns: { row: 'Heading', n: 'N' } },
    )
    const nodes = (await renderedWith(output)).chapters[0]!.tree.children
    const above = Array.from({ length: lines }, (_, line) => `Line ${line}.`).join('\n\n')
    const { print: html } = await toPages(renderedOf(['x', `${above}\n\nTABLE`], { nodes: { TABLE: nodes } }))
    const { pdf } = await print(html, browser, { date: new Date(0), title: 'Nets' })
    return (await pdfText(pdf)).filter((page) => page.includes('row '))
  }

  test('should repeat the heading of a table that is longer than a page', async () => {
    const pages = await pagesOf(90, 20)
    assert.ok(pages.length >= 2, `${pages.length} pages`)
    for (const page of pages) assert.match(page, /Heading[\s\S]*row \d+\.[\s\S]*row \d+\./)
  })

  test('should keep a short table on one page', async () => {
    const [page, ...more] = await pagesOf(20, 22)
    assert.deepEqual(more, [])
    assert.doesNotMatch(page!, /Line 0\./)
  })
})
