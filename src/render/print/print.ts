import { countSectionPages, type SectionPages } from './count-section-pages.ts'
import { loadPage } from './load-page.ts'
import { type Names, nameDocument } from './name-document.ts'
import { numberNodes } from './number-nodes.ts'
import type { OpenBrowser } from './open-browser.ts'
import { foldText, loadReader, type PageText, pdfPages } from './pdf-text.ts'
import { printPages } from './print-pages.ts'
import { setDates } from './set-dates.ts'

/** What a print is to have. */
export interface PrintOptions {
  /** Written as the dates of creation and change. */
  readonly date: Date
  /** The text that must be found in the PDF. */
  readonly title: string
  /** Further texts that must be found in it. */
  readonly expected?: readonly string[]
}

/** A printed document. */
export interface Printed {
  readonly pdf: Uint8Array
  readonly pages: readonly PageText[]
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
  const bytes = await printPages(page)
  // The browser prints sections while the whole is read again here.
  const counting = countSectionPages(page)
  counting.catch(() => undefined)
  const warnings = blocked.map((url) => `Cannot fetch \`${url}\`, the page must be self-contained`)
  const pdf = named(numberNodes(setDates(bytes, options.date)), names, warnings)
  await reader
  const pages = await pdfPages(pdf)
  verify(pages, pdf, options)
  const sections = await counting
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

function verify(pages: readonly PageText[], pdf: Uint8Array, { title, expected = [] }: PrintOptions): void {
  const counted =
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  if (pages.length === 0 || pages.length !== counted) {
    throw new Error(`Unexpected print, expected ${counted} pages with text, found ${pages.length}`)
  }
  const empty = pages.findIndex((page) => `${page.body}${page.margins}`.trim() === '')
  if (empty >= 0) {
    throw new Error(`Unexpected print, expected text on page ${empty + 1} of ${pages.length}, found none`)
  }
  const text = foldText(pages.map((page) => page.body).join(' '))
  for (const wanted of [title, ...expected]) {
    if (text.includes(foldText(wanted))) continue
    throw new Error(
      `Unexpected print, expected the text \`${foldText(wanted)}\`, found \`${text.slice(0, 200)}…\``,
    )
  }
}
