import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Page } from 'puppeteer-core'
import { sampleReport } from '../sample-report.ts'
import { toPages } from '../to-pages.ts'
import { pageOfTests } from './open-page.ts'

/** Scrolls to a figure and waits for its interactive view. */
async function live(page: Page, id: string): Promise<void> {
  await page.evaluate((one) => document.getElementById(one)!.scrollIntoView({ block: 'center' }), id)
  await page.waitForSelector(`#${id}>.weft-drawing[data-live=yes]`, { timeout: 20_000 })
}

/** Texts of the labels of a figure's axes, which tell its domain. */
async function labels(page: Page, id: string): Promise<string> {
  return page.$$eval(`#${id} .role-axis-label text`, (texts) =>
    texts
      .map((one) => one.textContent)
      .sort()
      .join(' '),
  )
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
}

const lines = '#fig-lines .weft-live .mark-line.role-mark path'

describe('the page on a screen', () => {
  const { open, path } = pageOfTests(async () => (await toPages(await sampleReport())).screen)

  test('should replace drawings by live ones of the same size and place, ask for nothing and not complain', async () => {
    const { page, requests, complaints } = await open()
    const boxes = () =>
      page.$$eval('.weft-drawing,figcaption,.weft-tools', (all) =>
        all.map((one) => {
          const { width, height } = one.getBoundingClientRect()
          return `${one.closest('[id]')?.id} ${Math.round(width)} ${Math.round(height)} ${(one as HTMLElement).offsetTop}`
        }),
      )
    const before = await boxes()
    assert.equal((await page.$$('.weft-drawing>svg')).length + (await page.$$('.weft-live')).length, 4)
    for (const id of ['fig-curve', 'fig-lines', 'fig-confusion']) await live(page, id)
    assert.deepEqual(await boxes(), before)
    assert.ok(await page.$('#fig-grid>.weft-drawing>svg'), 'a grid of images stays a drawing')
    assert.equal(
      await page.$eval('#fig-lines .weft-live', (host) => host.getAttribute('aria-label')),
      'Time rises.',
    )
    assert.deepEqual(requests, [`file://${path}`])
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should tell what a mark stands for when it is pointed at', async () => {
    const { page } = await open()
    await live(page, 'fig-confusion')
    const place = await middleOf(page, '#fig-confusion .mark-rect.role-mark path')
    await page.mouse.move(place.x - 3, place.y - 3)
    await page.mouse.move(place.x, place.y)
    await page.waitForSelector('#vg-tooltip-element.visible')
    const text = await page.$eval('#vg-tooltip-element', (element) => (element as HTMLElement).innerText)
    assert.match(text, /Predicted class\s+Dress\s+True class\s+Dress/)
    await page.close()
  })

  test('should tell of the point nearest to the pointer, in the numbers of the axes', async () => {
    const { page } = await open()
    await live(page, 'fig-curve')
    const place = await middleOf(page, '#fig-curve .weft-live .mark-line.role-mark')
    await page.mouse.move(place.x - 3, place.y - 3)
    await page.mouse.move(place.x, place.y)
    await page.waitForSelector('#vg-tooltip-element.visible')
    const text = await page.$eval('#vg-tooltip-element', (element) => (element as HTMLElement).innerText)
    assert.match(
      text,
      /split\s+(Training|Test)\s+Epoch\s+\d+\s+Loss\s+[\d.]+\s+Low\s+[\d.−]+\s+High\s+[\d.]+/,
    )
    await page.close()
  })

  test('should fade all but the series that are pressed in the legend, and bring them back', async () => {
    const { page } = await open()
    await live(page, 'fig-lines')
    const opacities = () =>
      page.$$eval(lines, (all) => all.map((one) => Number(one.getAttribute('opacity') ?? 1) || 0))
    assert.deepEqual((await opacities()).slice(-2), [1, 1])
    const press = async (name: string) => {
      const handle = await page.evaluateHandle(
        (wanted) =>
          [...document.querySelectorAll('#fig-lines .weft-live text')].find(
            (one) => one.textContent === wanted,
          )!,
        name,
      )
      await (handle as unknown as { click(): Promise<void> }).click()
    }
    await press('B')
    await page.waitForFunction(
      (selector) =>
        [...document.querySelectorAll(selector)].some(
          (one) => Number(one.getAttribute('opacity') ?? 1) < 0.1,
        ),
      {},
      lines,
    )
    const faded = (await opacities()).slice(-2)
    assert.deepEqual([...faded].sort(), [0.06, 1])
    await press('B')
    await page.waitForFunction(
      (selector) =>
        [...document.querySelectorAll(selector)].every(
          (one) => Number(one.getAttribute('opacity') ?? 1) === 1,
        ),
      {},
      lines,
    )
    await page.close()
  })

  test('should let the legend that vega draws be pressed too', async () => {
    const { page } = await open()
    await live(page, 'fig-curve')
    await page.click('#fig-curve .weft-live .role-legend-label text')
    await page.waitForSelector('[data-for=fig-curve] .weft-series [aria-pressed=true]')
    await page.close()
  })

  test('should let keys choose a series', async () => {
    const { page } = await open()
    await live(page, 'fig-lines')
    await page.focus('[data-for=fig-lines] .weft-series button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-for=fig-lines] .weft-series [aria-pressed=true]')
    await page.close()
  })

  test('should zoom by the wheel only once it is pressed, and come back', async () => {
    const { page, complaints } = await open()
    await live(page, 'fig-lines')
    const whole = await labels(page, 'fig-lines')
    const scrolled = () => page.evaluate(() => scrollY)
    const place = await middleOf(page, '#fig-lines .weft-live')
    // Not pressed: the page scrolls.
    const from = await scrolled()
    await page.mouse.move(place.x, place.y)
    await page.mouse.wheel({ deltaY: -50 })
    await page.waitForFunction((y) => scrollY !== y, {}, from)
    assert.equal(await labels(page, 'fig-lines'), whole)
    // Pressed: the chart zooms, and the page stays.
    await live(page, 'fig-lines')
    const there = await middleOf(page, '#fig-lines .weft-live')
    await page.mouse.click(there.x, there.y)
    const at = await scrolled()
    await page.mouse.wheel({ deltaY: -300 })
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:enabled')
    assert.notEqual(await labels(page, 'fig-lines'), whole)
    assert.equal(await scrolled(), at)
    // The button brings it back.
    await page.click('[data-for=fig-lines] [aria-label="Reset the zoom"]')
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:disabled')
    assert.equal(await labels(page, 'fig-lines'), whole)
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should move by drag, and come back by a double press', async () => {
    const { page } = await open()
    await live(page, 'fig-lines')
    const whole = await labels(page, 'fig-lines')
    const { x, y } = await middleOf(page, '#fig-lines .weft-live')
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 80, y + 30, { steps: 4 })
    await page.mouse.up()
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:enabled')
    assert.notEqual(await labels(page, 'fig-lines'), whole)
    await page.mouse.click(x, y, { count: 2 })
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:disabled')
    assert.equal(await labels(page, 'fig-lines'), whole)
    await page.close()
  })

  test('should zoom and move by keys', async () => {
    const { page } = await open()
    await live(page, 'fig-lines')
    const whole = await labels(page, 'fig-lines')
    await page.focus('#fig-lines>.weft-drawing')
    await page.keyboard.press('+')
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:enabled')
    const nearer = await labels(page, 'fig-lines')
    assert.notEqual(nearer, whole)
    await page.keyboard.press('0')
    await page.waitForSelector('[data-for=fig-lines] [aria-label="Reset the zoom"]:disabled')
    assert.equal(await labels(page, 'fig-lines'), whole)
    await page.close()
  })

  test('should keep the drawing where a chart cannot be made live', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      const script = document.querySelector('script[data-figure=fig-confusion]')!
      script.textContent = '{"mark":'
    })
    await page.evaluate(() => document.getElementById('fig-confusion')!.scrollIntoView())
    await page.waitForSelector('#fig-confusion>.weft-drawing[data-live=failed]>svg')
    await page.close()
  })

  test('should copy code, by the keyboard and where there is no clipboard of the new kind', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      const copied: string[] = []
      document.addEventListener('copy', () =>
        copied.push((document.activeElement as HTMLTextAreaElement).value),
      )
      Object.assign(globalThis, { copied })
    })
    const button = await page.$('pre:not(details pre)>.weft-copy')
    await button!.focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('.weft-status')?.textContent === 'Code copied.')
    const copied = await page.evaluate(() => (globalThis as unknown as { copied: string[] }).copied)
    assert.equal(copied.length, 1)
    assert.match(copied[0]!, /^\/\/ A comment, a function and a string\.\nexport function sum\(/)
    assert.doesNotMatch(copied[0]!, /Copy/)
    await page.close()
  })

  test('should say so where nothing can be copied', async () => {
    const { page } = await open()
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      document.execCommand = () => false
    })
    const button = await page.$('pre:not(details pre)>.weft-copy')
    await button!.focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() =>
      /does not allow/.test(document.querySelector('.weft-status')?.textContent ?? ''),
    )
    await page.close()
  })

  test('should open folded code by its link', async () => {
    const { page } = await open()
    await page.click('[data-for=fig-lines] a[href="#cell-fig-lines"]')
    await page.waitForFunction(() => document.getElementById('cell-fig-lines')!.closest('details')!.open)
    await page.close()
  })

  for (const hasScripts of [true, false])
    test(`should show hidden code by its link alone, ${hasScripts ? 'with' : 'without'} scripts`, async () => {
      const { page } = await open({ hasScripts })
      const height = () =>
        page.evaluate(`document.getElementById('cell-fig-grid').getBoundingClientRect().height`)
      const box = () =>
        page.evaluate(`document.querySelector('details[hidden]').getBoundingClientRect().height`)
      assert.equal(await box(), 0)
      await page.click('[data-for=fig-grid] a[href="#cell-fig-grid"]')
      await page.waitForFunction(`document.getElementById('cell-fig-grid').closest('details').open`)
      assert.ok(Number(await height()) > 10)
      await page.close()
    })

  test('should follow the system, turn when it is told to, and remember it', async () => {
    const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const { page } = await open({ scheme: 'dark' })
    const dark = await ground(page)
    await page.select('.weft-theme', 'light')
    assert.equal(await ground(page), 'rgb(255, 255, 255)')
    assert.notEqual(dark, 'rgb(255, 255, 255)')
    await page.reload()
    assert.equal(await ground(page), 'rgb(255, 255, 255)')
    assert.equal(await page.$eval('.weft-theme', (one) => (one as HTMLSelectElement).value), 'light')
    await page.select('.weft-theme', 'auto')
    assert.equal(await ground(page), dark)
    await page.reload()
    assert.equal(await ground(page), dark, 'nothing is remembered')
    await page.close()
  })

  test('should work where nothing can be stored', async () => {
    const { page, complaints } = await open()
    await page.evaluateOnNewDocument(() =>
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new Error('no storage')
        },
      }),
    )
    await page.reload()
    await page.select('.weft-theme', 'dark')
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark')
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should mark the section that is read in the contents, and unfold them on a narrow screen', async () => {
    const nav = `<nav class="weft-contents" aria-label="Contents"><ol><li><a href="#part-one">One</a></li><li><a href="#part-two">Two</a></li></ol></nav>`
    const html = readFileSync(path, 'utf8').replace(/<main/, `${nav}<main`)
    const { page, complaints } = await open({ widthPx: 360, heightPx: 640 }, html)
    const current = () =>
      page.$$eval('.weft-contents [aria-current]', (all) => all.map((one) => one.textContent))
    assert.deepEqual(await current(), [])
    await page.evaluate(() => document.getElementById('part-one')!.scrollIntoView())
    await page.waitForFunction(() => document.querySelector('[aria-current]')?.textContent === 'One')
    await page.evaluate(() => document.getElementById('part-two')!.scrollIntoView())
    await page.waitForFunction(() => document.querySelector('[aria-current]')?.textContent === 'Two')
    assert.deepEqual(await current(), ['Two'])
    const toggle = '.weft-contents-toggle'
    assert.equal(await page.$eval(toggle, (one) => one.getAttribute('aria-expanded')), 'false')
    await page.click(toggle)
    assert.equal(await page.$eval(toggle, (one) => one.getAttribute('aria-expanded')), 'true')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'One')
    await page.keyboard.press('Escape')
    assert.equal(await page.$eval(toggle, (one) => one.getAttribute('aria-expanded')), 'false')
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should show data and mark code when they are unfolded, and give CSV when it is asked for', async () => {
    const { page, complaints } = await open()
    const data = '.weft-tools[data-for=fig-lines]'
    assert.equal(await page.$(`${data} table`), null)
    await page.$eval(`${data} summary`, (summary) => (summary as HTMLElement).click())
    await page.waitForSelector(`${data} .weft-rows td`)
    const rows = await page.$$eval(`${data} tr`, (all) => all.map((row) => row.textContent))
    assert.deepEqual(rows.slice(0, 3), ['XseriesTime', '1A0.1', '2A0.2'])
    const csv = await page.$eval(`${data} .weft-csv`, (link) => {
      link.addEventListener('click', (event) => event.preventDefault())
      ;(link as HTMLElement).click()
      return decodeURIComponent((link as HTMLAnchorElement).href)
    })
    assert.match(csv, /^data:text\/csv;charset=utf-8,X,series,Time\r\n1,A,0\.1\r\n/)
    const code = '#cell-fig-curve'
    const text = await page.$eval(code, (one) => one.textContent)
    assert.equal(await page.$(`${code} .t-keyword`), null)
    await page.$eval(`details:has(${code}) summary`, (summary) => (summary as HTMLElement).click())
    await page.waitForSelector(`${code} .line>.t-keyword`)
    assert.equal(await page.$eval(code, (one) => one.textContent), text)
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('should keep drawings and code without scripts', async () => {
    const { page } = await open({ hasScripts: false })
    const html = await page.content()
    assert.equal(html.match(/class="weft-drawing"[^>]*><svg/g)?.length, 4)
    assert.match(html, /export default make\('fig-curve'\)/)
    assert.doesNotMatch(html, /<button/)
    await page.close()
  })
})
