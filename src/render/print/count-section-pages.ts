import type { Heading } from 'mdast'
import type { Page } from 'puppeteer-core'
import type { VFile } from 'vfile'
import { sha256 } from '../model/digest.ts'
import { fail } from '../model/messages.ts'
import type { Chapter, Position } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { countPages } from './pdf-pages.ts'
import { type NumberMemory, printBytes } from './print-pages.ts'

/** A section whose pages are bounded, and how many its text fills. */
export interface SectionPages {
  readonly id: string
  readonly limit: number
  readonly pages: number
}

interface CountOptions {
  readonly memory?: NumberMemory
  readonly style?: string
}

// What a bound on a section's text leaves out.
const left = [
  ...['figure', 'table', '.weft-scroll', '.weft-cell', '.weft-failure', '.weft-register'],
  ...['.references', '.csl-bib-body', '#refs'],
]

/**
 * Prints the text of each section of a loaded page that has `data-pages`, in their order, alone: from its heading to
 * the next one of its level or a higher one, without figures, tables, code of cells and the list of references, with
 * its own footnotes. Leaves the page as it was. Counts that are remembered under the same text and `style`, a digest
 * of all else that decides how it is laid out, are not counted again.
 */
export async function countSectionPages(
  page: Page,
  { memory = new Map(), style = '' }: CountOptions = {},
): Promise<readonly SectionPages[]> {
  const sections = await page.evaluate(boundedSections)
  const counted: SectionPages[] = []
  for (const [index, { id, limit }] of sections.entries()) {
    const text = await page.evaluate(showAlone, index, left.join(','))
    const key = `section ${sha256(`${style} ${text}`)}`
    const known = Number(memory.get(key))
    const pages = known > 0 ? known : countPages(await printBytes(page, { isWhole: false }))
    await page.evaluate(showAll)
    memory.set(key, String(pages))
    counted.push({ id, limit, pages })
  }
  return counted
}

// The rest runs in the page, each function by itself.

function boundedSections(): { readonly id: string; readonly limit: number }[] {
  return [...document.querySelectorAll<HTMLElement>('[data-pages]')].map(({ id, dataset }) => ({
    id,
    limit: Number(dataset.pages),
  }))
}

function showAlone(index: number, left: string): string {
  const heading = document.querySelectorAll('[data-pages]')[index]!
  const section = document.createElement('section')
  section.className = 'weft-chapter'
  // 1. Up to the next heading that is not below it.
  for (let node: ChildNode | null = heading; node; node = node.nextSibling) {
    const isNext = node !== heading && node instanceof Element && /^H[1-6]$/.test(node.tagName)
    if (isNext && (node as Element).tagName <= heading.tagName) break
    if (!(node instanceof Element && node.matches('.footnotes'))) section.append(node.cloneNode(true))
  }
  // 2. Its own footnotes, which stand at the end of the chapter.
  const notes = document.createElement('ol')
  for (const link of section.querySelectorAll<HTMLAnchorElement>('a[data-footnote-ref]')) {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (note) notes.append(note.cloneNode(true))
  }
  if (notes.firstChild) section.append(notes)
  for (const element of section.querySelectorAll(left)) element.remove()
  // 3. Space after the last line is none of its text.
  for (let last: Element | null = section; last; last = last.lastElementChild) {
    Object.assign((last as HTMLElement).style ?? {}, { marginBottom: '0', paddingBottom: '0' })
  }
  const main = document.createElement('main')
  main.dataset.weftAlone = ''
  main.append(section)
  for (const child of document.body.children) (child as HTMLElement).style.display = 'none'
  document.body.prepend(main)
  return main.outerHTML
}

function showAll(): void {
  document.querySelector('[data-weft-alone]')?.remove()
  for (const child of document.body.children) (child as HTMLElement).style.display = ''
}

/**
 * Reports `section-fits` at the heading of each section whose text fills too many pages.
 *
 * @param sections all sections with a limit, in the order of the chapters
 */
export function reportSections(chapters: readonly Chapter[], sections: readonly SectionPages[]): void {
  const headings = boundedHeadings(chapters)
  for (const [index, { id, pages, limit }] of sections.entries()) {
    const heading = headings[index]
    if (pages <= limit || !heading) continue
    const reason = `Unexpected ${pages} pages of text in \`#${id}\`, expected at most ${limit} (figures, tables and references not counted)`
    fail(heading.file, 'section-fits', reason, heading.position)
  }
}

interface Bounded {
  readonly file: VFile
  readonly position?: Position
}

function boundedHeadings(chapters: readonly Chapter[]): readonly Bounded[] {
  const found: Bounded[] = []
  for (const { file, tree } of chapters) {
    visit(tree, 'heading', ({ data, position }: Heading) => {
      if (data?.hProperties?.dataPages !== undefined) found.push({ file, position })
    })
  }
  return found
}
