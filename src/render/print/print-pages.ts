import type { Page } from 'puppeteer-core'
import { sha256 } from '../model/digest.ts'
import { pageNumbers } from './pdf-pages.ts'
import { readHeads, writeHeads } from './running-heads.ts'

const most = 3

/** Remembers the numbers that an earlier print of the same contents came to. */
export interface NumberMemory {
  get(key: string): string | undefined
  set(key: string, numbers: string): void
}

interface PagesOptions {
  readonly memory?: NumberMemory
  /** The numbers that the placing of figures has found; they spare the first print too. */
  readonly foretold?: ReadonlyMap<string, number>
  /** Called before each print. */
  readonly onBusy?: () => void
}

/**
 * Prints a loaded page, with the number of its page at each entry of the contents, and the section at the top. The
 * slots have one width, so that the last print is laid out as the one before it was; it is checked all the same.
 * Numbers that are remembered spare the first print where they are still right, and change nothing of the last.
 */
export async function printPages(
  page: Page,
  { memory = new Map(), foretold = new Map(), onBusy }: PagesOptions = {},
): Promise<Uint8Array> {
  const heads = await readHeads(page)
  const entries = await page.evaluate(linkedIds)
  const linked = [...entries, ...heads.map(({ id }) => id)]
  if (linked.length === 0) {
    onBusy?.()
    return printBytes(page, { isWhole: true })
  }
  const key = `pages ${sha256(linked.join(' '))}`
  const known = linked.every((id) => foretold.has(id))
    ? linked.map((id) => foretold.get(id)!)
    : remembered(memory.get(key), linked)
  if (!known) onBusy?.()
  let wanted = known ?? numbersOf(await draft(page), linked)
  for (let time = 1; time <= most; time++) {
    await page.evaluate(fillSlots, wanted.slice(0, entries.length))
    await writeHeads(page, heads, wanted.slice(entries.length))
    onBusy?.()
    const bytes = await printBytes(page, { isWhole: true })
    const found = numbersOf(bytes, linked)
    if (found.every((number, index) => number === wanted[index])) {
      memory.set(key, JSON.stringify(found))
      return bytes
    }
    wanted = found
  }
  throw new Error('Cannot number the contents, their own length moves the pages that they name')
}

function remembered(text: string | undefined, linked: readonly string[]): number[] | undefined {
  const numbers: unknown = text === undefined ? undefined : JSON.parse(text)
  return Array.isArray(numbers) && numbers.length === linked.length ? numbers.map(Number) : undefined
}

// Only places count in it, so nothing is painted.
async function draft(page: Page): Promise<Uint8Array> {
  await page.evaluate(setPainted, false)
  const bytes = await printBytes(page, { isWhole: false })
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

/** What `printBytes` may be told. */
interface BytesOptions {
  /** With structure, bookmarks and backgrounds; a print that is only measured needs none of them. */
  readonly isWhole: boolean
}

/**
 * Prints a loaded page as PDF. Asks the browser itself: puppeteer reads its answer in pieces, and decodes them by
 * whatever stands in for `Uint8Array.fromBase64`, several times as slow.
 */
export async function printBytes(page: Page, { isWhole }: BytesOptions): Promise<Uint8Array> {
  const session = await page.createCDPSession()
  try {
    const { data } = await session.send('Page.printToPDF', {
      ...{ marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: 0 },
      preferCSSPageSize: true,
      printBackground: isWhole,
      generateTaggedPDF: isWhole,
      generateDocumentOutline: isWhole,
      transferMode: 'ReturnAsBase64',
    })
    return new Uint8Array(Buffer.from(data, 'base64'))
  } finally {
    await session.detach()
  }
}
