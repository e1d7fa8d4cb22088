import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { contrast } from '../../../../src/render/charts/colour.ts'
import type { Cards } from '../../../../src/render/model/cards.ts'
import { readClient } from '../../../../src/render/model/client-programs.ts'
import { dark, light } from '../../../../src/render/page/css.ts'
import { dressPage } from '../../../../src/render/preview/preview-page.ts'
import { element, renderedOf, text } from '../rendered-of.ts'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'
import { assertFits, violationsLightAndDark } from './axe.ts'
import { pageOfTests } from './open-page.ts'

const reference = (href: string, shown: string) =>
  element('a', { className: ['weft-reference'], href }, [text(shown)])
const value = element('span', { className: 'weft-value', dataValue: 'v-1' }, [text('91.2 %')])
const long = 'Words that fill a line, and more of them, until the paragraph has several lines. '.repeat(4)
const paragraph = {
  type: 'paragraph',
  children: [
    ...[
      text('As shown '),
      reference('#ref-adam', '[1]'),
      text(' and in '),
      reference('#fig-lines', 'Figure 2'),
    ],
    ...[text(', it is '), value, text(`. ${long}`)],
  ],
}
const list = element('ul', { className: ['weft-references'] }, [
  element('li', { id: 'ref-adam' }, [
    element('span', { className: ['weft-entry'] }, [text('D. P. Kingma and J. Ba. Adam.')]),
  ]),
])
const cards: Cards = {
  texts: ['percent(a)', '0.912', 'a', 'x.md:3'],
  values: { 'v-1': [0, 1, 0] },
  outputs: {},
  grounds: [{ cells: [[2, 3]], rows: [] }],
}

/** Where boxes are, to tell whether one covers another. */
const boxOf = (page: Page, selector: string) =>
  page.$eval(selector, (one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect()
    return { left, top, right, bottom }
  })
type Box = Awaited<ReturnType<typeof boxOf>>
const areApart = (a: Box, b: Box) =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

describe('the tools of a page', () => {
  const { open, path } = pageOfTests(async () => {
    const sample = await sampleReport()
    const front = {
      ...{ title: 'Nets & {more}', contents: true, date: '2026-11-30', keywords: ['one', 'two'] },
      author: [{ name: 'Ada Müller', affiliations: ['A lab'] }],
    }
    const markdown = [
      'The *abstract* of $x^2$.',
      '# First\n\nP\n\n## Below\n\nA word: zebrafish.\n\nP',
      '# Last\n\nL',
    ]
    const own = renderedOf(markdown, { front, nodes: { P: [paragraph], L: [list] } })
    const chapters = [...own.chapters.slice(0, 2), ...sample.chapters.slice(1), ...own.chapters.slice(2)]
    const rendered = { ...own, drawn: sample.drawn, tabled: sample.tabled, chapters, cards }
    return (await toPages(rendered)).screen
  })

  test('should find passages, lead to them, and close at Escape', async () => {
    const { page, requests, complaints } = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('zebraf')
    await page.waitForSelector('.weft-find li a')
    assert.match(await page.$eval('.weft-find li', (one) => one.textContent ?? ''), /^Below First.*zebrafish/)
    await page.keyboard.press('Enter')
    assert.equal(await focused(page), 'A word: zebrafish.')
    assert.equal(await page.$eval('.weft-find', (one) => (one as HTMLElement).hidden), true)
    await page.keyboard.press('/')
    await page.keyboard.type('nowhere')
    await page.waitForFunction(() => document.querySelector('.weft-find li')?.textContent === 'Nothing found')
    await page.keyboard.press('Escape')
    assert.equal(await focused(page), 'Search')
    assert.deepEqual([requests, complaints], [[`file://${path}`], []])
    await page.close()
  })

  test('should need few tab stops to reach the text, one for the contents, and a link to each part', async () => {
    const { page } = await open()
    const stops: string[] = []
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const one = document.activeElement!
        return one.closest('section:not(.weft-front)') ? '' : (one.closest('nav')?.className ?? one.className)
      })
      if (stop === '') break
      stops.push(stop)
    }
    assert.ok(stops.length <= 15, stops.join(' | '))
    assert.equal(stops.filter((name) => name === 'weft-contents').length, 1)
    assert.equal(stops.filter((name) => name.startsWith('weft-skips')).length, 4)
    await page.focus('.weft-contents a')
    await page.keyboard.press('ArrowDown')
    assert.equal(await focused(page), 'Below')
    await page.keyboard.press('End')
    assert.equal(await focused(page), 'Last')
    await page.focus('.weft-skips a:last-child')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'last')
    await page.close()
  })

  test('should stay in reach when the page is scrolled, wide or narrow', async () => {
    const { page } = await open()
    for (const [widthPx, heightPx] of [
      [1440, 900],
      [768, 900],
      [390, 700],
    ] as const) {
      await page.setViewport({ width: widthPx, height: heightPx })
      await page.evaluate(() => scrollTo(0, 2000))
      const { left, top, right, bottom } = await boxOf(page, '.weft-bar')
      const isSeen = left >= 0 && top >= 0 && right <= widthPx && bottom <= heightPx
      assert.ok(isSeen, JSON.stringify({ widthPx, left, top, right, bottom }))
    }
    await page.close()
  })

  test('should give headings links to themselves, which keys show', async () => {
    const { page } = await open()
    assert.equal(await page.$eval('#below>.weft-permalink', (link) => link.getAttribute('href')), '#below')
    await page.focus('#below>.weft-permalink')
    await page.keyboard.press('Shift')
    const opacity = () => page.$eval('#below>.weft-permalink', (link) => getComputedStyle(link).opacity)
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('#below>.weft-permalink')!).opacity === '1',
    )
    assert.equal(await opacity(), '1')
    assert.deepEqual((await page.$$('nav .weft-permalink')).length, 0)
    await page.close()
  })

  test('should preview what a reference leads to, beside the paragraph, until Escape', async () => {
    for (const widthPx of [1440, 700]) {
      const { page } = await open({ widthPx })
      const own = 'section p:has(.weft-value)'
      await page.hover(`${own} [href="#ref-adam"]`)
      await page.waitForSelector('.weft-peek', { visible: true })
      assert.equal(await page.$eval('.weft-peek', (one) => one.textContent), 'D. P. Kingma and J. Ba. Adam.')
      const boxes = await Promise.all([boxOf(page, '.weft-peek'), boxOf(page, own)])
      assert.ok(areApart(...boxes), JSON.stringify({ widthPx, boxes }))
      await page.hover('.weft-peek')
      await page.keyboard.press('Escape')
      await page.waitForSelector('.weft-peek', { hidden: true })
      await page.focus(`${own} a.weft-permalink, ${own} [href="#ref-adam"]`)
      await page.keyboard.press('Tab')
      await page.waitForSelector('.weft-peek svg', { visible: true })
      const link = await page.$eval('[aria-describedby=weft-peek]', (one) => one.getAttribute('href'))
      assert.equal(link, '#fig-lines')
      assert.equal((await page.$$('.weft-peek [id]')).length, 0)
      const overPx = await page.$eval('.weft-peek', (box) => box.scrollHeight - box.clientHeight)
      assert.ok(overPx <= 1, `the drawing is ${overPx} px too high for its box`)
      await page.close()
    }
  })

  test('should describe a reference by its preview too, and only while that is open', async () => {
    const { page } = await open()
    const link = 'section p:has(.weft-value) [href="#ref-adam"]'
    const described = () => page.$eval(link, (one) => one.getAttribute('aria-describedby'))
    await page.$eval(link, (one) => one.setAttribute('aria-describedby', 'footnote-label'))
    await page.hover(link)
    await page.waitForSelector('.weft-peek', { visible: true })
    assert.equal(await described(), 'footnote-label weft-peek')
    await page.keyboard.press('Escape')
    assert.equal(await described(), 'footnote-label')
    await page.close()
  })

  test('should have no id twice, whatever its headings are called, and with a preview', async () => {
    const names = ['card', 'peek', 'navigation', 'preview', 'main', 'contents', 'search', 'cards', 'words']
    const markdown = ['# Weft', ...names.map((name) => `## Weft ${name}`), 'P'].join('\n\n')
    const front = { title: 'Ids', contents: true }
    const { screen } = await toPages({
      ...renderedOf([markdown, '# Last\n\nL'], { front, nodes: { P: [paragraph], L: [list] } }),
      cards,
    })
    const settings = { version: 'v', token: 't', runs: [], programs: [] }
    const client = await readClient('preview')
    const { page } = await open({}, dressPage(screen, { settings, client }).html)
    await page.waitForSelector('weft-preview')
    const { ids, card, data } = await page.evaluate(() => ({
      ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
      card: document.getElementById(document.querySelector('.weft-card')!.id)?.className,
      data: document.querySelectorAll('script.weft-preview').length,
    }))
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    )
    for (const name of ['card', 'peek', 'navigation', 'preview'])
      assert.ok(ids.includes(`weft-${name}`), name)
    assert.deepEqual([card, data], ['weft-card', 1])
    await page.close()
  })

  test('should run all its programs, though its address leads nowhere', async () => {
    const { page, complaints } = await open()
    await page.evaluate(() => {
      location.hash = '#100%'
    })
    await page.reload()
    await page.$eval('details.weft-data', (fold) => fold.toggleAttribute('open', true))
    await page.waitForSelector('details[open] .weft-rows td')
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should show the data of an open fold again that a preview has changed', async () => {
    const { page } = await open()
    const fold = 'details.weft-data'
    await page.$eval(fold, (one) => one.toggleAttribute('open', true))
    await page.waitForSelector(`${fold}[open] .weft-rows td`)
    await page.evaluate(() => {
      document.querySelector('.weft-rows')!.remove()
      document.dispatchEvent(new CustomEvent('weft-patched'))
    })
    assert.equal((await page.$$(`${fold}[open] .weft-rows`)).length, 1)
    await page.close()
  })

  test('should leave what keys reach in their reach, when a search has led to it', async () => {
    const { page } = await open()
    const tabIndex = () =>
      page.evaluate(
        () => [...document.querySelectorAll('p')].find((one) => /zebra/.test(one.textContent!))!.tabIndex,
      )
    assert.equal(await tabIndex(), -1)
    await page.evaluate(() => {
      const found = [...document.querySelectorAll('p')].find((one) => /zebra/.test(one.textContent!))!
      found.tabIndex = 0
    })
    await page.keyboard.press('/')
    await page.keyboard.type('zebraf')
    await page.waitForSelector('.weft-find li a')
    await page.keyboard.press('Enter')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    assert.equal(await tabIndex(), 0)
    await page.close()
  })

  test('should lead from a reference back to where it is cited', async () => {
    const { page } = await open()
    const back = await page.$$eval('#ref-adam .weft-backlinks a', (links) =>
      links.map((link) => [
        link.textContent,
        document.querySelector(link.getAttribute('href')!)?.textContent,
      ]),
    )
    assert.deepEqual(back, [
      ['1', '[1]'],
      ['2', '[1]'],
    ])
    // A place before the first section has no number that could be taken for one of a section.
    const names = await page.evaluate(() => {
      const number = Object.assign(document.createElement('span'), { textContent: '2' })
      number.className = 'weft-section-number'
      document.querySelectorAll('main a.weft-reference[href="#ref-adam"]')[1]!.before(number)
      document.dispatchEvent(new Event('weft-patched'))
      return [...document.querySelectorAll('#ref-adam .weft-backlinks a')].map((link) => link.textContent)
    })
    assert.deepEqual(names, ['a', '2'])
    await page.close()
  })

  test('should show no copy of what is on the screen already', async () => {
    const { page } = await open({ heightPx: 900 })
    await page.evaluate(() => document.querySelector('#ref-adam')!.scrollIntoView({ block: 'end' }))
    await page.evaluate(() => {
      const link = document.querySelectorAll<HTMLElement>('section p [href="#ref-adam"]')[1]!
      document.querySelector('#ref-adam')!.before(link)
      link.focus()
    })
    await page.keyboard.press('Shift')
    await page.hover('.weft-references [href="#ref-adam"]')
    await new Promise((resolve) => setTimeout(resolve, 600))
    assert.equal(await page.$eval('.weft-peek', (box) => (box as HTMLElement).hidden), true)
    await page.close()
  })

  test('should add everything once, however often a preview changes the page', async () => {
    const { page } = await open()
    const count = () =>
      page.evaluate(() =>
        ['.weft-permalink', '.weft-backlinks', '.weft-skips a', '.weft-copy', '[tabindex="0"]'].map(
          (selector) => document.querySelectorAll(selector).length,
        ),
      )
    const before = await count()
    await page.evaluate(() => {
      document.querySelector('#below .weft-permalink')!.remove()
      for (let times = 0; times < 3; times++) document.dispatchEvent(new CustomEvent('weft-patched'))
    })
    assert.deepEqual(await count(), before)
    await page.close()
  })

  test('should say how to cite the report, and copy it', async () => {
    const { page, complaints } = await open()
    await page.evaluate(() =>
      [...document.querySelectorAll('button')].find((one) => one.textContent === 'Cite')!.click(),
    )
    assert.equal(
      await page.$eval('.weft-cite-text', (one) => one.textContent),
      'Ada Müller (2026). Nets & {more}.',
    )
    const bibtex = await page.$eval('.weft-cite-bibtex', (one) => one.textContent ?? '')
    assert.match(
      bibtex,
      /^@techreport\{muller2026nets,\n {2}title = \{\{Nets \\& \\\{more\\\}\}\},\n {2}author = \{Ada Müller\},/,
    )
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      document.addEventListener('copy', () => {
        document.title = String(getSelection())
      })
    })
    await page.click('.weft-cite-entry:has(.weft-cite-bibtex) button')
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.weft-dialog button')].some((one) => one.textContent === 'Copied'),
    )
    await page.keyboard.press('Escape')
    assert.equal(await page.$('dialog[open]'), null)
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should describe the page for search engines', async () => {
    const { page } = await open({ hasScripts: false })
    const metas = await page.$$eval('meta[name],meta[property]', (all) =>
      all.map(
        (one) =>
          `${one.getAttribute('name') ?? one.getAttribute('property')}: ${one.getAttribute('content')}`,
      ),
    )
    for (const expected of [
      ...['description: The abstract of x^2.', 'og:description: The abstract of x^2.', 'og:type: article'],
      ...[
        'citation_title: Nets & {more}',
        'citation_author: Ada Müller',
        'citation_publication_date: 2026/11/30',
      ],
    ])
      assert.ok(metas.includes(expected), `${expected} in ${metas.join('\n')}`)
    await page.close()
  })

  test('should place the card of a number beside its paragraph', async () => {
    const { page } = await open()
    for (const widthPx of [1440, 1000, 390]) {
      await page.setViewport({ width: widthPx, height: 900 })
      await page.click('section p .weft-value')
      await page.waitForSelector('.weft-card', { visible: true })
      const boxes = await Promise.all([boxOf(page, '.weft-card'), boxOf(page, 'section p:has(.weft-value)')])
      assert.ok(areApart(...boxes), JSON.stringify({ widthPx, boxes }))
      await page.keyboard.press('Escape')
      await page.waitForSelector('.weft-card', { hidden: true })
    }
    await page.close()
  })

  test('should draw figures for a dark page, live or not, in colours that contrast', async () => {
    for (const [scheme, ground] of [
      ['light', light.ground],
      ['dark', dark.ground],
    ] as const)
      for (const hasScripts of [true, false]) {
        const { page } = await open({ scheme, hasScripts })
        if (hasScripts) {
          await page.evaluate(() => document.getElementById('fig-lines')!.scrollIntoView({ block: 'center' }))
          await page.waitForSelector('#fig-lines .weft-live', { timeout: 20_000 })
        }
        const found = await page.$eval('#fig-lines .weft-drawing', (box) => {
          const hex = (colour: string) =>
            `#${[...colour.matchAll(/\d+/g)]
              .slice(0, 3)
              .map(([part]) => Number(part).toString(16).padStart(2, '0'))
              .join('')}`
          const styles = (selector: string, name: 'fill' | 'stroke') =>
            [...box.querySelectorAll(selector)]
              .map((one) => getComputedStyle(one)[name])
              .filter((one) => one !== 'none' && !/^rgba\(.* 0\)$/.test(one))
          return {
            words: styles('text', 'fill').map(hex),
            lines: styles('path', 'stroke').map(hex),
            ground: getComputedStyle(box).backgroundColor,
          }
        })
        assert.ok(found.words.length > 5 && found.lines.length >= 2, JSON.stringify(found))
        assert.equal(found.ground, 'rgba(0, 0, 0, 0)')
        for (const colour of found.words)
          assert.ok(contrast(colour, ground) >= 4.5, `word ${scheme} ${hasScripts} ${colour}`)
        for (const colour of found.lines)
          assert.ok(contrast(colour, ground) >= 3, `line ${scheme} ${hasScripts} ${colour}`)
        await page.close()
      }
  })

  test('should print light, and without the tools, whatever the screen is', async () => {
    const { page } = await open({ scheme: 'dark' })
    await page.select('.weft-theme', 'dark')
    const words = () => page.$eval('#fig-grid text', (one) => getComputedStyle(one).fill)
    const onScreen = await words()
    await page.emulateMediaType('print')
    assert.equal(await words(), 'rgb(26, 26, 26)')
    assert.notEqual(onScreen, 'rgb(26, 26, 26)')
    for (const tool of [
      '.weft-bar',
      '.weft-permalink',
      '.weft-backlinks',
      '.weft-skips',
      '.weft-peek',
      '.weft-find',
    ])
      assert.equal(await page.$eval(tool, (one) => getComputedStyle(one).display), 'none', tool)
    await page.close()
  })

  test('should fade what a phone cuts off, at the side where there is more', async () => {
    const { page } = await open({ widthPx: 390, heightPx: 800 })
    await assertFits(page)
    const more = () => page.$eval('#fig-lines .weft-drawing', (box) => (box as HTMLElement).dataset.more)
    assert.equal(await more(), 'end')
    await page.$eval('#fig-lines .weft-drawing', (box) => box.scrollTo(60, 0))
    await page.waitForFunction(
      () => document.querySelector<HTMLElement>('#fig-lines .weft-drawing')!.dataset.more === 'start end',
    )
    await page.$eval('#fig-lines .weft-drawing', (box) => box.scrollTo(10_000, 0))
    await page.waitForFunction(
      () => document.querySelector<HTMLElement>('#fig-lines .weft-drawing')!.dataset.more === 'start',
    )
    await page.close()
  })

  test('should have no violation by axe with a preview, a search and a dialog open, light or dark', async () => {
    const { page } = await open({ widthPx: 1440 })
    const found = () => violationsLightAndDark(page, ['svg', '.katex'])
    await page.hover('section p [href="#fig-lines"]')
    await page.waitForSelector('.weft-peek', { visible: true })
    assert.deepEqual(await found(), [])
    await page.keyboard.press('/')
    await page.keyboard.type('word')
    await page.waitForSelector('.weft-find li a')
    assert.deepEqual(await found(), [])
    await page.keyboard.press('Escape')
    await page.evaluate(() =>
      [...document.querySelectorAll('button')].find((one) => one.textContent === 'Cite')!.click(),
    )
    assert.deepEqual(await found(), [])
    await page.close()
  })
})
