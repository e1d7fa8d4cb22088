import type { Page, PDFOptions } from 'puppeteer-core'
import { pageNumbers } from './page-numbers.ts'

const final: PDFOptions = { preferCSSPageSize: true, printBackground: true, tagged: true, outline: true }
const most = 3

/**
 * Prints a loaded page, with the number of its page at each entry of the contents. The slots have one width, so
 * that the second print is laid out as the first one was; it is checked all the same.
 */
export async function printPages(page: Page): Promise<Uint8Array> {
  const linked = await page.evaluate(linkedIds)
  if (linked.length === 0) return page.pdf(final)
  let bytes = await draft(page)
  let wanted = numbersOf(bytes, linked)
  for (let time = 2; time <= most; time++) {
    await page.evaluate(fillSlots, wanted)
    bytes = await page.pdf(final)
    const found = numbersOf(bytes, linked)
    if (found.every((number, index) => number === wanted[index])) return bytes
    wanted = found
  }
  throw new Error('Cannot number the contents, their own length moves the pages that they name')
}

// Only places count in it, so nothing is painted.
async function draft(page: Page): Promise<Uint8Array> {
  await page.evaluate(setPainted, false)
  const bytes = await page.pdf({ ...final, printBackground: false, tagged: false, outline: false })
  await page.evaluate(setPainted, true)
  return bytes
}

function numbersOf(pdf: Uint8Array, ids: readonly string[]): number[] {
  const numbers = pageNumbers(pdf)
  return ids.map((id) => {
    const number = numbers.get(id)
    if (number === undefined || Number.isNaN(number))
      throw new Error(`Cannot number the contents, expected the place of \`#${id}\` in the PDF, found none`)
    return number
  })
}

// The rest runs in the page.

function linkedIds(): string[] {
  const links = document.querySelectorAll<HTMLAnchorElement>('a:has(.weft-page)')
  return [...links].map((link) => decodeURIComponent(link.hash.slice(1)))
}

function fillSlots(numbers: readonly number[]): void {
  for (const [index, slot] of document.querySelectorAll('a .weft-page').entries()) {
    slot.textContent = String(numbers[index])
  }
}

function setPainted(isPainted: boolean): void {
  document.documentElement.style.visibility = isPainted ? '' : 'hidden'
}
