import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { foldText, pdfPages } from '../../../src/render/print/pdf-text.ts'
import { loadPage, print } from '../../../src/render/print/print.ts'
import { element, renderedOf, text, toHtml } from '../page/rendered-of.ts'
import { toPages } from '../page/to-pages.ts'

const date = new Date('2026-11-30T00:00:00Z')
const title = 'Nets'
const words =
  'The deeper network reaches a well-known accuracy (see the text–image literature) of its own kind, in either/or cases. '

describe('print', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  async function printed(chapters: readonly string[], options: Parameters<typeof renderedOf>[1] = {}) {
    const html = await toHtml(renderedOf(chapters, options))
    const result = await print(html, browser, { date, title: options.front?.title ?? title })
    const pages = await pdfPages(result.pdf)
    assert.equal(result.pages, pages.length)
    return { pdf: result.pdf, pages }
  }

  test('should give a tagged PDF with a title, a language, bookmarks and the date asked for', async () => {
    const { pdf } = await printed(['x', '# Part'], { front: { title: 'Nets', lang: 'de' } })
    const source = Buffer.from(pdf).toString('latin1')
    for (const wanted of ['/Title (Nets)', '/Lang (de)', '/MarkInfo', '/Outlines', '/Title (Part)']) {
      assert.ok(source.includes(wanted), wanted)
    }
    assert.deepEqual(source.match(/\/(?:CreationDate|ModDate) \([^)]*\)/g), [
      "/CreationDate (D:20261130000000+00'00')",
      "/ModDate (D:20261130000000+00'00')",
    ])
  })

  test('should part words of other languages at the ends of lines alone', async () => {
    const word = 'Geschwindigkeitsbegrenzungsmaßnahme'
    const front = { title, lang: 'de' }
    const { print: html } = await toPages(
      renderedOf(['x', `# Teil\n\n${`${word} nun und `.repeat(60)}`], { front }),
    )
    const { pdf } = await print(html, browser, { date, title })
    const body = (await pdfPages(pdf)).map((page) => page.body.replace(/-(?=\p{L})/gu, '')).join('\n')
    assert.equal(body.match(/Geschwindigkeitsbegrenzungsmaßnahme/g)?.length, 60)
    // Where no line ends, none is left.
    const { page } = await loadPage(html, browser.browser)
    const left = await page.evaluate(() => document.body.textContent)
    await page.close()
    const count = (text: string) => text.match(/\u00ad/g)?.length ?? 0
    assert.ok(count(html) > 60, String(count(html)))
    assert.ok(count(left!) > 5 && count(left!) <= 60, String(count(left!)))
  })

  test('should paint nothing of a page on the screen: its bytes would depend on what was painted first', async () => {
    const html = await toHtml(renderedOf(['x', `# Part\n\n${words.repeat(20)}\n\n| A |\n| --- |\n| 1 |`]))
    const { page } = await loadPage(html, browser.browser)
    const empty = await browser.browser.newPage()
    const [seen, blank] = [await page.screenshot(), await empty.screenshot()]
    const pdf = await page.pdf()
    await Promise.all([page.close(), empty.close()])
    assert.ok(Buffer.from(seen).equals(blank))
    assert.match((await pdfPages(pdf)).map(({ body }) => body).join(), /deeper/)
  })

  const red = '<rect width="100%" height="100%" fill="#c00"/></svg>'
  const tall: [string, string][] = [
    ['an image', `![tall](data:image/svg+xml;base64,${Buffer.from(svgOf(400, 4000)).toString('base64')})`],
    [
      'an image of markup',
      `<img width="400" height="4000" alt="tall" src="data:image/svg+xml;base64,${Buffer.from(svgOf(400, 4000)).toString('base64')}">`,
    ],
    [
      'a drawing of markup',
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="4000" viewBox="0 0 400 4000">${red}`,
    ],
    [
      'an image in a list',
      `- one\n- ![tall](data:image/svg+xml;base64,${Buffer.from(svgOf(900, 4000)).toString('base64')})`,
    ],
  ]
  for (const [name, markdown] of tall)
    test(`should scale ${name} that is taller than the page to it`, async () => {
      const { pages } = await printed([`Before.\n\n${markdown}\n\nBehind.`], { front: { title: '' } })
      assert.ok(pages.length <= 2, `${pages.length} pages`)
      assert.ok(foldText(pages.at(-1)!.body).endsWith('Behind.'))
    })

  function svgOf(width: number, height: number): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${red}`
  }

  const details = [
    '<details>\n<summary>More</summary>\n\nHidden words.\n\n</details>',
    '<details>\n<summary>Code</summary>\n\n```ts\nHidden words.\n```\n\n</details>',
    '<DETAILS class="a"><summary>A</summary>Hidden words.</DETAILS>',
    '<details\n  class="a">\n<summary>A</summary>\n\n<details>\n\nHidden words.\n\n</details>\n</details>',
    '- one\n\n  <details>\n\n  Hidden words.\n\n  </details>',
    '<details name="x"><p>First.</p></details>\n<details name="x"><p>Hidden words.</p></details>',
    '<details open="">\n\nHidden words.\n\n</details>',
  ]
  test('should open closed details, in the page that a reader prints too', async () => {
    for (const markdown of details) {
      const rendered = renderedOf([markdown], { front: { title: '' } })
      const pages = await toPages(rendered)
      for (const html of [pages.screen, pages.print]) {
        const { pdf } = await print(html, browser, { date, title: '' })
        assert.match(foldText((await pdfPages(pdf))[0]!.body), /Hidden words\./, markdown)
      }
    }
  })

  test('should name authors, keywords and headings in the data of the PDF, whatever lines and pages do', async () => {
    const long = 'A heading that is long enough to run over more than one line of its page — and α'
    const front = {
      title: 'Nets',
      author: [
        { name: 'É. One', affiliations: [] },
        { name: 'Two', affiliations: [] },
      ],
      keywords: ['α and β', 'nets'],
    }
    const { pdf } = await printed([`x\n\n# ${long} $x^2$`, '# Part (two)\n\n## Sub'], { front })
    const document = await PDFDocument.load(pdf, { updateMetadata: false })
    assert.equal(document.getAuthor(), 'É. One, Two')
    assert.equal(document.getKeywords(), 'α and β, nets')
    const titles = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const title =
        object instanceof PDFDict && object.has(PDFName.of('Dest'))
          ? object.get(PDFName.of('Title'))
          : undefined
      return title instanceof PDFString || title instanceof PDFHexString ? [title.decodeText()] : []
    })
    assert.deepEqual(titles.sort(), [`${long} x^2`, 'Nets', 'Part (two)', 'Sub'].sort())
  })

  test('should give the same bytes again, from another browser too', async () => {
    const chapters = ['x $a$', '# Part\n\n```ts\nconst a = 1\n```']
    const other = await openBrowser()
    try {
      const html = await toHtml(renderedOf(chapters))
      const first = await print(html, browser, { date, title })
      const second = await print(html, other, { date, title })
      assert.ok(Buffer.from(first.pdf).equals(second.pdf))
    } finally {
      await other.close()
    }
  })

  test('should find every sentence again, whatever a line divides', async () => {
    const { pages } = await printed([
      words.repeat(12),
      `# Part\n\n- ${words.repeat(3)}\n\n> ${words.repeat(4)}`,
    ])
    const found = foldText(pages.map((page) => page.body).join(' '))
    assert.equal(found.split(foldText(words)).length - 1, 12 + 3 + 4)
  })

  test('should find a value between the words on both its sides', async () => {
    const value = element('span', { className: 'weft-value' }, [text('96.3 ± 0.4\u00a0%')])
    const paragraph = {
      type: 'paragraph',
      children: [text('It reaches '), value, text(' of the **office** files (')],
    }
    const { pages } = await printed(['V'], { nodes: { V: [paragraph] } })
    assert.ok(foldText(pages[0]!.body).includes('It reaches 96.3 ± 0.4 % of the **office** files ('))
  })

  test('should print each character, from a font of the page', async () => {
    const characters = '→ ≥ ≤ ≈ × ± − – “x” … é ü ł Ω ∞ ✓ ∑'
    const { pages, pdf } = await printed([
      `${characters} **${characters}** *${characters}* \`${characters}\``,
    ])
    const wanted = foldText(characters)
    assert.equal(foldText(pages[0]!.body).split(wanted).length - 1, 4)
    const fonts = Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/BaseFont \/\w+\+([\w-]+)/g)
    for (const [, font] of fonts) assert.match(font!, /^(Source(Serif4|Sans3|CodePro)|KaTeX_)/)
  })

  test('should keep what stands in the margins apart, with the notice on every page and the chapter at its top', async () => {
    const { pages } = await printed(['a', '# B', '# C'], {
      front: { title: 'Nets', chapterbreak: 'page' },
      notice: 'Stand-in data',
    })
    assert.deepEqual(
      pages.map((page) => foldText(page.margins).split(' ').sort().join(' ')),
      ['Stand-in data', 'B 2 / 3 Nets Stand-in data', 'C 3 / 3 Nets Stand-in data'].map((line) =>
        line.split(' ').sort().join(' '),
      ),
    )
    assert.deepEqual(
      pages.map((page) => foldText(page.body)),
      ['Nets a', 'B', 'C'],
    )
  })

  test('should let chapters follow each other, or begin each on a new page if told', async () => {
    const chapters = ['a\n\n# Own', '# B\n\n## Deeper', '# C']
    const front = { title: 'Nets', chapterbreak: 'page' } as const
    assert.deepEqual(
      (await printed(chapters)).pages.map((page) => foldText(page.body)),
      ['Nets a Own B Deeper C'],
    )
    assert.deepEqual(
      (await printed(chapters, { front })).pages.map((page) => foldText(page.body)),
      ['Nets a Own', 'B Deeper', 'C'],
    )
  })

  test('should print code that is shown, and not code that is folded', async () => {
    const code = (value: string) => ({ type: 'code', lang: 'ts', value })
    const summary = element('summary', {}, [text('Code')])
    const nodes = {
      S: [element('div', { className: 'weft-cell weft-show' }, [code('const shown = 1')])],
      F: [element('details', { className: 'weft-cell weft-fold' }, [summary, code('const folded = 1')])],
    }
    const { pages } = await printed(['S\n\nF'], { nodes })
    assert.equal(foldText(pages[0]!.body), 'Nets const shown = 1')
  })

  test('should repeat the head of a table that runs over a page', async () => {
    const rows = Array.from({ length: 70 }, (_, index) => `| row ${index} | 1 |`).join('\n')
    const { pages } = await printed([`| Optimizer | n |\n|---|--:|\n${rows}`])
    assert.ok(pages.length > 1)
    for (const page of pages) assert.match(page.body, /Optimizer/)
  })

  test('should not fetch what a page asks for, and say so', async () => {
    const html = `<html lang="en"><title>Nets</title><p>Nets<img src="https://example.org/x.png">
      <link rel="stylesheet" href="http://127.0.0.1:9/x.css"><script>document.body.textContent = 'ran'</script>`
    const { pdf, warnings } = await print(html, browser, { date, title })
    assert.deepEqual(warnings, [
      'Cannot fetch `https://example.org/x.png`, the page must be self-contained',
      'Cannot fetch `http://127.0.0.1:9/x.css`, the page must be self-contained',
    ])
    assert.equal(foldText((await pdfPages(pdf))[0]!.body), 'Nets')
  })

  test('should say that it loads a page when the browser has all of it', async () => {
    const html = `<html lang="en"><head></head><p>Nets</p><!--${'x '.repeat(2e6)}-->`
    const pipe = browser.browser.process()!.stdio[3] as Socket
    const before = pipe.bytesWritten
    const seen: { written: number; waiting: number }[] = []
    const onLoading = () =>
      void seen.push({ written: pipe.bytesWritten - before, waiting: pipe.writableLength })
    const { page } = await loadPage(html, browser.browser, { onLoading })
    await page.close()
    assert.equal(seen.length, 1)
    assert.ok(seen[0]!.written > html.length, `${seen[0]!.written} of ${html.length}`)
    assert.equal(seen[0]!.waiting, 0)
  })

  test('should refuse a print without the title', async () => {
    const html = '<html lang="en"><title>Nets</title><p>Something else</p>'
    await assert.rejects(
      print(html, browser, { date, title }),
      /expected the text `Nets`, found `Something else/,
    )
  })

  test('should refuse a print without a text that was expected', async () => {
    const html = '<html lang="en"><title>Nets</title><p>Nets</p>'
    await assert.rejects(
      print(html, browser, { date, title, expected: ['96.3 %'] }),
      /expected the text `96.3 %`/,
    )
  })

  test('should refuse a print with an empty page', async () => {
    const html =
      '<html lang="en"><title>Nets</title><p>Nets</p><div style="break-before:page;height:1em"></div>'
    await assert.rejects(print(html, browser, { date, title }), /expected text on page 2 of 2, found none/)
    const image = '<svg width="9" height="9"><rect width="9" height="9"/></svg>'
    const drawn = `<html lang="en"><title>Nets</title><p>Nets</p><div style="break-before:page">${image}</div>`
    await assert.rejects(print(drawn, browser, { date, title }), /expected text on page 2 of 2, found none/)
  })
})
