import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { measureBlanks } from '../../../bench/page-blanks/measure-blanks.ts'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { foldText, pdfPages } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { element, renderedOf, text } from '../page/rendered-of.ts'
import { toPages } from '../page/to-pages.ts'
import { distancesIn } from './floated.ts'
import { randomReport } from './random-report.ts'

const options = { date: new Date('2026-11-29T00:00:00Z'), title: 'Nets' }
const floats = true
const words = 'The deeper network reaches an accuracy of its own kind in every case that was tried. '

interface Shape {
  readonly heightPx: number
  readonly placement?: string
  /** An image of this share of the width. */
  readonly share?: string
}

function figureOf(id: string, { heightPx, placement, share }: Shape) {
  const src = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="${heightPx}"><rect width="100" height="${heightPx}"/></svg>`)}`
  const drawing = share
    ? element('img', { src, width: share, alt: id }, [])
    : element('div', { style: `height:${heightPx}px;border:1px solid` }, [])
  const own = { id, className: ['weft-figure'], ...(placement && { dataPlacement: placement }) }
  return element('figure', own, [drawing, element('figcaption', {}, [text(`Drawing ${id}.`)])])
}

/** A chapter: a number for a paragraph of so many sentences, a figure for a figure. */
function htmlOf(blocks: readonly (number | Shape | string)[]): Promise<string> {
  const nodes: Record<string, readonly unknown[]> = {}
  const lines = blocks.map((block, index) => {
    if (typeof block === 'string') return block
    if (typeof block === 'number') return words.repeat(block)
    nodes[`F${index}`] = [figureOf(`fig-${index}`, block)]
    return `F${index}`
  })
  const chapters = ['In short.', `# One\n\n${lines.join('\n\n')}`, `# Two\n\n${words}`]
  return toPages(renderedOf(chapters, { nodes })).then((pages) => pages.print)
}

describe('a print with floats', () => {
  let browser: OpenBrowser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  const textsOf = async (pdf: Uint8Array) => (await pdfPages(pdf)).map(({ body }) => foldText(body))

  it('should keep order and mentions, leave little blank, and print the same bytes again', async () => {
    const { rendered } = randomReport(7, 12)
    const { print: html } = await toPages(rendered)
    const memory = new Map<string, string>()
    const off = await print(html, browser, options)
    const open = (await browser.browser.pages()).length
    const on = await print(html, browser, { ...options, floats, memory })
    // Neither the page that places were tried in nor the one that was printed.
    assert.equal((await browser.browser.pages()).length, open)
    const distances = await distancesIn(on.pdf, 12)
    assert.ok(distances.every(({ figure, mention }) => figure >= mention && figure <= mention + 1))
    const pages = await measureBlanks(on.pdf)
    const inside = pages.slice(1, -1).map(({ blank }) => blank)
    assert.ok(inside.reduce((sum, blank) => sum + blank, 0) / inside.length < 0.08, inside.join())
    assert.ok(on.pages <= off.pages)
    const all = (await textsOf(on.pdf)).join(' ')
    assert.ok(all.indexOf('Figure 6. What') < all.lastIndexOf('Chapter 2'))
    assert.ok(all.indexOf('Figure 7. What') > all.lastIndexOf('Chapter 2'))
    const [fresh, remembered] = [
      await print(html, browser, { ...options, floats }),
      await print(html, browser, { ...options, floats, memory }),
    ]
    assert.ok(Buffer.from(on.pdf).equals(fresh.pdf))
    assert.ok(Buffer.from(on.pdf).equals(remembered.pdf))
  })

  it('should let text fill what a figure leaves, which stands below the paragraph that crosses the page', async () => {
    const html = await htmlOf([12, 14, { heightPx: 600 }, 20, 20, 20])
    const [off, on] = [
      await print(html, browser, options),
      await print(html, browser, { ...options, floats }),
    ]
    const [before, moved] = [await textsOf(off.pdf), await textsOf(on.pdf)]
    assert.ok(before[1]!.startsWith('Drawing fig-2.'), before[1])
    assert.match(moved[1]!, /^.+tried\. Drawing fig-2\. The deeper/)
    assert.ok(moved[0]!.length > before[0]!.length + 500)
  })

  it('should leave a figure where `here` has it', async () => {
    const html = await htmlOf([20, 20, { heightPx: 600, placement: 'here' }, 20, 20, 20])
    const [off, on] = [
      await print(html, browser, options),
      await print(html, browser, { ...options, floats }),
    ]
    assert.deepEqual(await textsOf(on.pdf), await textsOf(off.pdf))
  })

  it('should set a figure at the top of a page, or on a page of its own', async () => {
    const blocks = (placement: string) => [20, { heightPx: 100, placement }, 20, 20, 20, 20, 20, 20]
    const [top, page] = await Promise.all(['top', 'page'].map((one) => htmlOf(blocks(one))))
    const atTop = await textsOf((await print(top!, browser, { ...options, floats })).pdf)
    assert.ok(!atTop[0]!.includes('Drawing fig-1.'))
    assert.ok(atTop[1]!.indexOf('Drawing fig-1.') < 1_800, atTop[1])
    const alone = await textsOf((await print(page!, browser, { ...options, floats })).pdf)
    assert.ok(
      alone.some((one) => one === 'Drawing fig-1.'),
      alone.join('\n'),
    )
  })

  it('should set figures of half the width beside each other', async () => {
    const half = { heightPx: 200, share: '50%' }
    const html = await htmlOf([5, half, half, 5, { heightPx: 200, share: '60%' }, half, 5])
    const rows: string[][] = []
    const printed = await print(html, browser, {
      ...options,
      floats,
      async inspect(page) {
        const ids = await page.evaluate(() =>
          [...document.querySelectorAll('.weft-beside')].map((row) => [...row.children].map(({ id }) => id)),
        )
        rows.push(...ids)
      },
    })
    assert.deepEqual(rows, [['fig-1', 'fig-2']])
    assert.match((await textsOf(printed.pdf)).join(' '), /Drawing fig-1\. Drawing fig-2\. The deeper/)
  })

  it('should let code break only where it would leave more than a quarter of a page blank', async () => {
    const code = `\`\`\`text\n${Array.from({ length: 30 }, (_, line) => `line ${line + 1};`).join('\n')}\n\`\`\``
    const isParted = async (sentences: number, more: object) => {
      const html = await htmlOf([10, sentences, code, 10, { heightPx: 100 }])
      const [first] = await textsOf((await print(html, browser, { ...options, ...more })).pdf)
      return first!.includes('line 1;') && !first!.includes('line 30;')
    }
    assert.equal(await isParted(10, { floats }), true)
    assert.equal(await isParted(10, {}), false)
    assert.equal(await isParted(24, { floats }), false)
  })

  it('should foretell pages where lines of the text name pages, which print fills in', async () => {
    const named = '<a href="#two">Two, p. <span class="weft-page"></span></a> '
    const html = await htmlOf([12, named.repeat(120), { heightPx: 600 }, named.repeat(300), 20])
    const memory = new Map<string, string>()
    const { pages } = await print(html, browser, { ...options, floats, memory })
    const plans = [...memory].filter(([key]) => key.startsWith('floats ')).map(([, plan]) => plan)
    assert.deepEqual(
      plans.map((plan) => plan !== 'none' && JSON.parse(plan).pages),
      [pages],
    )
    assert.ok(pages > 2)
  })

  it('should print the order of the source where the print is not as foretold, or pages differ', async () => {
    const html = await htmlOf([20, 20, { heightPx: 600 }, 20, 20, 20])
    const off = await print(html, browser, options)
    const wrong = JSON.stringify({ pairs: [], loose: [], slots: [], pages: 99, numbers: [] })
    const set = new Map<string, string>()
    const memory = {
      get: (key: string) => (key.startsWith('floats ') ? (set.get(key) ?? wrong) : undefined),
      set: (key: string, value: string) => void set.set(key, value),
    }
    for (const _ of ['refused', 'known'])
      assert.ok(Buffer.from(off.pdf).equals((await print(html, browser, { ...options, floats, memory })).pdf))
    assert.ok([...set.values()].includes('none'))
    const lying = html.replace('<figure', '<div class="weft-landscape"><p>Wide</p></div><figure')
    const [one, other] = [
      await print(lying, browser, options),
      await print(lying, browser, { ...options, floats }),
    ]
    assert.ok(Buffer.from(one.pdf).equals(other.pdf))
  })
})
