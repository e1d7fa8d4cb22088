import type { Element, ElementContent, Root, RootContent } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import type { VFile } from 'vfile'
import { wordsOfChapter } from '../model/language.ts'
import type { Rest } from '../model/rest.ts'
import type { RenderedReport } from '../model/types.ts'
import { type Words, wordsFor } from '../model/words.ts'
import type { BlockCache } from './block-cache.ts'
import { type CutUse, charactersOf, type Uses, usesOf } from './characters.ts'
import { classesOf } from './hast.ts'
import { formulaMarkup } from './mathematics.ts'
import type { PageParts, Region } from './page-parts.ts'
import { forScreen, screenNodes } from './tools/for-screen.ts'
import type { Unit } from './units.ts'

/** The markup of a unit on a screen, and what its fonts must have. */
interface Screened {
  readonly given: string
  readonly hasScripts: boolean
  readonly html: string
  /** The same with the end of its line. */
  readonly line: string
  readonly uses: Uses
  readonly formulas: readonly string[]
}

/** The body of a page on a screen. */
interface ScreenBody {
  readonly parts: PageParts
  /** Gives the markup of all formulas. */
  formulas(): readonly string[]
  /** Gives the characters of each cut; `title` stands in the margins. */
  characters(title: string): readonly CutUse[]
}

interface RegionOptions {
  readonly rendered: RenderedReport
  /** The units of each chapter of the body. */
  readonly chapters: readonly { readonly file: VFile; readonly units: readonly Unit[] }[]
  /** The ids of each unit, in order. */
  readonly given: readonly string[]
  /** All ids of the page. */
  readonly ids: ReadonlySet<string>
  readonly hasScripts: boolean
  /** Keeps what was packed for the page. */
  readonly cache?: BlockCache
}

const stringifier = unified().use(rehypeStringify, { allowDangerousHtml: true })

/** Writes nodes of a page as HTML. */
export function toHtml(children: readonly Root['children'][number][]): string {
  return stringifier.stringify({ type: 'root', children: [...children] })
}

// By the children of a unit, which are new if anything in it is.
const screened = new WeakMap<readonly ElementContent[], Screened>()

// HTML has no such character.
const mark = '\u0000'

/**
 * Writes a body as a screen shows it, with a region for each unit and one for the contents. Units that are unchanged
 * since the last update are not written again.
 */
export function screenBody(
  body: Root,
  { rendered, chapters, given, ids, hasScripts, cache }: RegionOptions,
): ScreenBody {
  const regions: Screenable[] = []
  const placeholders = new Map<RootContent, ElementContent[]>()
  const all: Screened[] = []
  let count = 0
  for (const [chapter, { file, units }] of chapters.entries()) {
    const words = wordsOfChapter(file)
    for (const [index, unit] of units.entries()) {
      const { children, lines } = unit
      const one = screenedUnit(children, { rendered, ids, words, hasScripts, cache, given: given[count++]! })
      all.push(one)
      for (const child of children) placeholders.set(child, [])
      if (children.length === 0) continue
      const source = lines && { file: file.path, ...lines }
      placeholders.set(children[0]!, [placeholder(regions)])
      regions.push({
        region: { id: `c${chapter}-${index}`, html: one.html, ...(source && { source }) },
        line: one.line,
      })
    }
  }
  const framing = (isBare: boolean) =>
    forScreen(
      { type: 'root', children: framed(body.children, { placeholders, regions, isBare }) },
      wordsFor(rendered.front.lang),
      hasScripts,
    )
  const bare = () => framing(true)
  return {
    parts: partsOf(framing(false), regions),
    formulas: () => [...formulaMarkup(bare().children), ...all.flatMap(({ formulas }) => formulas)],
    characters: (title) => charactersOf([usesOf(bare()), ...all.map(({ uses }) => uses)], title),
  }
}

/** Writes the units of a body ahead of `screenBody`, which then takes no time. */
export async function screenUnits(
  { rendered, chapters, given, ids, hasScripts, cache }: RegionOptions,
  rest: Rest,
): Promise<void> {
  let count = 0
  for (const { file, units } of chapters) {
    const words = wordsOfChapter(file)
    for (const { children } of units) {
      screenedUnit(children, { rendered, ids, words, hasScripts, cache, given: given[count++]! })
      // While a page is made a browser may print, which waits for answers.
      await rest()
    }
  }
}

interface Screening extends Pick<RegionOptions, 'rendered' | 'ids' | 'hasScripts' | 'cache'> {
  readonly given: string
  readonly words: Words
}

function screenedUnit(
  children: readonly ElementContent[],
  { rendered, ids, given, words, hasScripts, cache }: Screening,
): Screened {
  const known = screened.get(children)
  if (known?.given === given && known.hasScripts === hasScripts) return known
  const nodes = screenNodes(children, { outputs: rendered, ids, words, hasScripts, cache })
  // The sections round it set no font of their own.
  const uses = usesOf({ type: 'root', children: nodes })
  const html = toHtml(nodes)
  const made = { given, hasScripts, html, line: `${html}\n`, uses, formulas: formulaMarkup(nodes) }
  screened.set(children, made)
  return made
}

interface Framing {
  readonly placeholders: ReadonlyMap<RootContent, ElementContent[]>
  readonly regions: Screenable[]
  /** Whether what stands in regions of its own is left out, but for the contents. */
  readonly isBare: boolean
}

const written = new WeakMap<Element, string>()

// The body without its units, each a placeholder or nothing, and without the contents.
function framed(children: readonly RootContent[], framing: Framing): ElementContent[] {
  const { placeholders, regions, isBare } = framing
  return children.flatMap((child): ElementContent[] => {
    const place = placeholders.get(child)
    if (place) return isBare ? [] : place
    if (child.type !== 'element') return [child as ElementContent]
    if (!isBare && classesOf(child).includes('weft-navigation')) {
      const html = written.get(child) ?? toHtml([child])
      written.set(child, html)
      const own = placeholder(regions)
      regions.push({ region: { id: 'contents', html } })
      return [own]
    }
    return [{ ...child, children: framed(child.children, framing) }]
  })
}

/** A region, with its markup as it is where another one follows. */
interface Screenable {
  readonly region: Region
  readonly line?: string
}

function placeholder(regions: readonly Screenable[]): ElementContent {
  return { type: 'raw', value: `${mark}${regions.length}${mark}` }
}

function partsOf(frame: Root, regions: readonly Screenable[]): PageParts {
  const pieces = toHtml(frame.children).trim().split(mark)
  const parts: (string | Region)[] = []
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      if (piece !== '') parts.push(piece)
      continue
    }
    const { region, line } = regions[Number(piece)]!
    const isFollowed = line !== undefined && pieces[index + 1] === '\n' && index < pieces.length - 2
    // A block that is put in takes its line with it.
    if (isFollowed) pieces[index + 1] = ''
    parts.push(isFollowed ? { ...region, html: line } : region)
  }
  return parts
}
