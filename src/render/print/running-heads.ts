import type { Page } from 'puppeteer-core'
import { cssString } from '../model/css-string.ts'

/** The counter style that writes the title of the section for the number of a page; printing fills it. */
export const headsStyle = 'weft-heads'

/** A title that stands at the top of pages from that on which its section begins, until the next one. */
export interface Head {
  readonly id: string
  readonly title: string
}

/** Reads the list that a print has of what to write at the top of its pages; empty if it has none. */
export async function readHeads(page: Page): Promise<readonly Head[]> {
  return page.evaluate(headsInPage)
}

/**
 * Writes the title of the section at the top of each page of a loaded print. A page on which a section begins has the
 * title of the first that does; margins have their own room, so that no line moves.
 *
 * @param numbers The page, from 1, on which each section begins.
 */
export async function writeHeads(
  page: Page,
  heads: readonly Head[],
  numbers: readonly number[],
): Promise<void> {
  if (heads.length > 0) await page.evaluate(addStyle, headsCss(heads, numbers))
}

/** Gives the rule that turns the number of a page into its head: one symbol a page. */
export function headsCss(heads: readonly Head[], numbers: readonly number[]): string {
  const pages = Math.max(1, ...numbers)
  const titles = Array.from({ length: pages }, (_, index) => {
    const beginning = numbers.indexOf(index + 1)
    const before = numbers.findLastIndex((number) => number <= index)
    return heads[beginning < 0 ? before : beginning]?.title ?? ''
  })
  const last = `@counter-style weft-last{system:cyclic;symbols:${cssString(heads.at(-1)?.title ?? '')}}`
  const symbols = titles.map(cssString).join(' ')
  return `${last}@counter-style ${headsStyle}{system:fixed;symbols:${symbols};fallback:weft-last}`
}

// The rest runs in the page.

function headsInPage(): Head[] {
  const links = document.querySelectorAll<HTMLAnchorElement>('.weft-heads a')
  return [...links].map((link) => ({
    id: decodeURIComponent(link.hash.slice(1)),
    title: link.dataset.head ?? '',
  }))
}

function addStyle(css: string): void {
  const style = document.querySelector('#weft-heads-style') ?? document.createElement('style')
  style.id = 'weft-heads-style'
  style.textContent = css
  document.head.append(style)
}
