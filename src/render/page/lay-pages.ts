import type { Root } from 'hast'
import type { Point } from 'unist'
import type { VFile } from 'vfile'
import type { Cards } from '../model/cards.ts'
import { Memory } from '../model/memory.ts'
import { fail } from '../model/messages.ts'
import { openRest, type Rest } from '../model/rest.ts'
import type { RenderedReport } from '../model/types.ts'
import type { BlockCache } from './block-cache.ts'
import { composeBody } from './body.ts'
import { charactersOf, usesOf } from './characters.ts'
import { type Around, composeAround, pageParts } from './document.ts'
import { formulaMarkup } from './mathematics.ts'
import { descriptionOf } from './metadata.ts'
import { reportMissingCharacters } from './missing-characters.ts'
import { noFonts, type OwnFont, type OwnFonts, openOwnFonts } from './own-fonts.ts'
import { placeIds, reportDeadLinks } from './page-ids.ts'
import { joinParts, type PageParts } from './page-parts.ts'
import { noScripts, pageScripts, specsOf } from './page-scripts.ts'
import { printBody } from './print-body.ts'
import { purgePrograms } from './purge-programs.ts'
import { screenBody, screenUnits, toHtml } from './regions.ts'
import { runningTitles } from './running-titles.ts'
import type { SplitFile } from './split/split-page.ts'
import { splitPages } from './split/split-pages.ts'
import { treeOf, unitsOf } from './units.ts'

/** What may make a page sooner. */
interface PageOptions {
  readonly cache?: BlockCache
  /** What earlier updates made of the nodes that are unchanged. */
  readonly memory?: Memory
  /** For a report that is not trusted. */
  readonly safety?: Safety
  readonly rest?: Rest
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

/** A report laid out as one page, from which both are made; either may be wanted first. */
export interface LaidPages {
  print(): Promise<string>
  /** The page on a screen. Leaves messages on what it shows as a whole. */
  parts(cards?: Cards): Promise<PageParts>
  /** The page on a screen in files, one a chapter. */
  split(cards?: Cards): Promise<readonly SplitFile[]>
  /** The page on a screen with all round its body as it was in the last update; undefined if there was none. */
  draft(): PageParts | undefined
}

/**
 * Lays a rendered report out as HTML that needs nothing else: no network, no installed font.
 * Equal reports give equal pages. Leaves messages on the chapters' files (`math-renders`,
 * `character-prints`, `page-is-self-contained`).
 */
export async function layPages(
  rendered: RenderedReport,
  { cache = new Map(), memory = new Memory(), safety, rest = openRest() }: PageOptions = {},
): Promise<LaidPages> {
  const { chapters, front } = rendered
  const files = chapters.map(({ file }) => file)
  const isHtmlTrusted = !safety && front.html === 'trusted'
  const { fonts: own } = await fontsOf(rendered, safety, memory)
  // 1. Each chapter by itself.
  const units = await unitsOf(chapters, { cache, memory, rest, ...unitSettings(front, safety) })
  // 2. All of them as one page.
  const places = units.flat().map((unit) => unit.places)
  const { given, taken } = placeIds(places, front.title ? 1 : 0)
  const trees = units.map(treeOf)
  const body = composeBody(rendered, trees, { places, memory })
  const located = units.map((own, index) => ({ file: files[index]!, units: own }))
  const regions = { rendered, chapters: located, given, ids: taken, hasScripts: !safety, cache }
  // 3. The pages, with the fonts and rules that they need.
  return {
    async print() {
      const running = runningTitles(body)
      const paper = await printBody(body, front, cache)
      return printed(rendered, paper, { safety, running, own })
    },
    async parts(cards) {
      const running = runningTitles(body)
      await screenUnits(regions, rest)
      const seen = screenBody(body, regions)
      reportDeadLinks(body, trees, files)
      await rest()
      const scripts = safety
        ? { ...noScripts, head: safety.head }
        : await pageScripts({ ...rendered, cards }, { isHtmlTrusted, cache })
      await rest()
      const around = await composeAround(rendered, {
        formulas: seen.formulas(),
        characters: seen.characters(titleOf(rendered, running)),
        ...{ scripts, running, own, description: descriptionOf(body) },
      })
      memory.keep('around', around)
      await rest()
      reportMissingCharacters(chapters, trees, { missing: around.missing, own })
      return pageParts(around, seen.parts)
    },
    split(cards) {
      const starts = units.map((_, index) => units.slice(0, index).flat().length)
      const chaptersGiven = located.map((one, index) => ({
        ...one,
        given: given.slice(starts[index], starts[index]! + one.units.length),
      }))
      const scripts = async (shown: Pick<RenderedReport, 'drawn' | 'cards'>) =>
        safety
          ? { ...noScripts, head: safety.head }
          : pageScripts({ ...rendered, ...shown }, { isHtmlTrusted, isSearched: true, cache })
      const isSearched = safety === undefined
      return splitPages({
        body,
        rendered,
        chapters: chaptersGiven,
        places,
        ids: taken,
        cards,
        isSearched,
        ...{ scripts, own, cache },
      })
    },
    draft() {
      const around = memory.value<Around>('around')
      return around && pageParts(withSpecs(around, rendered), screenBody(body, regions).parts)
    },
  }
}

function unitSettings({ html, smart = true }: RenderedReport['front'], safety: Safety | undefined) {
  const purge = safety?.purge ?? (html === 'trusted' ? (tree: Root) => tree : purgePrograms)
  return { purge, isSmart: smart, formulaEm: safety?.formulaEm }
}

// Who does not trust a report does not trust the packages beside it.
async function fontsOf(
  { front, chapters }: RenderedReport,
  safety: Safety | undefined,
  memory: Memory,
): Promise<OwnFonts> {
  const file = chapters[0]?.file
  const { fonts: names = [] } = front
  if (names.length === 0 || !file) return noFonts
  const known = memory.value<OwnFonts>('fonts')
  const opened = known ?? (safety ? refused(names) : await openOwnFonts(names, file.cwd))
  if (opened.problems.length === 0) memory.keep('fonts', opened)
  for (const { name, reason } of opened.problems)
    fail(file, 'character-prints', `Cannot use the font \`${name}\`, ${reason}`, placeInFront(file, name))
  return opened
}

function refused(names: readonly string[]): OwnFonts {
  const reason = 'an untrusted report has the fonts of the page alone'
  return { fonts: [], problems: names.map((name) => ({ name, reason })) }
}

function placeInFront(file: VFile, word: string): Point {
  const lines = String(file).split('\n')
  const at = lines.findIndex((text) => text.includes(word))
  return { line: Math.max(at, 0) + 1, column: Math.max(lines[at]?.indexOf(word) ?? 0, 0) + 1 }
}

function titleOf({ front }: RenderedReport, running: readonly string[]): string {
  return [front.title, ...running].join('')
}

// A chart that is live would show what its data were.
function withSpecs({ after, ...around }: Around, { drawn }: RenderedReport): Around {
  const specs = specsOf(drawn)
  const isOther = (part: PageParts[number]) => typeof part === 'object' && part.id === 'specs' && specs !== ''
  return { ...around, after: after.map((part) => (isOther(part) ? { id: 'specs', html: specs } : part)) }
}

interface Printing {
  readonly safety: Safety | undefined
  readonly running: readonly string[]
  readonly own: readonly OwnFont[]
}

// What prints a page need not lay it out for a screen first.
const unseen = '<style>@media screen{body{display:none}}</style>'

async function printed(
  rendered: RenderedReport,
  body: Root,
  { safety, running, own }: Printing,
): Promise<string> {
  const around = await composeAround(rendered, {
    formulas: formulaMarkup(body.children),
    characters: charactersOf([usesOf(body)], titleOf(rendered, running)),
    scripts: { ...noScripts, head: (safety?.head ?? '') + unseen },
    running,
    own,
  })
  return joinParts(pageParts(around, [toHtml(body.children).trim()]))
}
