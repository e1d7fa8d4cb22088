import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import type { Browser, Page } from 'puppeteer-core'
import { type OpenBrowser, openBrowser } from '../../../../src/render/print/open-browser.ts'

/** A page under test, with what it asked for and what it complained of. */
export interface Opened {
  readonly page: Page
  readonly requests: readonly string[]
  readonly complaints: readonly string[]
}

interface Surroundings {
  readonly widthPx?: number
  readonly heightPx?: number
  readonly scheme?: 'light' | 'dark'
  readonly hasScripts?: boolean
}

/** Opens a page as a reader would open its file. */
export async function openPage(
  browser: Browser,
  path: string,
  { widthPx = 1200, heightPx = 900, scheme = 'light', hasScripts = true }: Surroundings = {},
): Promise<Opened> {
  const page = await browser.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith('data:')) requests.push(url)
  })
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.setJavaScriptEnabled(hasScripts)
  await page.setViewport({ width: widthPx, height: heightPx })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.goto(`file://${path}`, { waitUntil: 'load' })
  return { page, requests, complaints }
}

interface PageOfTests {
  readonly path: string
  /** Opens the page, or another text as a page beside it. */
  open(surroundings?: Surroundings, html?: string): Promise<Opened>
}

/** Makes a page for the tests of a group, in a file of its own, and a browser that they open it in. */
export function pageOfTests(make: () => Promise<string>): PageOfTests {
  const folder = mkdtempSync(join(tmpdir(), 'weft-page-'))
  const path = join(folder, 'page.html')
  const other = join(folder, 'other.html')
  const state: { opened?: OpenBrowser } = {}
  before(async () => {
    const [opened, html] = await Promise.all([openBrowser(), make()])
    state.opened = opened
    writeFileSync(path, html)
  })
  after(async () => {
    await state.opened?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    path,
    async open(surroundings, html) {
      if (html !== undefined) writeFileSync(other, html)
      return openPage(state.opened!.browser, html === undefined ? path : other, surroundings)
    },
  }
}
