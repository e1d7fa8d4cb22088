import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Root } from 'hast'
import type { Cards } from '../../../../src/render/model/cards.ts'
import type { RenderedReport } from '../../../../src/render/model/types.ts'
import { layPages } from '../../../../src/render/page/lay-pages.ts'
import type { SplitFile } from '../../../../src/render/page/split/split-page.ts'
import { openBrowser } from '../../../../src/render/print/open-browser.ts'
import { violations } from '../client/axe.ts'
import { openPage } from '../client/open-page.ts'
import { element, renderedOf, text } from '../rendered-of.ts'

const link = (href: string, words: string) => element('a', { href }, [text(words)])
const value = (id: string) => element('span', { dataValue: id }, [text('7')])
const nodes = {
  LINKS: [element('p', { id: 'start' }, [link('#second', 'over'), link('#start', 'here'), value('a "b"')])],
}
const raw = '<p title="a > b"><a title="c > d" href="#%C3%BCber">raw</a></p>\n\n<span id="über"></span>'

const cards: Cards = {
  texts: ['source', 'behind', 'cell', 'place', 'other'],
  values: { 'a "b"': [0, 1, 1], elsewhere: [4, 4, 0] },
  outputs: { nowhere: 0 },
  grounds: [
    { cells: [[4, 4]], rows: [] },
    { cells: [[2, 3]], rows: [[0, 1]] },
  ],
}

async function splitOf(rendered: RenderedReport, isTrusted = true): Promise<readonly SplitFile[]> {
  const purge = (tree: Root) => tree
  const safety = isTrusted ? undefined : { purge, head: '<meta name="policy">', formulaEm: 50 }
  return (await layPages(rendered, { safety })).split(cards)
}

const report = (front: Partial<RenderedReport['front']> = {}) => {
  const rendered = renderedOf(
    [
      'The abstract.',
      '# First\n\nLINKS\n\n## Deep\n\nWords of moss.',
      `# Second\n\n${raw}\n\n## Deeper\n\n# Third`,
    ],
    { front: { split: 'chapters', ...front }, nodes },
  )
  for (const [index, name] of ['report', 'one', 'two'].entries())
    rendered.chapters[index]!.file.path = `report-src/${name}.md`
  return rendered
}

const textOf = (files: readonly SplitFile[], name: string) => files.find((file) => file.name === name)!.text

test('splitPages should make a page of each chapter, and links from page to page', async () => {
  const files = await splitOf(report())
  assert.deepEqual(
    files.map(({ name }) => name),
    ['index.html', 'one.html', 'two.html', 'search-index.js'],
  )
  const one = textOf(files, 'one.html')
  assert.match(one, /<title>First - Nets<\/title>/)
  assert.match(one, /<a href="two\.html#second">over<\/a><a href="#start">here<\/a>/)
  assert.doesNotMatch(one, /The abstract/)
  const two = textOf(files, 'two.html')
  assert.match(two, /<a title="c > d" href="#%C3%BCber">raw<\/a>/)
  assert.match(textOf(files, 'index.html'), /The abstract/)
  // Before and after it.
  assert.match(one, /<a href="index\.html" rel="prev">.*?Nets<\/span><\/a><a href="two\.html" rel="next">/)
  assert.doesNotMatch(two, /rel="next"/)
})

test('splitPages should put an abstract in a file of its own on the front page', async () => {
  const rendered = report()
  const [, first] = rendered.chapters
  const abstract = renderedOf(['In short.']).chapters[0]!
  abstract.file.path = 'report-src/short.md'
  abstract.file.data.isAbstract = true
  const chapters = [rendered.chapters[0]!, abstract, first!, rendered.chapters[2]!]
  const files = await splitOf({ ...rendered, chapters })
  assert.deepEqual(
    files.map(({ name }) => name),
    ['index.html', 'one.html', 'two.html', 'search-index.js'],
  )
  const index = textOf(files, 'index.html')
  assert.match(index, /<p class="weft-label">Abstract<\/p><p>In short\.<\/p>/)
  assert.match(index, /The abstract/)
  assert.doesNotMatch(textOf(files, 'one.html'), /In short/)
})

test('splitPages should show all chapters and the sections of the page, with the present one marked', async () => {
  const entries = (html: string) =>
    [...html.matchAll(/<a href="([^"]*)"( aria-current="page")?><span class="weft-entry/g)].map(
      ([, href, current]) => `${href}${current ? '!' : ''}`,
    )
  const files = await splitOf(report())
  assert.deepEqual(entries(textOf(files, 'one.html')), [
    '#first!',
    '#deep',
    'two.html#second',
    'two.html#third',
  ])
  assert.deepEqual(entries(textOf(files, 'two.html')), ['one.html#first', '#second!', '#deeper', '#third'])
  const all = ['one.html#first', 'one.html#deep', 'two.html#second', 'two.html#deeper', 'two.html#third']
  assert.deepEqual(entries(textOf(files, 'index.html')), all)
  // What the report's own file says below its contents stays on the front page.
  const more = report({ contents: true })
  const [main, ...others] = more.chapters
  const { tree } = renderedOf(['Abstract.\n\n# Before\n\nMore.']).chapters[0]!
  const [front, first] = await splitOf({ ...more, chapters: [{ ...main!, tree }, ...others] })
  assert.match(front!.text, /More\./)
  assert.match(first!.text, /moss/)
  assert.doesNotMatch(first!.text, /More\./)
})

test('splitPages should say the words of the page in the language of each chapter', async () => {
  const rendered = report()
  const table = element('figure', { className: ['weft-table'], id: 'tbl-a' }, [])
  rendered.chapters[2]!.tree.children.push(table as never)
  rendered.chapters[2]!.file.data.lang = 'de'
  const files = await splitOf({
    ...rendered,
    tabled: [
      {
        id: 'tbl-a',
        table: { kind: 'table', columns: [{ key: 'a', title: 'a', format: {} }], rows: [{ a: 1 }] } as never,
      },
    ],
  })
  assert.match(textOf(files, 'two.html'), /aria-label="CSV-Datei der Daten zu tbl-a"/)
})

test('splitPages should give each page the cards of its own numbers', async () => {
  const files = await splitOf(report())
  const cardsIn = (name: string) =>
    JSON.parse(/class="weft-cards">([^<]*)</.exec(textOf(files, name))![1]!) as Cards
  assert.deepEqual(cardsIn('two.html'), { texts: [], values: {}, outputs: {}, grounds: [] })
  assert.deepEqual(cardsIn('one.html'), {
    texts: ['source', 'behind', 'cell', 'place'],
    values: { 'a "b"': [0, 1, 0] },
    outputs: {},
    grounds: [{ cells: [[2, 3]], rows: [[0, 1]] }],
  })
})

test('splitPages should write pages without scripts and without a search for a report that is not trusted', async () => {
  const files = await splitOf(report(), false)
  assert.deepEqual(
    files.map(({ name }) => name),
    ['index.html', 'one.html', 'two.html'],
  )
  for (const { text: html } of files) {
    assert.doesNotMatch(html, /<script|weft-search"/)
    assert.match(html, /<meta name="policy">/)
  }
})

test('splitPages should let a page that was opened as a file search through all pages', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-split-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const { name, text: html } of await splitOf(report())) writeFileSync(join(folder, name), html)
  const { browser, close } = await openBrowser()
  t.after(close)
  const { page, complaints } = await openPage(browser, join(folder, 'two.html'))
  const results = () =>
    page.$$eval('.weft-search li', (items) =>
      items.map((item) => [item.querySelector('a')?.getAttribute('href') ?? '', item.textContent ?? '']),
    )
  await page.keyboard.press('/')
  await page.keyboard.type('mos')
  await page.waitForSelector('.weft-search li')
  assert.deepEqual(await results(), [['one.html#deep', 'Deep FirstWords of moss.']])
  assert.deepEqual(await violations(page), [])
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'A')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('quitoes')
  await page.waitForFunction(() => document.querySelector('.weft-search li')?.textContent === 'Nothing found')
  await page.keyboard.press('Escape')
  assert.equal(await page.$eval('.weft-search ol', (list) => (list as HTMLElement).hidden), true)
  assert.deepEqual(complaints, [])
})
