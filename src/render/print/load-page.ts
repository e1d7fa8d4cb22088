import type { Browser, HTTPRequest, Page } from 'puppeteer-core'
import type { Names } from './name-document.ts'

/** A page ready to print. */
export interface Loaded {
  readonly page: Page
  /** Addresses that the page asked for and did not get, in order, each once. */
  readonly blocked: readonly string[]
  readonly names: Names
}

const loadTimeoutMs = 60_000

/**
 * Loads a self-contained page from memory, with its fonts. Scripts do not run, and nothing but `data:` is
 * fetched.
 */
export async function loadPage(html: string, browser: Browser): Promise<Loaded> {
  const page = await browser.newPage()
  const blocked = new Set<string>()
  page.setDefaultTimeout(loadTimeoutMs)
  await Promise.all([page.setJavaScriptEnabled(false), page.setRequestInterception(true)])
  page.on('request', (request) => void answer(request, blocked))
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

async function answer(request: HTTPRequest, blocked: Set<string>): Promise<void> {
  const url = request.url()
  if (/^(data|about):/.test(url)) return request.continue().catch(() => undefined)
  blocked.add(url)
  await request.abort('blockedbyclient').catch(() => undefined)
}
