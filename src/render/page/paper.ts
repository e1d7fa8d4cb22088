import { cssString } from '../model/css-string.ts'
import type { FrontMatter, Sides } from '../model/types.ts'
import { headsStyle } from '../print/running-heads.ts'
import { stack } from './families.ts'

/** What decides how a page of print is divided. */
export type PaperFront = Partial<
  Pick<FrontMatter, 'paperMm' | 'marginsMm' | 'fontPt' | 'linestretch' | 'columns' | 'chapterbreak'>
>

/** A printed page and the text on it, in mm. */
export interface Paper {
  readonly size: readonly [width: number, height: number]
  readonly margins: Sides
  /** Widest figure or table. */
  readonly wide: number
  /** Width of the lines of text. */
  readonly measure: number
  readonly columns: 1 | 2
  /** Width of one column. */
  readonly column: number
  /** Tallest figure. */
  readonly tallest: number
}

const a4: Paper['size'] = [210, 297]
const usual: Sides = { top: 24, right: 22.5, bottom: 26, left: 22.5 }
const usualPt = 10.5
/** A line of 142 mm has about 90 characters of 10.5 pt, hyphenated and justified. */
const usualMeasure = 142
const usualLeading = { screen: 1.55, print: 1.32 }
const captionMm = 22
/** Between two columns, as in print.css. */
const gapMm = 7

/** Divides the page: on paper smaller than A4 its margins are smaller too, unless they are given. */
export function paperOf({ paperMm = a4, marginsMm = {}, fontPt = usualPt, columns = 1 }: PaperFront): Paper {
  const [width, height] = paperMm
  const scale = Math.min(1, width / a4[0])
  const side = (name: keyof Sides) => marginsMm[name] ?? usual[name] * scale
  const margins = { top: side('top'), right: side('right'), bottom: side('bottom'), left: side('left') }
  const wide = width - margins.left - margins.right
  const isGiven = marginsMm.left !== undefined || marginsMm.right !== undefined
  // Whoever names the margins wants the text to fill what is between them.
  const measure = isGiven || columns > 1 ? wide : Math.min(wide, (usualMeasure / usualPt) * fontPt)
  return {
    size: paperMm,
    margins,
    wide,
    measure,
    columns,
    column: columns === 1 ? measure : (wide - gapMm) / 2,
    tallest: Math.max(20, height - margins.top - margins.bottom - captionMm),
  }
}

/** Whether chapters begin where the last one ends, in print. */
export function chaptersFlow({ chapterbreak = 'none' }: PaperFront): boolean {
  return chapterbreak === 'none'
}

/** What stands in the margins of printed pages. */
export interface Margins {
  readonly title: string
  readonly notice: string
  readonly direction: 'ltr' | 'rtl'
  /** Families of the report's own. */
  readonly fonts?: readonly string[]
  /** The title of each chapter, at the top of its pages. */
  readonly running: readonly string[]
}

function marginFonts(fonts: readonly string[]): string {
  return fonts.length === 0 ? "'Source Sans 3',sans-serif" : stack('sans', fonts)
}

/** Gives the rules of the sheets of paper: their size, their margins, and what stands in them. */
export function sheetCss(
  { title, notice, running, direction, fonts = [] }: Margins,
  front: PaperFront,
): string {
  const families = marginFonts(fonts)
  const small = `font:400 8pt/1.2 ${families};color:#555`
  const { size, margins, wide, measure } = paperOf(front)
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right']
  const inset = mm((wide - measure) / 2)
  const noticeBox =
    notice === ''
      ? ''
      : `@top-${end}{content:${cssString(notice)};padding-${end}:${inset};width:62%;text-align:${end};font:600 8pt/1.2 ${families};color:#7a4a00}`
  const sheet = `size:${front.paperMm ? size.map(mm).join(' ') : 'A4'};margin:${marginText(margins)};`
  // Where chapters follow each other no page belongs to one of them: printing finds out which begins where.
  const isFlowing = chaptersFlow(front)
  const chapters = isFlowing ? [] : running
  const heads = isFlowing
    ? `@top-${start}{content:counter(page,${headsStyle});padding-${start}:${inset};width:${notice === '' ? 80 : 38}%;${small}}`
    : ''
  const chapterBoxes = chapters.map((chapter) =>
    chapter === '' ? '' : `@top-${start}{content:${cssString(chapter)};padding-${start}:${inset};${small}}`,
  )
  const chapterPages = chapterBoxes.map((box, index) => chapterPage(box, index + 1))
  return `${isFlowing ? `\n@counter-style ${headsStyle}{system:cyclic;symbols:''}` : ''}
@page{${sheet}${heads}${noticeBox}@bottom-${start}{content:${cssString(title)};padding-${start}:${inset};width:70%;${small}}@bottom-${end}{content:counter(page) ' / ' counter(pages);padding-${end}:${inset};direction:ltr;white-space:nowrap;${small}}}
${chapterPages.join('\n')}
${lyingCss(front, chapterBoxes)}
@page:first{@top-${start}{content:none}@bottom-${start}{content:none}${isFlowing ? '' : `@bottom-${end}{content:none}`}}`
}

/** Gives the rules that follow from the front matter, to come after all others; nothing for a usual page. */
export function paperCss(front: PaperFront): string {
  const { fontPt, linestretch = 1 } = front
  const { wide, measure, tallest } = paperOf(front)
  const sizes = {
    ...(fontPt !== undefined && { 'font-size': `${rounded(fontPt)}pt` }),
    ...((measure !== usualMeasure || wide !== 165) && { '--measure': mm(measure), '--wide': mm(wide) }),
    ...(tallest !== 225 && { '--tallest': mm(tallest) }),
  }
  const root = Object.entries(sizes).map(([name, value]) => `${name}:${value}`)
  const leading = (usual: number) => `body{line-height:${rounded(usual * linestretch)}}`
  const print = [
    ...(root.length > 0 ? [`:root{${root.join(';')}}`] : []),
    ...(linestretch === 1 ? [] : [leading(usualLeading.print)]),
  ]
  return [
    ...(linestretch === 1 ? [] : [leading(usualLeading.screen)]),
    ...(print.length > 0 ? [`@media print{${print.join('')}}`] : []),
  ].join('\n')
}

// Pages of a chapter have its name, so that their margins can hold its title.
function chapterPage(box: string, number: number): string {
  const name = `chapter-${number}`
  return `@page ${name}{${box}}.weft-${name}{page:${name}}`
}

// Pages that lie on their side, for what is too wide to stand.
function lyingCss(front: PaperFront, boxes: readonly string[]): string {
  const { size, margins } = paperOf(front)
  const [width, height] = size
  const wide = mm(height - margins.left - margins.right)
  const tall = mm(Math.max(20, width - margins.top - margins.bottom - captionMm))
  const sheet = `size:${mm(height)} ${mm(width)};`
  const pages = boxes.map(
    (box, index) =>
      `@page lying-${index + 1}{${sheet}${box}}.weft-chapter-${index + 1} .weft-landscape{page:lying-${index + 1}}`,
  )
  return [
    `@page lying{${sheet}}.weft-landscape{page:lying}`,
    ...pages,
    `@media print{.weft-landscape{width:${wide};--measure:${wide};--wide:${wide};--tallest:${tall}}}`,
  ].join('\n')
}

function marginText({ top, right, bottom, left }: Sides): string {
  const sides = [top, right, bottom, ...(left === right ? [] : [left])]
  return sides.map(mm).join(' ')
}

function mm(length: number): string {
  return `${rounded(length)}mm`
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
