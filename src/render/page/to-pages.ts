import type { Element, Root } from 'hast'
import type { VFile } from 'vfile'
import type { RenderedReport } from '../model/types.ts'
import type { BlockCache } from './block-cache.ts'
import { composeBody } from './body.ts'
import { openMacroBudget } from './bound-macros.ts'
import { chapterToHast, plainHyphens } from './chapter.ts'
import { composeDocument, forPrint } from './document.ts'
import { classesOf, elementsIn, isHeading, textContent } from './hast.ts'
import { highlightCode } from './highlight.ts'
import { embedImages, reportOutsideMarkup } from './images.ts'
import { drawMathematics } from './mathematics.ts'
import { reportMissingCharacters } from './missing-characters.ts'
import { nameTables, placeHeadings, reportDeadLinks } from './page-ids.ts'
import { noScripts, type PageScripts, pageScripts } from './page-scripts.ts'
import { plainCopy } from './plain-copy.ts'
import { purgePrograms } from './purge-programs.ts'
import { boxTables } from './tables.ts'
import { forScreen } from './tools/for-screen.ts'

/** What may make a page sooner. */
interface PageOptions {
  readonly cache?: BlockCache
  /** For a report that is not trusted. */
  readonly safety?: Safety
}

/** What keeps a page harmless. */
export interface Safety {
  /** Takes from a chapter what it may not have. */
  purge(tree: Root, file: VFile): Root
  /** Stands in the head of a page that has no scripts. */
  readonly head: string
  /** Most em of a rule or a gap in a formula. */
  readonly formulaEm: number
}

// What prints a page need not lay it out for a screen first.
const unseen: PageScripts = { head: '<style>@media screen{body{display:none}}</style>', foot: '' }

/** One report as two pages: what a reader opens, and what is printed. */
export interface Pages {
  readonly screen: string
  /** The same without what only a screen needs: folded code, buttons, scripts. */
  readonly print: string
}

/**
 * Typesets a rendered report as HTML that needs nothing else: no network, no installed font.
 * Equal reports give equal pages. Leaves messages on the chapters' files (`math-renders`,
 * `character-prints`, `page-is-self-contained`).
 */
export async function toPages(
  rendered: RenderedReport,
  { cache = new Map(), safety }: PageOptions = {},
): Promise<Pages> {
  // 1. Each chapter by itself.
  const chapters = await Promise.all(rendered.chapters.map(chapterToHast))
  const isHtmlTrusted = !safety && rendered.front.html === 'trusted'
  const purge = safety?.purge ?? (isHtmlTrusted ? (tree: Root) => tree : purgePrograms)
  const trees = chapters.map((tree, index) => purge(tree, rendered.chapters[index]!.file))
  const budget = openMacroBudget()
  for (const [index, tree] of trees.entries()) {
    const { file } = rendered.chapters[index]!
    plainHyphens(tree)
    reportOutsideMarkup(tree, file)
    await drawMathematics(tree, file, { cache, budget, em: safety?.formulaEm })
    await highlightCode(tree, cache)
    await embedImages(tree, file)
    boxTables(tree, file)
  }
  // 2. All of them as one page.
  placeHeadings(trees, rendered.front.title ? 1 : 0)
  nameTables(trees)
  const body = composeBody(rendered, trees)
  reportDeadLinks(
    body,
    trees,
    rendered.chapters.map(({ file }) => file),
  )
  // 3. The pages, with the fonts and rules that they need.
  const running = runningTitles(body)
  const scripts = safety
    ? { ...noScripts, head: safety.head }
    : await pageScripts(rendered, { isHtmlTrusted })
  const printed = safety ? { ...unseen, head: safety.head + unseen.head } : unseen
  const [screen, print] = await Promise.all([
    composeDocument(rendered, forScreen(body, rendered), { scripts, running }),
    composeDocument(rendered, forPrint(body), { scripts: printed, running }),
  ])
  reportMissingCharacters(rendered.chapters, trees, screen.missing)
  return { screen: screen.html, print: print.html }
}

/** Lists what stands at the top of the pages of each chapter of a body, in order: its first heading, or nothing. */
export function runningTitles(body: Root): readonly string[] {
  return [...elementsIn(body)]
    .filter((element) => classesOf(element).includes('weft-chapter'))
    .map((chapter) => titleOfChapter(chapter))
}

function titleOfChapter(chapter: Element): string {
  const heading = chapter.children.find(
    (child): child is Element => child.type === 'element' && isHeading(child),
  )
  const words = plainCopy(heading?.children ?? [])
    .map(wordsOfHeading)
    .join('')
  return words.replace(/\s+/g, ' ').trim()
}

// A margin holds no formula: its source stands for it.
function wordsOfHeading(node: Element['children'][number]): string {
  if (node.type === 'raw') return node.data?.tex ?? node.value.replace(/<[^>]*>/g, '')
  return node.type === 'element' ? node.children.map(wordsOfHeading).join('') : textContent(node)
}
