import type { Element, ElementContent, Root } from 'hast'
import type { VFile } from 'vfile'
import type { Cards } from '../../model/cards.ts'
import type { RenderedReport } from '../../model/types.ts'
import { isAbstract } from '../../syntax/abstract.ts'
import type { BlockCache } from '../block-cache.ts'
import { readCss } from '../css.ts'
import { composeAround, pageParts } from '../document.ts'
import { classesOf, elementsIn } from '../hast.ts'
import { descriptionOf } from '../metadata.ts'
import type { OwnFont } from '../own-fonts.ts'
import type { IdPlaces } from '../page-ids.ts'
import { joinParts } from '../page-parts.ts'
import type { PageScripts } from '../page-scripts.ts'
import { screenBody } from '../regions.ts'
import { runningTitles } from '../running-titles.ts'
import type { Unit } from '../units.ts'
import { cardsFor } from './cards-for.ts'
import { linkAcross } from './link-across.ts'
import { navigationOf, pagerOf } from './navigation.ts'
import { pageNames, searchIndexName } from './page-names.ts'
import { raiseHeadings } from './raise-headings.ts'
import { searchIndex } from './search-index.ts'
import type { SplitFile, SplitPage } from './split-page.ts'

interface SplitOptions {
  /** The body of the report as one page, with all its ids. */
  readonly body: Root
  readonly rendered: RenderedReport
  /** The file and the units of each chapter, and the ids of each of its units. */
  readonly chapters: readonly {
    readonly file: VFile
    readonly units: readonly Unit[]
    readonly given: readonly string[]
  }[]
  readonly places: readonly IdPlaces[]
  readonly ids: ReadonlySet<string>
  readonly cards?: Cards
  readonly isSearched: boolean
  /** Fonts of the report's own. */
  readonly own: readonly OwnFont[]
  /** Keeps what was packed for the pages. */
  readonly cache?: BlockCache
  /** Gives the scripts of a page. */
  scripts(shown: Pick<RenderedReport, 'drawn' | 'cards'>): Promise<PageScripts>
}

/**
 * Parts a report into pages: the front page has what report.md says, each other chapter is a page. All have the same
 * navigation, and links lead from page to page. Where scripts run, a search looks through all of them.
 */
export async function splitPages(options: SplitOptions): Promise<SplitFile[]> {
  const { body, rendered, chapters, isSearched } = options
  const main = body.children.find((child): child is Element => isElement(child) && child.tagName === 'main')!
  // 1. What stands on which page.
  const pages = pagesOf(main, options)
  const pageOf = new Map(
    pages.flatMap(({ name, sections }) =>
      sections.flatMap((one) => idsIn(one).map((id) => [id, name] as const)),
    ),
  )
  // 2. Each page by itself.
  const files: SplitFile[] = []
  for (const [index, page] of pages.entries()) {
    const own: Root = {
      ...body,
      children: body.children.map((child) => (child === main ? mainOf(main, page) : child)),
    }
    const units =
      index === 0
        ? chapters.slice(0, chapters.length - pages.length + 1)
        : [chapters.at(index - pages.length)!]
    files.push({ name: page.name, text: await writePage(page, own, { ...options, chapters: units, pageOf }) })
  }
  return isSearched ? [...files, { name: searchIndexName(rendered), text: searchIndex(pages) }] : files

  function mainOf(element: Element, page: SplitPage): Element {
    const navigation = navigationOf(page, pages, { ...options, pageOf })
    const [head, ...rest] = page.sections
    const sections = page.isFront ? [head!, navigation, ...rest] : [navigation, ...page.sections]
    const children = [...sections, pagerOf(page, pages, rendered)]
    return { ...element, properties: { className: ['weft-with-navigation'] }, children: onLines(children) }
  }
}

function pagesOf(main: Element, { rendered, chapters, body }: SplitOptions): SplitPage[] {
  const sections = main.children
    .filter(isElement)
    .filter((one) => !classesOf(one).includes('weft-navigation'))
  const titles = runningTitles(body)
  // The abstract has no page of its own.
  const own = chapters.filter(({ file }) => !isAbstract(file))
  const [front, ...others] = pageNames(own.map(({ file }) => file.path))
  const rest = sections.length - others.length
  return [
    { name: front!, isFront: true, title: rendered.front.title, sections: sections.slice(0, rest) },
    ...others.map((name, index) => ({
      name,
      isFront: false,
      title: titles.at(index - others.length) || name.replace(/\.html$/, ''),
      sections: [sections[rest + index]!],
    })),
  ]
}

interface WriteOptions extends SplitOptions {
  /** Id -> name of its page. */
  readonly pageOf: ReadonlyMap<string, string>
}

async function writePage(page: SplitPage, body: Root, options: WriteOptions): Promise<string> {
  const { rendered, chapters, ids, pageOf, cards, isSearched: hasScripts, cache } = options
  const given = chapters.flatMap((chapter) => chapter.given)
  const seen = screenBody(body, { rendered, chapters, given, ids, hasScripts, cache })
  const linked = linkAcross(joinParts(seen.parts), page.name, pageOf)
  const html = page.isFront || !rendered.front.title ? linked : raiseHeadings(linked)
  const isHere = (id: string) => pageOf.get(id) === page.name
  const shown = {
    drawn: rendered.drawn.filter(({ id }) => isHere(id)),
    ...(cards && { cards: cardsFor(cards, html) }),
  }
  const running = runningTitles(options.body)
  const { front } = rendered
  const title = page.title === front.title ? front.title : `${page.title} - ${front.title}`
  const around = await composeAround(
    { ...rendered, front: { ...front, title } },
    {
      formulas: seen.formulas(),
      characters: seen.characters([front.title, ...running].join('')),
      scripts: await options.scripts(shown),
      running,
      own: options.own,
      more: readCss('split'),
      ...(page.isFront ? { description: descriptionOf(options.body) } : {}),
    },
  )
  return joinParts(pageParts(around, [html]))
}

function idsIn(section: Element): string[] {
  const ids: string[] = []
  for (const { properties } of elementsIn(section))
    if (typeof properties.id === 'string') ids.push(properties.id)
  visitRaw(section, (markup) => {
    for (const [, id = ''] of markup.matchAll(/\s(?:id|name)\s*=\s*["']?([^"'\s>]+)/gi)) ids.push(id)
  })
  return ids
}

function visitRaw(node: ElementContent, visitor: (markup: string) => void): void {
  if (node.type === 'raw') visitor(node.value)
  else if (node.type === 'element') for (const child of node.children) visitRaw(child, visitor)
}

function isElement(node: Root['children'][number]): node is Element {
  return node.type === 'element'
}

function onLines(elements: readonly Element[]): ElementContent[] {
  return elements.flatMap((element) => [element, { type: 'text', value: '\n' } as const])
}
