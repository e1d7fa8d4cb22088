import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import type { Whole } from '../types.ts'
import type { BlockCache } from './block-cache.ts'
import { composeBody } from './body.ts'
import { chapterToHast } from './chapter.ts'
import { composeDocument } from './document.ts'
import { placeHeadings } from './headings.ts'
import { highlightCode } from './highlight.ts'
import { embedImages, reportOutsideMarkup } from './images.ts'
import { drawMathematics } from './mathematics.ts'
import { plainHyphens } from './plain-hyphens.ts'
import { boxTables } from './tables.ts'

/** What may make a page sooner. */
export interface PageOptions {
  readonly cache?: BlockCache
}

/**
 * Typesets a whole report as one HTML page that needs nothing else: no network, no script, no installed font.
 * Equal reports give equal pages. Leaves messages on the chapters' files (`math-renders`,
 * `character-prints`, `page-is-self-contained`).
 */
export async function toHtml(whole: Whole, { cache = new Map() }: PageOptions = {}): Promise<string> {
  // 1. Each chapter by itself.
  const trees = await Promise.all(whole.chapters.map(chapterToHast))
  for (const [index, tree] of trees.entries()) {
    const { file } = whole.chapters[index]!
    plainHyphens(tree)
    reportOutsideMarkup(tree, file)
    await drawMathematics(tree, file, cache)
    await highlightCode(tree, cache)
    await embedImages(tree, file)
    boxTables(tree)
  }
  // 2. All of them as one page.
  placeHeadings(trees, whole.front.title ? 1 : 0)
  const body = composeBody(whole, trees)
  // 3. The page, with the fonts and rules that it needs.
  const markup = unified().use(rehypeStringify, { allowDangerousHtml: true }).stringify(body)
  return composeDocument(whole, body, markup)
}
