import type { Element, ElementContent } from 'hast'
import type { RenderedReport } from '../../model/types.ts'
import { wordsFor } from '../../model/words.ts'
import { contentsOf } from '../contents.ts'
import { h } from '../hast.ts'
import type { IdPlaces } from '../page-ids.ts'
import { searchIndexName } from './page-names.ts'
import type { SplitPage } from './split-page.ts'

interface NavigationOptions {
  readonly rendered: RenderedReport
  readonly places: readonly IdPlaces[]
  readonly pageOf: ReadonlyMap<string, string>
  readonly isSearched: boolean
}

/**
 * Makes the navigation of a page: the way to the front page, a place for the search, and the contents of the report,
 * with the sections of this page alone. The front page has all of the contents, with its lists if it asks for them.
 */
export function navigationOf(
  page: SplitPage,
  pages: readonly SplitPage[],
  { rendered, places, pageOf, isSearched }: NavigationOptions,
): Element {
  const { front } = rendered
  const { isFront } = page
  const wanted = { ...rendered, front: { ...front, contents: true } }
  const whole = contentsOf(wanted, places, { above: front.title ? 1 : 0 })!
  const [contents, ...lists] = whole.children as Element[]
  const own = isFront ? contents! : pruned(contents!, page.name, pageOf)
  const children = [
    ...(isFront || !front.title ? [] : [homeLink(pages[0]!)]),
    ...(isSearched ? [searchPlace(rendered)] : []),
    own,
    ...(isFront ? lists : []),
  ]
  return { ...whole, properties: { className: ['weft-navigation', 'weft-book'] }, children }
}

function homeLink({ name, title }: SplitPage): Element {
  return h('p', { className: ['weft-home'] }, [
    h('a', { href: encodeURI(name) }, [{ type: 'text', value: title }]),
  ])
}

function searchPlace(rendered: RenderedReport): Element {
  const { search, nothingFound } = wordsFor(rendered.front.lang).client
  const data = { dataIndex: searchIndexName(rendered), dataLabel: search, dataNone: nothingFound }
  return h('div', { className: ['weft-search'], ...data }, [])
}

// Leaves out the sections of other pages, and marks the first entry of this one.
function pruned(nav: Element, name: string, pageOf: ReadonlyMap<string, string>): Element {
  const state = { isMarked: false, pages: new Set<string>() }
  const inList = (list: Element, depth: number): Element => ({
    ...list,
    children: list.children.flatMap((item) => (item.type === 'element' ? inItem(item, depth) : [item])),
  })
  const inItem = (item: Element, depth: number): ElementContent[] => {
    const [link, below] = item.children as Element[]
    const page = pageOf.get(idOf(link!)) ?? ''
    const isFirst = !state.pages.has(page)
    state.pages.add(page)
    const isCurrent = page === name && !state.isMarked
    if (isCurrent) state.isMarked = true
    const marked = isCurrent ? { ...link!, properties: { ...link!.properties, ariaCurrent: 'page' } } : link!
    const rest = below && inList(below, depth + 1)
    const hasRest = rest !== undefined && rest.children.length > 0
    const isKept = depth === 0 || page === name || isFirst || hasRest
    return isKept ? [{ ...item, children: hasRest ? [marked, rest] : [marked] }] : []
  }
  const children = nav.children.map((child) =>
    child.type === 'element' && child.tagName === 'ol' ? inList(child, 0) : child,
  )
  return { ...nav, children }
}

function idOf(link: Element): string {
  return String(link.properties.href ?? '').replace(/^#/, '')
}

/** Makes the links below a page: to the one before it and to the next one. */
export function pagerOf(page: SplitPage, pages: readonly SplitPage[], { front }: RenderedReport): Element {
  const { previous, next } = wordsFor(front.lang).screen
  const index = pages.indexOf(page)
  const link = (other: SplitPage | undefined, rel: 'prev' | 'next', word: string) =>
    other === undefined
      ? []
      : [
          h('a', { href: encodeURI(other.name), rel: [rel] }, [
            h('span', { className: ['weft-pager-word'] }, [{ type: 'text', value: word }]),
            { type: 'text', value: ' ' },
            h('span', {}, [{ type: 'text', value: other.title }]),
          ]),
        ]
  return h('nav', { className: ['weft-pager'], ariaLabel: `${previous}, ${next}` }, [
    ...link(pages[index - 1], 'prev', previous),
    ...link(pages[index + 1], 'next', next),
  ])
}
