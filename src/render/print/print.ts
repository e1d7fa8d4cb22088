import type { Page } from 'puppeteer-core'
import { sha256 } from '../model/digest.ts'
import { countSectionPages, type SectionPages } from './count-section-pages.ts'
import { loadPage } from './load-page.ts'
import { type Names, nameDocument } from './name-document.ts'
import type { OpenBrowser } from './open-browser.ts'
import { countPages, pagesWithText } from './pdf-pages.ts'
import { foldText, loadReader, type OpenText, openText } from './pdf-text.ts'
import { type NumberMemory, printPages } from './print-pages.ts'
import { numberNodes, setDates } from './same-bytes.ts'

/** What a print is to have. */
interface PrintOptions {
  /** Written as the dates of creation and change. */
  readonly date: Date
  /** The text that must be found in the PDF. */
  readonly title: string
  /** Further texts that must be found in it. */
  readonly expected?: readonly string[]
  /** Numbers of pages that an earlier print came to; they spare prints and change none. */
  readonly memory?: NumberMemory
  /** Is given the page, still loaded, and what was printed of it. */
  readonly inspect?: (page: Page, pdf: Uint8Array) => Promise<void>
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
  const reader = loadReader()
  reader.catch(() => undefined)
  const { page, blocked, names } = await loadPage(html, browser.browser)
  const bytes = await printPages(page, options.memory)
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
  await options.inspect?.(page, pdf)
  await page.close()
  return { pdf, pages, sections, warnings }
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

// A long word is broken where its line ends, without a hyphen.
function holds(text: string, wanted: string): boolean {
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
