import { openText } from '../print/pdf-text.ts'
import { foldPage, pageEnd } from './fold.ts'

/** The text of a print, as one. */
export interface PrintedText {
  /** Of all pages, folded, without their margins; lines and pages end with marks. */
  readonly text: string
  /** Where each page begins in it. */
  readonly starts: readonly number[]
  /** Where the first chapter begins that stands behind contents. */
  readonly bodyAt: number
}

/**
 * Reads what a print says.
 *
 * @param firstId of the element that begins the first chapter behind contents, where there are any
 */
export async function readPrintedText(pdf: Uint8Array, firstId?: string): Promise<PrintedText> {
  const opened = await openText(pdf)
  try {
    const pages: string[] = []
    for (let number = 1; number <= opened.count; number++)
      pages.push(foldPage((await opened.read(number)).body))
    const page = firstId === undefined ? undefined : await opened.pageOf(firstId)
    return joinPages(pages, page)
  } finally {
    await opened.close()
  }
}

/** Joins the texts of pages; `firstPage`, from 1, is where the chapters begin. */
export function joinPages(pages: readonly string[], firstPage = 1): PrintedText {
  const starts: number[] = []
  let text = ''
  for (const page of pages) {
    if (starts.length > 0) text += `\n${pageEnd}\n`
    starts.push(text.length)
    text += page
  }
  return { text, starts, bodyAt: starts[firstPage - 1] ?? 0 }
}

/** Gives the number of the page, from 1, on which a place of the text stands. */
export function pageAt({ starts }: PrintedText, offset: number): number {
  const next = starts.findIndex((start) => start > offset)
  return next < 0 ? starts.length : Math.max(1, next)
}
