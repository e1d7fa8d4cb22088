import type { Element, ElementContent } from 'hast'
import type { Memory } from '../model/memory.ts'
import type { RenderedReport, Target } from '../model/types.ts'
import { type Words, wordsFor } from '../model/words.ts'
import { nameOf } from '../syntax/references.ts'
import { classesOf, h } from './hast.ts'
import type { IdPlaces } from './page-ids.ts'
import { firstSentence, plainCopy } from './plain-copy.ts'

const usualDepth = 3
const lists = [
  { kind: 'figure', list: 'figures', member: 'lof' },
  { kind: 'table', list: 'tables', member: 'lot' },
] as const

/**
 * Makes the table of contents and the lists of figures and tables that the front matter asks for: each entry is a link
 * with an empty slot for the number of its page, which printing fills. Expects headings with their levels and ids.
 * Undefined if none of them is wanted.
 */
export function contentsOf(
  rendered: RenderedReport,
  places: readonly IdPlaces[],
  { above, memory }: ContentsOptions,
): Element | undefined {
  const { contents, lof, lot } = rendered.front
  if (!contents && !lof && !lot) return undefined
  const headings = places.flatMap((place) => place.headings.map(({ element }) => element))
  const captioned = places.filter(({ ids }) => ids.size > 0).map(({ ids }) => ids)
  const words = headings.map(({ tagName, properties: { id } }) => `${tagName} ${id}`)
  const numbers = rendered.targets.map(({ kind, number, label }) => `${kind} ${number} ${label}`)
  const made: Made = { of: [above, ...headings, ...captioned], words: [...words, ...numbers].join('\n') }
  const before = memory?.value<Made & { readonly element: Element }>('contents')
  const isSame =
    before?.words === made.words &&
    before.of.length === made.of.length &&
    made.of.every((one, index) => one === before.of[index])
  if (isSame) return before.element
  const element = makeContents(rendered, headings, captioned, above)
  memory?.keep('contents', { ...made, element })
  return element
}

interface ContentsOptions {
  /** How many levels of headings stand above those of chapters. */
  readonly above: number
  /** Of earlier updates: equal headings and captions have the same contents. */
  readonly memory?: Memory
}

/** All that contents are made of. */
interface Made {
  readonly of: readonly unknown[]
  readonly words: string
}

function makeContents(
  rendered: RenderedReport,
  all: readonly Element[],
  ids: readonly IdPlaces['ids'][],
  above: number,
): Element {
  const level = Math.min(6, above + 1)
  const { front } = rendered
  const { contents, contentsDepth = usualDepth } = front
  const words = wordsFor(front.lang)
  const headings = all.filter(
    (heading) => levelOf(heading) <= above + contentsDepth && !classesOf(heading).includes('sr-only'),
  )
  const find = (id: string) => ids.find((some) => some.has(id))?.get(id)
  const sections = contents
    ? [nav('weft-contents', 'contents', level, words, [listOf(entriesOf(headings), true)])]
    : []
  const others = lists.flatMap(({ kind, list, member }) => {
    if (!front[member]) return []
    const entries = rendered.targets
      .filter((target) => target.kind === kind && target.part === undefined)
      .flatMap((target) => captioned(target, find(target.label), words))
    return entries.length === 0 ? [] : [nav('weft-lists', list, level, words, [h('ol', {}, entries)])]
  })
  return h('div', { className: ['weft-navigation'] }, [...sections, ...others])
}

function nav(
  className: string,
  list: 'contents' | 'figures' | 'tables',
  level: number,
  { front }: Words,
  children: readonly Element[],
): Element {
  const id = `weft-${list}`
  const heading = h(`h${level}`, { id, className: ['weft-navigation-title'] }, [
    { type: 'text', value: front[list] },
  ])
  return h('nav', { className: [className], ariaLabelledBy: [id] }, [heading, ...children])
}

interface Entry {
  readonly heading: Element
  readonly below: Entry[]
}

// A heading that skips a level stands below the last one that is higher.
function entriesOf(headings: readonly Element[]): readonly Entry[] {
  const top: Entry[] = []
  const open: Entry[] = []
  for (const heading of headings) {
    while (open.length > 0 && levelOf(open.at(-1)!.heading) >= levelOf(heading)) open.pop()
    const entry: Entry = { heading, below: [] }
    ;(open.at(-1)?.below ?? top).push(entry)
    open.push(entry)
  }
  return top
}

function listOf(entries: readonly Entry[], isTop = false): Element {
  const items = entries.map(({ heading, below }) => {
    const link = linkTo(String(heading.properties.id), plainCopy(heading.children), isTop)
    return h('li', {}, below.length === 0 ? [link] : [link, listOf(below)])
  })
  return h('ol', {}, items)
}

function captioned(target: Target, element: Element | undefined, words: Words): Element[] {
  if (!element) return []
  const caption = element.children.find(
    (child): child is Element => child.type === 'element' && child.tagName === 'figcaption',
  )
  const name: ElementContent[] = [{ type: 'text', value: `${nameOf(target, words)}. ` }]
  const number = h('span', { className: ['weft-number'] }, name)
  return [h('li', {}, [linkTo(target.label, [number, ...firstSentence(plainCopy(caption?.children ?? []))])])]
}

function linkTo(id: string, text: readonly ElementContent[], isChapter = false): Element {
  return h('a', { href: `#${id}` }, [
    h('span', { className: ['weft-entry', ...(isChapter ? ['weft-entry-chapter'] : [])] }, text),
    h('span', { className: ['weft-leader'] }, []),
    h('span', { className: ['weft-page'] }, []),
  ])
}

function levelOf(heading: Element): number {
  return Number(heading.tagName[1])
}
