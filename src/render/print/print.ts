import type { Page } from 'puppeteer-core'
import { sha256 } from '../model/digest.ts'
import { countSectionPages, type SectionPages } from './count-section-pages.ts'
import { loadPage } from './load-page.ts'
import { type Names, nameDocument } from './name-document.ts'
import { numberNodes } from './number-nodes.ts'
import type { OpenBrowser } from './open-browser.ts'
import { pagesWithText } from './pages-with-text.ts'
import { loadReader } from './pdf-text.ts'
import { type NumberMemory, printPages } from './print-pages.ts'
import { setDates } from './set-dates.ts'
import { verifyPrint } from './verify-print.ts'

/** What a print is to have. */
export interface PrintOptions {
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
  const pages = await verifyPrint(pdf, [options.title, ...(options.expected ?? [])], pagesWithText(dated))
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
