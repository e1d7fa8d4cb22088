import { openText } from '../print/pdf-text.ts'

/** Stands for what has no text that could be told from the sources, as a formula; like all marks of Unicode's private area. */
export const gap = '\uE000'
/** The end of a block, behind which a marker or a number may stand. */
export const blockEnd = '\uE001'
/** The end of a page. */
const pageEnd = '\uE002'
/** Where the formulas of a page begin, which are read behind its words. */
const formulasBegin = '\uE004'
/** Where there may be a space, or not. */
export const maybeSpace = '\uE003'

const marks = /[\uE000-\uE00F]/g

/**
 * Folds what is expected to be printed: compatibility characters (wide spaces, raised digits, ligatures), kinds of
 * hyphens, white space. A minus sign stays one. Characters that are marks here are left out.
 */
export function fold(text: string): string {
  return foldMarked(text.replace(marks, ''))
}

// A reader of the print may give words that run from right to left in another order.
const fromRight =
  /[\p{Script=Arabic}\p{Script=Hebrew}](?:[^\p{Script=Latin}\p{N}\uE000-\uE00F]*[\p{Script=Arabic}\p{Script=Hebrew}])*/gu

/** Folds a text with marks, which stay; they swallow the space round them. */
export function foldMarked(text: string): string {
  return foldCharacters(text)
    .replace(fromRight, gap)
    .replace(/\s+/gu, ' ')
    .replace(/ *([\uE000\uE001\uE003]) */g, '$1')
}

/** Folds the text of a page, whose lines stay lines. */
export function foldPage(text: string): string {
  return foldCharacters(text.replace(marks, ''))
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

// Hyphens of all kinds, without what only says where a line may end.
function foldCharacters(text: string): string {
  return foldTypography(text)
    .normalize('NFKC')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
}

// Quotes and dashes as they are typed: what stands in a source is set by its language. The letter U+02BC is a reader's
// for the glyph of an apostrophe.
function foldTypography(text: string): string {
  return text
    .replace(/«\u00a0|\u00a0»|[“”„‟«»「」]/g, '"')
    .replace(/[‘’‚‛‹›『』\u02BC]/g, "'")
    .replace(/—/g, '---')
    .replace(/–/g, '--')
}

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
    for (let number = 1; number <= opened.count; number++) pages.push(foldBody(await opened.read(number)))
    const page = firstId === undefined ? undefined : await opened.pageOf(firstId)
    return joinPages(pages, page)
  } finally {
    await opened.close()
  }
}

/** Folds what a page says, with a mark where its formulas begin, if it has some. */
export function foldBody({ body, formulas }: { readonly body: string; readonly formulas: string }): string {
  const [whole, behind] = [foldPage(body), foldPage(formulas)]
  if (behind === '' || !whole.endsWith(behind)) return whole
  return `${whole.slice(0, -behind.length).trimEnd()}\n${formulasBegin}\n${behind}`
}

const pageBreak = `\n${pageEnd}\n`
const toFormulas = `\n${formulasBegin}\n`
// A reader may find a few formulas of a page's last line before the mark.
const slack = 40

/** Gives where the next page begins, if what stands at a place is the end of its page: nothing, or formulas. */
export function overPageEnd(text: string, place: number): number | undefined {
  if (text.startsWith(pageBreak, place)) return place + pageBreak.length
  return text.startsWith(toFormulas, place) ? nearPageEnd(text, place) : undefined
}

/** Gives where the next page begins, if the words of this one end near a place. */
export function nearPageEnd(text: string, place: number): number | undefined {
  const end = text.indexOf(pageBreak, place)
  if (end < 0) return undefined
  const formulas = text.slice(place, Math.min(end, place + slack + toFormulas.length)).indexOf(toFormulas)
  return formulas >= 0 || end - place <= slack ? end + pageBreak.length : undefined
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
