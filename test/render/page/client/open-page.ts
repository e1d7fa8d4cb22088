import type { Browser, Page } from 'puppeteer-core'

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
