import type { Browser, Page } from 'puppeteer-core'
import type { Names } from './name-document.ts'

/** A page ready to print. */
interface Loaded {
  readonly page: Page
  /** Addresses that the page asked for and did not get, in order, each once. */
  readonly blocked: readonly string[]
  readonly names: Names
}

const loadTimeoutMs = 60_000
/** All that is not `data:` or the page itself. */
const fetched = ['http*', 'file*', 'ftp*', 'ws*', 'chrome*', 'filesystem*', 'blob*']

/**
 * Loads a self-contained page from memory, with its fonts. Scripts do not run, and nothing but `data:` is
 * fetched.
 */
export async function loadPage(html: string, browser: Browser): Promise<Loaded> {
  const page = await browser.newPage()
  const blocked = new Set<string>()
  page.setDefaultTimeout(loadTimeoutMs)
  await Promise.all([page.setJavaScriptEnabled(false), blockRequests(page, blocked)])
  await page.setContent(html, { waitUntil: 'load' })
  const names = await page.evaluate(readNames)
  return { page, blocked: [...blocked], names }
}

// Runs in the page. Loads fonts that nothing but the printed margins may need, which would come too late; a
// formula's words are its source.
async function readNames(): Promise<Names> {
  await Promise.all([...document.fonts].map((face) => face.load().catch(() => undefined)))
  await document.fonts.ready
  const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => {
    const copy = heading.cloneNode(true) as Element
    for (const formula of copy.querySelectorAll('.katex')) {
      formula.textContent = formula.querySelector('annotation')?.textContent ?? ''
    }
    return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
  })
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name=author]')
  return { headings, authors: [...metas].map((meta) => meta.content) }
}

// Asked of the browser itself: puppeteer would stop every `data:` of the page too, hundreds of them.
async function blockRequests(page: Page, blocked: Set<string>): Promise<void> {
  const session = await page.createCDPSession()
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    blocked.add(request.url)
    const refusal = { requestId, errorReason: 'BlockedByClient' } as const
    session.send('Fetch.failRequest', refusal).catch(() => undefined)
  })
  await session.send('Fetch.enable', { patterns: fetched.map((urlPattern) => ({ urlPattern })) })
}
