import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'puppeteer-core'
import { sha256 } from '../model/digest.ts'
import { answered } from './browser-fault.ts'
import { countSectionPages, type SectionPages } from './count-section-pages.ts'
import { type Names, nameDocument } from './name-document.ts'
import type { OpenBrowser } from './open-browser.ts'
import { countPages, pagesWithText } from './pdf-pages.ts'
import { foldText, loadReader, type OpenText, openText } from './pdf-text.ts'
import { placeFloats, planFloats } from './place-floats.ts'
import { type NumberMemory, printPages } from './print-pages.ts'
import { numberNodes, setDates } from './same-bytes.ts'
import { settleHyphens } from './settle-hyphens.ts'

/** What a print is to have. */
interface PrintOptions {
  /** Written as the dates of creation and change. */
  readonly date: Date
  /** The text that must be found in the PDF. */
  readonly title: string
  /** Further texts that must be found in it. */
  readonly expected?: readonly string[]
  /** Numbers of pages that an earlier print came to, and places of figures; they spare time and change nothing. */
  readonly memory?: NumberMemory
  /** Whether figures and tables may move to where they leave the least of a page blank. */
  readonly floats?: boolean
  /** Called when the browser begins to plan or to print. Until then it waits for each answer, afterwards for few. */
  readonly onBusy?: () => void
  /** Is given the page, still loaded, what was printed of it, and whether its figures have moved. */
  readonly inspect?: (page: Page, pdf: Uint8Array, isFloated: boolean) => Promise<void>
}

/** A printed document. */
export interface Printed {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Of each section whose pages are bounded, in order. */
  readonly sections: readonly SectionPages[]
  /** What did not harm the print, but should be known: one for each address that the page asked for. */
  readonly warnings: readonly string[]
}

/**
 * Prints a self-contained page as a tagged PDF with bookmarks. Equal pages and dates give equal bytes. Throws
 * when the print does not hold what was expected: a browser in trouble leaves text away without an error.
 */
export async function print(html: string, browser: OpenBrowser, options: PrintOptions): Promise<Printed> {
  const loaded = await loadPage(html, browser.browser)
  const printing = printFloated(loaded, html, browser, options)
  // Loaded while the browser prints, which takes longer.
  const reader = loadReader()
  reader.catch(() => undefined)
  const { bytes, page, blocked, names, isFloated } = await printing
  // The browser prints sections while the whole is read again here.
  const style = sha256(`${browser.version} ${html.slice(0, html.indexOf('<body'))}`)
  const counting = countSectionPages(page, { memory: options.memory, style })
  counting.catch(() => undefined)
  const warnings = blocked.map((url) => `Cannot fetch \`${url}\`, the page must be self-contained`)
  const dated = numberNodes(setDates(bytes, options.date))
  const pdf = named(dated, names, warnings)
  await reader
  const pages = await checkTexts(pdf, [options.title, ...(options.expected ?? [])], pagesWithText(dated))
  const sections = await counting
  await options.inspect?.(page, pdf, isFloated)
  await page.close()
  return { pdf, pages, sections, warnings }
}

// With its figures placed, if they may be. A plan is followed in a page that nothing was tried in: what was leaves
// traces in the bytes. A print that is not as the plan foretold is made again without.
async function printFloated(
  loaded: Loaded,
  html: string,
  browser: OpenBrowser,
  { memory = new Map(), floats = false, onBusy }: PrintOptions,
): Promise<Loaded & { readonly bytes: Uint8Array; readonly isFloated: boolean }> {
  if (!floats)
    return { ...loaded, bytes: await printPages(loaded.page, { memory, onBusy }), isFloated: false }
  const load = (onLoading?: () => void) => loadPage(html, browser.browser, { onLoading })
  const key = `floats ${sha256(`${browser.version} ${html}`)}`
  const isPlanned = memory.get(key) !== undefined
  // Loaded while the first page is tried in, by another process of the browser.
  const copy = isPlanned ? undefined : load(onBusy)
  copy?.catch(() => undefined)
  const planned = isPlanned || (await planFloats(loaded.page, { memory, key, style: styleOf(html, browser) }))
  const clean = (await copy) ?? loaded
  if (copy) await loaded.page.close()
  const placed = planned ? await placeFloats(clean.page, { memory, key }) : undefined
  const bytes = await printPages(clean.page, { memory, foretold: placed?.numbers, onBusy })
  if (!placed || countPages(bytes) === placed.pages)
    return { ...clean, bytes, isFloated: placed !== undefined }
  placed.refuse()
  await clean.page.close()
  const again = await load()
  return { ...again, bytes: await printPages(again.page, { memory }), isFloated: false }
}

// Rules and fonts; a description in the head changes with the text.
function styleOf(html: string, { version }: OpenBrowser): string {
  const head = html.slice(0, html.indexOf('<body'))
  return sha256([version, ...(head.match(/<style[\s\S]*?<\/style>/g) ?? [])].join('\n'))
}

// A browser that writes its PDF in another way still prints a whole report.
function named(pdf: Uint8Array, names: Names, warnings: string[]): Uint8Array {
  try {
    return nameDocument(pdf, names)
  } catch (error) {
    warnings.push(`Cannot name the bookmarks, ${(error as Error).message}`)
    return pdf
  }
}

// Expects text on every page, and all the texts that are expected; gives the number of pages. Pages that plainly draw
// text (`isPlain`) are read only for the texts that are still to be found.
async function checkTexts(
  pdf: Uint8Array,
  expected: readonly string[],
  isPlain: readonly boolean[],
): Promise<number> {
  const text = await openText(pdf)
  try {
    const { count } = text
    const counted = countPages(pdf)
    if (count === 0 || count !== counted)
      throw new Error(`Unexpected print, expected ${counted} pages with text, found ${count}`)
    await findTexts(text, expected.map(foldText))
    await findEmpty(text, isPlain)
    return count
  } finally {
    await text.close()
  }
}

async function findTexts(text: OpenText, wanted: readonly string[]): Promise<void> {
  let found = ''
  for (let number = 1; number <= text.count; number++) {
    found = foldText(`${found} ${(await text.read(number)).body}`)
    if (wanted.every((one) => holds(found, one))) return
  }
  const missing = wanted.find((one) => !holds(found, one))
  if (missing === undefined) return
  throw new Error(`Unexpected print, expected the text \`${missing}\`, found \`${found.slice(0, 200)}…\``)
}

// They may lack a font, which has its own message, or be read back in another order.
const otherLetters = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]/gu

// A long word is broken where its line ends, without a hyphen.
function holds(text: string, title: string): boolean {
  const wanted = title.replace(otherLetters, '')
  return text.includes(wanted) || text.replaceAll(' ', '').includes(wanted.replaceAll(' ', ''))
}

async function findEmpty(text: OpenText, isPlain: readonly boolean[]): Promise<void> {
  for (let number = 1; number <= text.count; number++) {
    if (isPlain[number - 1]) continue
    const { body, margins } = await text.read(number)
    if (`${body}${margins}`.trim() !== '') continue
    throw new Error(`Unexpected print, expected text on page ${number} of ${text.count}, found none`)
  }
}

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
export async function loadPage(
  html: string,
  browser: Browser,
  { onLoading }: { readonly onLoading?: () => void } = {},
): Promise<Loaded> {
  const page = await answered(browser.newPage())
  // What was asked of a page that crashed is never answered; without the browser it fails at once.
  page.once('error', () => void browser.process()?.kill('SIGKILL'))
  const blocked = new Set<string>()
  page.setDefaultTimeout(loadTimeoutMs)
  await Promise.all([page.setJavaScriptEnabled(false), blockRequests(page, blocked)])
  const sending = openSending(browser, html)
  const loading = page.setContent(html.replace('</head>', `${unpainted}</head>`), { waitUntil: 'load' })
  await Promise.race([sending.sent(), loading])
  onLoading?.()
  await loading
  await settleHyphens(page, html)
  const names = await page.evaluate(readNames)
  return { page, blocked: [...blocked], names }
}

// A text for the browser goes through a pipe in pieces, each of which takes a turn of this process: a browser that has half
// of a page waits for the rest.
function openSending(browser: Browser, text: string) {
  const pipe = browser.process()?.stdio[3] as Socket | null | undefined
  const whole = (pipe?.bytesWritten ?? 0) + text.length
  const isSent = () => !pipe || pipe.destroyed || (pipe.bytesWritten >= whole && pipe.writableLength === 0)
  return {
    async sent() {
      while (!isSent()) await pause(1)
    },
  }
}

// What the browser paints on its screen it numbers, in an order of its own, and the print names elements by these numbers.
const unpainted = '<style>@media screen{html{visibility:hidden}}</style>'

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
  const keywords = document.querySelector<HTMLMetaElement>('meta[name=keywords]')?.content ?? ''
  return { headings, authors: [...metas].map((meta) => meta.content), keywords }
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
