import type { Element, Root } from 'hast'
import type { VFile } from 'vfile'
import { Memory } from '../model/memory.ts'
import type { RenderedReport } from '../model/types.ts'
import type { BlockCache } from './block-cache.ts'
import { composeBody } from './body.ts'
import { charactersOf, usesOf } from './characters.ts'
import { type Around, composeAround, forPrint, pageParts } from './document.ts'
import { classesOf, elementsIn, isHeading, textContent } from './hast.ts'
import { formulaMarkup } from './mathematics.ts'
import { reportMissingCharacters } from './missing-characters.ts'
import { placeIds, reportDeadLinks } from './page-ids.ts'
import { joinParts, type PageParts } from './page-parts.ts'
import { noScripts, pageScripts, specsOf } from './page-scripts.ts'
import { plainCopy } from './plain-copy.ts'
import { purgePrograms } from './purge-programs.ts'
import { screenBody, toHtml } from './regions.ts'
import { treeOf, unitsOf } from './units.ts'

/** What may make a page sooner. */
interface PageOptions {
  readonly cache?: BlockCache
  /** What earlier updates made of the nodes that are unchanged. */
  readonly memory?: Memory
  /** For a report that is not trusted. */
  readonly safety?: Safety
  /** Leaves out the two pages as texts. */
  readonly isPartsOnly?: boolean
  /** Leaves also all round the body as it was in the last update, and tells nothing of the page as a whole. */
  readonly isDraft?: boolean
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

/** One report as two pages: what a reader opens, and what is printed. */
export interface Pages {
  readonly screen: string
  /** The same in regions. */
  readonly parts: PageParts
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
  { cache = new Map(), memory = new Memory(), safety, isPartsOnly, isDraft }: PageOptions = {},
): Promise<Pages> {
  const { chapters, front } = rendered
  const files = chapters.map(({ file }) => file)
  const isHtmlTrusted = !safety && front.html === 'trusted'
  const purge = safety?.purge ?? (isHtmlTrusted ? (tree: Root) => tree : purgePrograms)
  // 1. Each chapter by itself.
  const units = await unitsOf(chapters, { cache, memory, purge, formulaEm: safety?.formulaEm })
  // 2. All of them as one page.
  const places = units.flat().map((unit) => unit.places)
  const { given, taken } = placeIds(places, front.title ? 1 : 0)
  const trees = units.map(treeOf)
  const body = composeBody(rendered, trees, places)
  const located = units.map((own, index) => ({ file: files[index]!.path, units: own }))
  const seen = screenBody(body, { rendered, chapters: located, given, ids: taken })
  const around = isDraft ? memory.value<Around>('around') : undefined
  if (around) return { screen: '', parts: pageParts(withSpecs(around, rendered), seen.parts), print: '' }
  reportDeadLinks(body, trees, files)
  // 3. The pages, with the fonts and rules that they need.
  const running = runningTitles(body)
  const scripts = safety
    ? { ...noScripts, head: safety.head }
    : await pageScripts(rendered, { isHtmlTrusted })
  const title = [front.title, ...running].join('')
  const [screen, print] = await Promise.all([
    composeAround(rendered, {
      formulas: seen.formulas(),
      characters: seen.characters(title),
      ...{ scripts, running },
    }),
    isPartsOnly ? '' : printed(rendered, forPrint(body), { safety, title, running }),
  ])
  memory.keep('around', screen)
  reportMissingCharacters(chapters, trees, screen.missing)
  const parts = pageParts(screen, seen.parts)
  return { screen: isPartsOnly ? '' : joinParts(parts), parts, print }
}

// A chart that is live would show what its data were.
function withSpecs({ after, ...around }: Around, { drawn }: RenderedReport): Around {
  const specs = specsOf(drawn)
  const isOther = (part: PageParts[number]) => typeof part === 'object' && part.id === 'specs' && specs !== ''
  return { ...around, after: after.map((part) => (isOther(part) ? { id: 'specs', html: specs } : part)) }
}

interface Printing {
  readonly safety: Safety | undefined
  readonly title: string
  readonly running: readonly string[]
}

// What prints a page need not lay it out for a screen first.
const unseen = '<style>@media screen{body{display:none}}</style>'

async function printed(
  rendered: RenderedReport,
  body: Root,
  { safety, title, running }: Printing,
): Promise<string> {
  const around = await composeAround(rendered, {
    formulas: formulaMarkup(body.children),
    characters: charactersOf([usesOf(body)], title),
    scripts: { ...noScripts, head: (safety?.head ?? '') + unseen },
    running,
  })
  return joinParts(pageParts(around, [toHtml(body.children).trim()]))
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
